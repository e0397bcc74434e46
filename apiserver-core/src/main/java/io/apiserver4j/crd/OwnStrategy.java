// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRule;
import io.apiserver4j.resource.Reservation;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules for kinds with a schema, and those of the kind's author behind them. */
final class OwnStrategy implements Strategy {
    private final Strategy common;
    private final Strategy own;

    OwnStrategy(Strategy common, Strategy own) {
        this.common = common;
        this.own = own;
    }

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return own.prepareForCreate(common.prepareForCreate(object, context), context);
    }

    /** The author's first: generation counts what comes out. */
    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return common.prepareForUpdate(own.prepareForUpdate(updated, current, context), current, context);
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        common.validate(object, context, errors);
        own.validate(object, context, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        common.validateUpdate(updated, current, context, errors);
        own.validateUpdate(updated, current, context, errors);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        return both(common.warningsOnCreate(object, context), own.warningsOnCreate(object, context));
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return both(
                common.warningsOnUpdate(updated, current, context), own.warningsOnUpdate(updated, current, context));
    }

    private static List<String> both(List<String> first, List<String> second) {
        List<String> out = new ArrayList<>(first);
        out.addAll(second);
        return out;
    }

    @Override
    public ObjectValue canonicalize(ObjectValue object) {
        return common.canonicalize(own.canonicalize(object));
    }

    @Override
    public List<String> resetFields(String subresource) {
        return common.resetFields(subresource);
    }

    @Override
    public boolean generatesNames() {
        return own.generatesNames();
    }

    @Override
    public boolean checksMetadataLast() {
        return own.checksMetadataLast();
    }

    @Override
    public NameRule nameRule() {
        return own.nameRule();
    }

    @Override
    public boolean allowsCreateOnUpdate() {
        return own.allowsCreateOnUpdate();
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return own.allowsUnconditionalUpdate();
    }

    @Override
    public @Nullable Long gracePeriod(ObjectValue object, @Nullable Long requested) {
        return own.gracePeriod(object, requested);
    }

    @Override
    public GarbageCollection garbageCollection() {
        return own.garbageCollection();
    }

    @Override
    public @Nullable ObjectValue firstDeletion(ObjectValue object, List<String> finalizers, Instant now) {
        return own.firstDeletion(object, finalizers, now);
    }

    @Override
    public boolean holdsDeletion(ObjectValue object) {
        return own.holdsDeletion(object);
    }

    @Override
    public boolean returnsDeletedObject() {
        return own.returnsDeletedObject();
    }

    @Override
    public void checkDelete(ObjectValue object, StrategyContext context) {
        own.checkDelete(object, context);
    }

    @Override
    public Reservation reserve(ObjectValue updated, @Nullable ObjectValue current, StrategyContext context) {
        return own.reserve(updated, current, context);
    }

    @Override
    public @Nullable String orphaningWarning() {
        return own.orphaningWarning();
    }

    @Override
    public void afterDelete(ObjectValue object) {
        own.afterDelete(object);
    }
}

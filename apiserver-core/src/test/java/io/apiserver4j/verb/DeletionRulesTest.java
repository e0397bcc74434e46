// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.request.Query;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeletionRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String THEN = "'deletionTimestamp':'2026-01-01T12:00:30Z','deletionGracePeriodSeconds':30";

    /** A kind that goes at once, and leaves its dependents to the collector. */
    private static final Strategy PLAIN = new Strategy() {};

    /** A kind with a grace of thirty seconds, as pods have. */
    private static final Strategy GRACEFUL = new Strategy() {
        @Override
        public @Nullable Long gracePeriod(ObjectValue object, @Nullable Long requested) {
            return requested == null ? 30L : requested;
        }
    };

    private static final Strategy ORPHANING = new Strategy() {
        @Override
        public GarbageCollection garbageCollection() {
            return GarbageCollection.ORPHAN_DEPENDENTS;
        }
    };

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectValue object(String metadata) {
        return json("{'metadata':{'name':'a','uid':'u1','resourceVersion':'7'"
                + (metadata.isEmpty() ? "" : "," + metadata) + "}}");
    }

    private static DeleteOptions options(String body) {
        return DeleteOptions.ofBody(json(body), Query.NONE);
    }

    private static String text(DeletionRules.Step step) {
        if (step instanceof DeletionRules.Step.Mark mark) {
            return "mark " + marks(mark.object());
        }
        if (step instanceof DeletionRules.Step.MarkAndRemove mark) {
            return "mark " + marks(mark.object()) + " and remove";
        }
        return step instanceof DeletionRules.Step.Remove ? "remove" : "pending";
    }

    private static String marks(ObjectValue object) {
        ObjectMeta meta = ObjectMeta.of(object);
        String finalizers = meta.finalizers().isEmpty() ? "" : " " + meta.finalizers();
        return meta.deletionTimestamp() + "+" + meta.tree().getLong("deletionGracePeriodSeconds") + finalizers;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                     | remove",
                "{'gracePeriodSeconds':0}               | remove",
                "{'gracePeriodSeconds':99}              | remove",
                "{'propagationPolicy':'Background'}     | remove",
                "{'propagationPolicy':'Orphan'}         | mark 2026-01-01T12:00:00Z+0 [orphan]",
                "{'orphanDependents':true}              | mark 2026-01-01T12:00:00Z+0 [orphan]",
                "{'orphanDependents':false}             | remove",
                "{'propagationPolicy':'Foreground'}     | mark 2026-01-01T12:00:00Z+0 [foregroundDeletion]",
            })
    void kindsWithoutGrace(String options, String expected) {
        assertThat(text(DeletionRules.next(object(""), options(options), PLAIN, NOW)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                     | mark 2026-01-01T12:00:00Z+0 [orphan]",
                "{'propagationPolicy':'Background'}     | remove",
                "{'orphanDependents':false}             | remove",
            })
    void kindsThatOrphanByDefault(String options, String expected) {
        assertThat(text(DeletionRules.next(object(""), options(options), ORPHANING, NOW)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''     | {}                             | mark 2026-01-01T12:00:30Z+30",
                "''     | {'gracePeriodSeconds':5}       | mark 2026-01-01T12:00:05Z+5",
                "''     | {'gracePeriodSeconds':0}       | mark 2026-01-01T12:00:00Z+0 and remove",
                "going  | {}                             | pending",
                "going  | {'gracePeriodSeconds':60}      | pending",
                "going  | {'gracePeriodSeconds':30}      | pending",
                "going  | {'gracePeriodSeconds':10}      | mark 2026-01-01T12:00:10Z+10",
                "going  | {'gracePeriodSeconds':0}       | mark 2026-01-01T12:00:00Z+0 and remove",
                "kept   | {}                             | mark 2026-01-01T12:00:30Z+30 [mine]",
                "kept   | {'gracePeriodSeconds':0}       | mark 2026-01-01T12:00:00Z+0 [mine]",
            })
    void kindsWithGrace(String state, String options, String expected) {
        String metadata = state.equals("going") ? THEN : state.equals("kept") ? "'finalizers':['mine']" : "";
        assertThat(text(DeletionRules.next(object(metadata), options(options), GRACEFUL, NOW)))
                .isEqualTo(expected);
    }

    @Test
    void finalizersHoldAndPoliciesReplaceEachOther() {
        ObjectValue held = object("'finalizers':['mine']");
        assertThat(text(DeletionRules.next(held, options("{}"), PLAIN, NOW)))
                .isEqualTo("mark 2026-01-01T12:00:00Z+0 [mine]");
        ObjectValue orphaned = object("'finalizers':['mine','orphan'],'deletionTimestamp':'2026-01-01T11:00:00Z',"
                + "'deletionGracePeriodSeconds':0");
        assertThat(text(DeletionRules.next(orphaned, options("{'propagationPolicy':'Foreground'}"), PLAIN, NOW)))
                .as("the first time stays")
                .isEqualTo("mark 2026-01-01T11:00:00Z+0 [mine, foregroundDeletion]");
    }

    @Test
    void theFirstMarkCountsAsAChange() {
        ObjectValue counted = object("'generation':4,'finalizers':['mine']");
        DeletionRules.Step.Mark mark = (DeletionRules.Step.Mark) DeletionRules.next(counted, options("{}"), PLAIN, NOW);
        assertThat(ObjectMeta.of(mark.object()).generation()).isEqualTo(5);
        DeletionRules.Step.Mark again =
                (DeletionRules.Step.Mark) DeletionRules.next(mark.object(), options("{}"), PLAIN, NOW);
        assertThat(ObjectMeta.of(again.object()).generation()).isEqualTo(5);
    }

    @Test
    void preconditions() {
        ObjectMeta meta = ObjectMeta.of(object(""));
        assertThat(DeletionRules.brokenPrecondition(options("{}"), meta)).isNull();
        assertThat(DeletionRules.brokenPrecondition(
                        options("{'preconditions':{'uid':'u1','resourceVersion':'7'}}"), meta))
                .isNull();
        assertThat(DeletionRules.brokenPrecondition(options("{'preconditions':{'uid':'u2'}}"), meta))
                .startsWith("the UID in the precondition (u2) does not match the UID in record (u1).");
        assertThat(DeletionRules.brokenPrecondition(options("{'preconditions':{'resourceVersion':'8'}}"), meta))
                .startsWith("the ResourceVersion in the precondition (8) does not match");
    }

    @Test
    void theUpdateThatTakesTheLastFinalizerAway() {
        String going = "'deletionTimestamp':'2026-01-01T11:00:00Z','deletionGracePeriodSeconds':";
        ObjectValue held = object(going + "0,'finalizers':['mine']");
        assertThat(DeletionRules.goesWithUpdate(object(going + "0"), held, PLAIN))
                .isTrue();
        assertThat(DeletionRules.goesWithUpdate(held, held, PLAIN)).isFalse();
        assertThat(DeletionRules.goesWithUpdate(object(""), object("'finalizers':['mine']"), PLAIN))
                .as("nobody deleted it")
                .isFalse();
        assertThat(DeletionRules.goesWithUpdate(
                        object(going + "30"), object(going + "30,'finalizers':['mine']"), GRACEFUL))
                .as("its grace is still to come")
                .isFalse();
    }
}

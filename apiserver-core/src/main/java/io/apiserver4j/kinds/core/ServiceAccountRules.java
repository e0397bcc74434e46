// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;

/** Service accounts: of the secrets only names are kept. */
public final class ServiceAccountRules implements KindRules {
    private static final String ENFORCE = "kubernetes.io/enforce-mountable-secrets";

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        ArrayValue secrets = object.getArray("secrets");
        return secrets == null ? object : object.with("secrets", secrets.map(ServiceAccountRules::onlyName));
    }

    private static Value onlyName(Value reference) {
        ObjectValue given = reference.asObject();
        Value name = given == null ? null : given.get("name");
        return name == null ? ObjectValue.EMPTY : ObjectValue.of("name", name);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return prepareForCreate(updated, context);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        return enforces(object)
                ? List.of("metadata.annotations[" + ENFORCE
                        + "]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets")
                : List.of();
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return enforces(current) ? List.of() : warningsOnCreate(updated, context);
    }

    private static boolean enforces(ObjectValue account) {
        return account.objectAt("metadata", "annotations").has(ENFORCE);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;

/** Config maps. */
public final class ConfigMapRules implements KindRules {
    private static final ValuePath DATA = ValuePath.of("data");
    private static final ValuePath BINARY = ValuePath.of("binaryData");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectValue data = object.objectOrEmpty("data");
        ObjectValue binary = object.objectOrEmpty("binaryData");
        for (ObjectValue.Member member : data) {
            KeyedData.key(member.key(), DATA, errors);
            if (binary.has(member.key())) {
                errors.invalid(DATA.key(member.key()), member.key(), "duplicate of key present in binaryData");
            }
        }
        for (ObjectValue.Member member : binary) {
            KeyedData.key(member.key(), BINARY, errors);
        }
        if (KeyedData.textBytes(data) + KeyedData.binaryBytes(binary) > KeyedData.MAX_BYTES) {
            // the whole object is meant, whose address prints as an empty key
            errors.tooLong(ValuePath.ROOT.key(""), KeyedData.MAX_BYTES);
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        KeyedData.unchanged(updated, current, errors, "data", "binaryData");
        validate(updated, context, errors);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.cel.CelCompileException;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ValuePath;
import java.util.Map;

/** Expressions that select devices: what they may name, and that they tell yes or no. */
final class DeviceExpressions {
    private static final CelEnvironment ENVIRONMENT = environment();

    private DeviceExpressions() {}

    private static CelEnvironment environment() {
        CelType attributes = CelType.map(CelType.STRING, CelType.map(CelType.STRING, CelType.DYN));
        CelType capacity = CelType.map(CelType.STRING, CelType.map(CelType.STRING, CelType.QUANTITY));
        CelType device = CelType.object(
                "kubernetes.DRADevice",
                Map.of(
                        "driver",
                        CelType.STRING,
                        "attributes",
                        attributes,
                        "capacity",
                        capacity,
                        "allowMultipleAllocations",
                        CelType.BOOL));
        return CelEnvironment.of(Map.of("device", device)).binding();
    }

    static void check(String expression, ValuePath path, FieldErrors errors) {
        try {
            CelType type = ENVIRONMENT.compile(expression).resultType();
            if (type.kind() != CelType.Kind.BOOL && !type.isDyn()) {
                errors.invalid(path, expression, "must evaluate to bool or the unknown type, not " + type);
            }
        } catch (CelCompileException wrong) {
            errors.invalid(path, expression, wrong.text());
        }
    }
}

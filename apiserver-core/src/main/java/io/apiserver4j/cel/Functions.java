// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.LinkedHashMap;
import java.util.Map;

/** All functions of the environments of Kubernetes v1.37. */
final class Functions {
    /** One step of a patch, as mutations make it. */
    static final CelType JSON_PATCH = CelType.object("JSONPatch", patchFields());

    static final FunctionTable ALL = table(false);
    static final FunctionTable WITH_PATCHES = table(true);

    private Functions() {}

    private static Map<String, CelType> patchFields() {
        Map<String, CelType> fields = new LinkedHashMap<>();
        fields.put("op", CelType.STRING);
        fields.put("path", CelType.STRING);
        fields.put("from", CelType.STRING);
        fields.put("value", CelType.DYN);
        return fields;
    }

    private static FunctionTable table(boolean patches) {
        FunctionTable table = new FunctionTable();
        StandardFunctions.addTo(table);
        OptionalFunctions.addTo(table);
        TextFunctions.addTo(table);
        ListFunctions.addTo(table);
        NetworkFunctions.addTo(table);
        QuantityFunctions.addTo(table);
        SemverFunctions.addTo(table);
        FormatFunctions.addTo(table);
        AuthorizerFunctions.addTo(table);
        if (patches) {
            table.global(
                    "jsonpatch.escapeKey",
                    "jsonpatch_escapeKey_string",
                    CelType.STRING,
                    java.util.List.of(CelType.STRING),
                    a -> ((String) a[0]).replace("~", "~0").replace("/", "~1"),
                    Costs.TRAVERSE);
        }
        return table;
    }
}

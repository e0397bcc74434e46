// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.admissionregistration;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** Names that belong to configurations in files; what has such a name from before may be changed, with a warning. */
final class ReservedNames {
    private static final String SUFFIX = ".static.k8s.io";
    private static final String DETAIL = "names ending with \"" + SUFFIX
            + "\" are reserved for static manifest-based configurations and cannot be managed via the API";

    private ReservedNames() {}

    static void check(ObjectValue object, FieldErrors errors) {
        String name = ObjectMeta.of(object).name();
        if (name.endsWith(SUFFIX)) {
            errors.invalid(ValuePath.of("metadata", "name"), name, DETAIL);
        }
    }

    static List<String> warnings(ObjectValue object) {
        return ObjectMeta.of(object).name().endsWith(SUFFIX) ? List.of("metadata.name: " + DETAIL) : List.of();
    }
}

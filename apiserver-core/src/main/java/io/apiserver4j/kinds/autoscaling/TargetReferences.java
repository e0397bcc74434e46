// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.autoscaling;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** References to objects of any group: what is scaled, and what a metric is about. */
final class TargetReferences {
    /** What an apiVersion may be. */
    enum ApiVersion {
        /** Of a group. */
        GROUPED,
        /** Of a group, or of the core. */
        ANY,
        /** Whatever it was before. */
        UNCHECKED
    }

    private TargetReferences() {}

    static void check(ObjectValue reference, ApiVersion allowed, ValuePath path, FieldErrors errors) {
        for (String name : List.of("kind", "name")) {
            String text = reference.stringOrEmpty(name);
            if (text.isEmpty()) {
                errors.required(path.field(name), "");
            } else {
                errors.invalidAll(path.field(name), text, NameRules.pathSegmentName(text));
            }
        }
        String problem = problem(reference, allowed);
        if (problem != null) {
            errors.invalid(path.field("apiVersion"), reference.stringOrEmpty("apiVersion"), problem);
        }
    }

    /** What is wrong with the apiVersion of a reference, or null. */
    static @Nullable String problem(ObjectValue reference, ApiVersion allowed) {
        if (allowed == ApiVersion.UNCHECKED) {
            return null;
        }
        String apiVersion = reference.stringOrEmpty("apiVersion");
        int slash = apiVersion.indexOf('/');
        if (slash >= 0 && apiVersion.indexOf('/', slash + 1) >= 0) {
            return "unexpected GroupVersion string: " + apiVersion;
        }
        return allowed == ApiVersion.GROUPED && slash <= 0 ? "apiVersion must specify API group" : null;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.schema.DefaultRule;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Locale;
import java.util.Map;

/** The group apiextensions.k8s.io. */
final class ExtensionDefaults {
    private static final String PACKAGE = "apiextensions-apiserver/pkg/apis/apiextensions/v1.";

    private ExtensionDefaults() {}

    static Map<String, DefaultRule> rules() {
        return Map.of(
                PACKAGE + "CustomResourceConversion", ExtensionDefaults::conversion,
                PACKAGE + "CustomResourceDefinition", ExtensionDefaults::definition);
    }

    private static ObjectValue definition(ObjectValue definition) {
        ObjectValue out = Fill.in(definition, "spec", spec -> Fill.in(spec, "names", ExtensionDefaults::names));
        if (!out.objectOrEmpty("status").arrayOrEmpty("storedVersions").isEmpty()) {
            return out;
        }
        for (ObjectValue version :
                out.objectOrEmpty("spec").arrayOrEmpty("versions").objects()) {
            if (version.isTrue("storage")) {
                ArrayValue stored = ArrayValue.of(Value.of(version.stringOrEmpty("name")));
                return Fill.in(out, "status", status -> status.with("storedVersions", stored));
            }
        }
        return out;
    }

    private static ObjectValue names(ObjectValue names) {
        String kind = names.stringOrEmpty("kind");
        return kind.isEmpty()
                ? names
                : Fill.absent(Fill.absent(names, "singular", kind.toLowerCase(Locale.ROOT)), "listKind", kind + "List");
    }

    /** A webhook that says nothing is none. */
    private static ObjectValue conversion(ObjectValue conversion) {
        ObjectValue webhook = conversion.getObject("webhook");
        boolean says = webhook != null
                && !(Fill.isAbsent(webhook.get("clientConfig"))
                        && Fill.isAbsent(webhook.get("conversionReviewVersions")));
        return says ? conversion : conversion.without("webhook");
    }
}

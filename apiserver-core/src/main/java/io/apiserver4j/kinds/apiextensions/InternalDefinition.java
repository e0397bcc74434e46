// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a definition in the layout that Kubernetes checks it in, which the paths of messages show: what all versions have
 * alike stands at the top, as {@code validation}, {@code subresources}, {@code additionalPrinterColumns} and
 * {@code selectableFields}, with {@code version} the name of the first; and the webhook of a conversion is taken apart.
 */
final class InternalDefinition {
    private static final List<String> SHARED =
            List.of("schema", "subresources", "additionalPrinterColumns", "selectableFields");

    private InternalDefinition() {}

    static ObjectValue of(ObjectValue spec) {
        ObjectEditor out = spec.edit();
        ArrayValue versions = spec.arrayOrEmpty("versions");
        if (!versions.isEmpty()) {
            out.put("version", versions.objectAt(0).stringOrEmpty("name"));
            for (String name : SHARED) {
                Value first = present(versions.objectAt(0).get(name));
                boolean same = versions.objects().stream()
                        .allMatch(version -> Objects.equals(present(version.get(name)), first));
                if (same && first != null) {
                    out.put(name.equals("schema") ? "validation" : name, first);
                    versions = versions.map(version -> without(version, name));
                }
            }
            out.put("versions", versions);
        }
        ObjectValue conversion = spec.getObject("conversion");
        if (conversion != null) {
            ObjectValue webhook = conversion.objectOrEmpty("webhook");
            out.put(
                    "conversion",
                    ObjectValue.builder()
                            .put("strategy", conversion.stringOrEmpty("strategy"))
                            .putIfPresent("webhookClientConfig", webhook.getObject("clientConfig"))
                            .putIfPresent("conversionReviewVersions", webhook.getArray("conversionReviewVersions"))
                            .build());
        }
        return out.build();
    }

    private static Value without(Value version, String name) {
        ObjectValue object = version.asObject();
        return object == null ? version : object.without(name);
    }

    private static @Nullable Value present(@Nullable Value value) {
        return value == null || value.isNull() || ArrayValue.EMPTY.equals(value) ? null : value;
    }
}

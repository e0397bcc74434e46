// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.NameRule;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;

/** The metadata rules that every kind follows, before its own. */
final class ObjectRules {
    private static final ValuePath METADATA = ValuePath.of("metadata");

    private ObjectRules() {}

    /** Checks the metadata of a new object. */
    static void checkCreate(ResourceDefinition definition, ObjectValue object, FieldErrors errors) {
        MetadataRules.onCreate(
                object.objectOrEmpty("metadata"),
                definition.namespaced(),
                definition.strategy().nameRule(),
                METADATA,
                errors);
    }

    /** Checks the metadata of a changed object: as that of a new one but for the kind's rule of names, then the change. */
    static void checkUpdate(
            ResourceDefinition definition, ObjectValue updated, ObjectValue current, FieldErrors errors) {
        ObjectValue metadata = updated.objectOrEmpty("metadata");
        MetadataRules.onCreate(metadata, definition.namespaced(), NameRule.PATH_SEGMENT, METADATA, errors);
        if (!metadata.has("resourceVersion")) {
            // an unconditional update means the kept version; the rule is for those who may not say so
            metadata = metadata.withOrWithout(
                    "resourceVersion", current.objectOrEmpty("metadata").get("resourceVersion"));
        }
        MetadataRules.onUpdate(metadata, current.objectOrEmpty("metadata"), METADATA, errors);
    }
}

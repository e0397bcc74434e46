// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which rules of schemas count: all for a new definition; for a change, those that the definition kept so far. */
record SchemaOptions(
        boolean requireSchema,
        boolean requireType,
        boolean requireStructural,
        boolean requireAtomicSets,
        boolean requireMapKeys) {
    static final Set<String> TYPES = Set.of("array", "boolean", "integer", "number", "object", "string");

    private static final SchemaOptions ALL = new SchemaOptions(true, true, true, true, true);

    /** The rules after a spec, null for those of a new one. */
    static SchemaOptions after(@Nullable ObjectValue spec) {
        if (spec == null) {
            return ALL;
        }
        boolean everySchema = spec.arrayOrEmpty("versions").objects().stream()
                .allMatch(version -> version.objectOrEmpty("schema").getObject("openAPIV3Schema") != null);
        return new SchemaOptions(
                everySchema,
                !SchemaTree.anyOf(
                        spec,
                        schema -> SchemaTree.has(schema, "type") && !TYPES.contains(schema.stringOrEmpty("type"))),
                isStructural(spec),
                !SchemaTree.anyOf(spec, ListTypeRules::isNonAtomicSet),
                !SchemaTree.anyOf(spec, SchemaOptions::breaksMapKeys));
    }

    private static boolean breaksMapKeys(ObjectValue schema) {
        FieldErrors errors = new FieldErrors();
        ListTypeRules.keysAndItems(schema, ValuePath.ROOT, errors);
        return !errors.isEmpty();
    }

    private static boolean isStructural(ObjectValue spec) {
        return spec.arrayOrEmpty("versions").objects().stream()
                .map(version -> version.objectOrEmpty("schema").getObject("openAPIV3Schema"))
                .allMatch(schema -> schema == null
                        || StructuralForm.problem(schema) == null
                                && StructuralRules.check(schema, ValuePath.ROOT).isEmpty());
    }
}

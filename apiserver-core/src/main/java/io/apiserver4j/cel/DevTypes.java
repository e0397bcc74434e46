// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.types.TypeType;
import java.util.List;
import java.util.Map;

/** Our types as dev.cel has them, and back. */
final class DevTypes {
    private DevTypes() {}

    static dev.cel.common.types.CelType of(CelType type) {
        return switch (type.kind()) {
            case NULL -> SimpleType.NULL_TYPE;
            case BOOL -> SimpleType.BOOL;
            case INT -> SimpleType.INT;
            case UINT -> SimpleType.UINT;
            case DOUBLE -> SimpleType.DOUBLE;
            case STRING -> SimpleType.STRING;
            case BYTES -> SimpleType.BYTES;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case DURATION -> SimpleType.DURATION;
            case DYN -> SimpleType.DYN;
            case ERROR -> SimpleType.ERROR;
            case LIST -> ListType.create(of(type.element()));
            case MAP -> MapType.create(of(type.parameters().get(0)), of(type.element()));
            case OPTIONAL -> OptionalType.create(of(type.element()));
            case TYPE -> TypeType.create(of(type.element()));
            case OBJECT -> StructTypeReference.create(type.name());
            case OPAQUE -> OpaqueType.create(type.name());
            case PARAM -> TypeParamType.create(type.name());
        };
    }

    /** The type of ours; objects are found by their names. */
    static CelType from(dev.cel.common.types.CelType type, Map<String, CelType> objects) {
        return switch (type.kind()) {
            case NULL_TYPE -> CelType.NULL;
            case BOOL -> CelType.BOOL;
            case INT -> CelType.INT;
            case UINT -> CelType.UINT;
            case DOUBLE -> CelType.DOUBLE;
            case STRING -> CelType.STRING;
            case BYTES -> CelType.BYTES;
            case TIMESTAMP -> CelType.TIMESTAMP;
            case DURATION -> CelType.DURATION;
            case LIST -> CelType.list(parameter(type.parameters(), 0, objects));
            case MAP -> CelType.map(parameter(type.parameters(), 0, objects), parameter(type.parameters(), 1, objects));
            case TYPE -> CelType.type(parameter(type.parameters(), 0, objects));
            case STRUCT -> objects.getOrDefault(type.name(), CelType.object(type.name(), Map.of()));
            case OPAQUE ->
                type.name().equals(OptionalType.NAME)
                        ? CelType.optional(parameter(type.parameters(), 0, objects))
                        : CelType.opaque(type.name());
            case ERROR -> CelType.ERROR;
            default -> CelType.DYN;
        };
    }

    private static CelType parameter(
            ImmutableList<dev.cel.common.types.CelType> parameters, int position, Map<String, CelType> objects) {
        return parameters.size() <= position ? CelType.DYN : from(parameters.get(position), objects);
    }

    /** All object types that types are made of, by name. */
    static void collect(CelType type, Map<String, CelType> into) {
        if (type.kind() == CelType.Kind.OBJECT && into.putIfAbsent(type.name(), type) != null) {
            return;
        }
        List.copyOf(type.fields().values()).forEach(field -> collect(field.type(), into));
        type.parameters().forEach(parameter -> collect(parameter, into));
    }
}

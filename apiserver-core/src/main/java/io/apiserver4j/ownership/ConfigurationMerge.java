// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays a configuration over an object as server-side apply does, but without owners: what a policy sets belongs to nobody.
 * Only what is merged part by part may be set, so that nobody loses what he did not mean to touch.
 */
public final class ConfigurationMerge {
    private ConfigurationMerge() {}

    /** A configuration that can't be laid over an object; the message says why. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message, null, false, false);
        }

        /** Why. */
        public String text() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * The object with the configuration laid over it.
     *
     * @param configuration of the same kind, which it says
     * @throws RefusedException where the configuration does not fit the schema or sets something as a whole
     */
    public static ObjectValue merge(ObjectValue object, ObjectValue configuration, Schema schema) {
        String problem = TypedCheck.problem(configuration, schema);
        if (problem != null) {
            throw new RefusedException("failed to convert patch object to typed object: " + problem);
        }
        List<String> wholes = new ArrayList<>();
        findWholes(configuration, Typing.seen(schema), "", wholes);
        if (!wholes.isEmpty()) {
            throw new RefusedException("invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: "
                    + String.join(", ", wholes));
        }
        try {
            return Typing.objectOf(ApplyMerge.merge(object, configuration, schema));
        } catch (TypedProblem e) {
            throw new RefusedException("failed to merge patch: " + e.getMessage());
        }
    }

    /** Everything that would be set as a whole; inside of maps it is not looked for. */
    private static void findWholes(Value value, Schema schema, String path, List<String> wholes) {
        ObjectValue object = value.asObject();
        ArrayValue array = value.asArray();
        if (object != null && schema.shape() != Shape.LIST) {
            if (schema.isAtomic()) {
                wholes.add(path);
            }
            for (int i = 0; i < object.size(); i++) {
                Schema field = fieldOf(schema, object.keyAt(i));
                if (field != null) {
                    findWholes(object.valueAt(i), field, path + "." + object.keyAt(i), wholes);
                }
            }
        } else if (array != null && schema.shape() == Shape.LIST) {
            if (schema.isAtomic()) {
                wholes.add(path);
            }
            for (int i = 0; i < array.size(); i++) {
                findWholes(array.get(i), Typing.items(schema), path + "[" + i + "]", wholes);
            }
        }
    }

    private static @Nullable Schema fieldOf(Schema schema, String name) {
        return Typing.isNamed(schema, name) ? Typing.memberOrNull(schema, name) : null;
    }
}

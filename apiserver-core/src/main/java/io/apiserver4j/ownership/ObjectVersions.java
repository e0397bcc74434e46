// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/** The other versions of a kind, because entries of managedFields name fields in the version they were made with. */
public interface ObjectVersions {
    /** A kind that has no other version. */
    ObjectVersions NONE = new ObjectVersions() {
        @Override
        public @Nullable Schema schema(String apiVersion) {
            return null;
        }

        @Override
        public ObjectValue convert(ObjectValue object, String apiVersion) {
            return object;
        }
    };

    /**
     * The schema of the kind in a version ({@code apps/v1}), or null where it is not served in it: such entries are
     * dropped.
     */
    @Nullable
    Schema schema(String apiVersion);

    /** An object in another version that has a schema. Its metadata stays as it is. */
    ObjectValue convert(ObjectValue object, String apiVersion);
}

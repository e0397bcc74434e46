// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/**
 * What one field manager knows of its kind: its own version with schema, the fields that are reset, and the other
 * versions.
 */
record VersionedFields(String apiVersion, Schema schema, ResetFields reset, ObjectVersions versions) {
    /** The schema in a version, or null where the kind is not served in it. */
    @Nullable
    Schema schemaIn(String version) {
        return version.equals(apiVersion) ? schema : versions.schema(version);
    }

    /** The object in a version that has a schema; what is in it already is given back. */
    ObjectValue in(String version, ObjectValue object) {
        return version.equals(object.getString("apiVersion")) ? object : versions.convert(object, version);
    }

    /** The changes between two objects, seen in a version. */
    TypedCompare.Changes changes(ObjectValue before, ObjectValue after, String version, Schema schemaThere) {
        return TypedCompare.compare(in(version, before), in(version, after), schemaThere)
                .only(reset);
    }
}

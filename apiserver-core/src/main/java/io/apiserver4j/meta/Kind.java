// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/** A kind by group, version and name (Kubernetes' GroupVersionKind). */
public record Kind(String group, String version, String kind) {
    /** The kind that an object says it is; missing members read as empty texts. */
    public static Kind of(ObjectValue object) {
        GroupVersion groupVersion = GroupVersion.parse(object.stringOrEmpty("apiVersion"));
        return new Kind(groupVersion.group(), groupVersion.version(), object.stringOrEmpty("kind"));
    }

    /** As documents show it, member by member. */
    public ObjectValue toObject() {
        return ObjectValue.builder()
                .put("group", group)
                .put("version", version)
                .put("kind", kind)
                .build();
    }

    /** Group and version alone. */
    public GroupVersion groupVersion() {
        return new GroupVersion(group, version);
    }

    /** The apiVersion text: {@code v1} or {@code apps/v1}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Kind and group as messages show them: {@code Pod} or {@code Deployment.apps}. */
    public String groupKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    /** As messages show it: {@code apps/v1, Kind=Deployment} or {@code /v1, Kind=Pod}. */
    @Override
    public String toString() {
        return group + "/" + version + ", Kind=" + kind;
    }

    // equals and hashCode by hand: those of a record are linked at run time, which costs a start some milliseconds
    // each.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Kind that
                && kind.equals(that.kind)
                && group.equals(that.group)
                && version.equals(that.version);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * kind.hashCode() + group.hashCode()) + version.hashCode();
    }
}

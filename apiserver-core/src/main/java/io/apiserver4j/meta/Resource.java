// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/** A resource by group, version and plural name (Kubernetes' GroupVersionResource). */
public record Resource(String group, String version, String resource) {
    /** Resource and group as messages show them: {@code pods} or {@code deployments.apps}. */
    public String groupResource() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    /** As documents show it, member by member. */
    public ObjectValue toObject() {
        return ObjectValue.builder()
                .put("group", group)
                .put("version", version)
                .put("resource", resource)
                .build();
    }

    /** Group and version alone. */
    public GroupVersion groupVersion() {
        return new GroupVersion(group, version);
    }

    /** As messages show it: {@code apps/v1, Resource=deployments} or {@code /v1, Resource=pods}. */
    @Override
    public String toString() {
        return group + "/" + version + ", Resource=" + resource;
    }

    // equals and hashCode by hand: those of a record are linked at run time, which costs a start some milliseconds
    // each.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Resource that
                && resource.equals(that.resource)
                && group.equals(that.group)
                && version.equals(that.version);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * resource.hashCode() + group.hashCode()) + version.hashCode();
    }
}

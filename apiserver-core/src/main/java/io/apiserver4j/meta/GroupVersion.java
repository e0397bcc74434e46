// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import org.jspecify.annotations.Nullable;

/** An API group and one of its versions; the group of the core is the empty text. */
public record GroupVersion(String group, String version) implements Comparable<GroupVersion> {
    /** Reads {@code v1} or {@code apps/v1}; anything after a second slash is kept in the version. */
    public static GroupVersion parse(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new GroupVersion("", apiVersion)
                : new GroupVersion(apiVersion.substring(0, slash), apiVersion.substring(slash + 1));
    }

    /** The kind of a name in this group and version. */
    public Kind kind(String kind) {
        return new Kind(group, version, kind);
    }

    /** The apiVersion text: {@code v1} or {@code apps/v1}. */
    @Override
    public String toString() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    @Override
    public int compareTo(GroupVersion other) {
        int byGroup = group.compareTo(other.group);
        return byGroup != 0 ? byGroup : version.compareTo(other.version);
    }

    // equals and hashCode by hand: those of a record are linked at run time, which costs a start some milliseconds
    // each.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GroupVersion that && version.equals(that.version) && group.equals(that.group);
    }

    @Override
    public int hashCode() {
        return 31 * version.hashCode() + group.hashCode();
    }
}

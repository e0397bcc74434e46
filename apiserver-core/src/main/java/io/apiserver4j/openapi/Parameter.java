// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

/**
 * A parameter of an operation.
 *
 * @param place {@code path} or {@code query}
 * @param type the JSON type of its value
 * @param owner the kind of options that it is a field of; parameters of a name differ by it in what they mean
 */
record Parameter(String name, String place, String type, String owner) implements Comparable<Parameter> {
    static Parameter path(String name) {
        return new Parameter(name, "path", "string", "");
    }

    boolean inPath() {
        return place.equals("path");
    }

    /** By name, and by place where a name stands twice. */
    @Override
    public int compareTo(Parameter other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : place.compareTo(other.place);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import java.util.List;
import java.util.stream.Stream;

/** The media types of objects, in the order in which they are on offer. */
public enum MediaType {
    JSON("json", true),
    YAML("yaml", false),
    PROTOBUF("vnd.kubernetes.protobuf", true);

    /** The texts of all media types. */
    public static final List<String> TEXTS =
            Stream.of(values()).map(MediaType::text).toList();

    /** The texts of the media types in which a watch can be served. */
    public static final List<String> STREAM_TEXTS = Stream.of(values())
            .filter(MediaType::streams)
            .map(type -> type.text() + ";stream=watch")
            .toList();

    private final String subtype;
    private final boolean streams;

    MediaType(String subtype, boolean streams) {
        this.subtype = subtype;
        this.streams = streams;
    }

    /** The text of the type: {@code application/json}. */
    public String text() {
        return "application/" + subtype;
    }

    /** True where a watch can be served in it. */
    public boolean streams() {
        return streams;
    }

    /** The content type of a watch: JSON without, others with the parameter. */
    public String watchText() {
        return this == JSON ? text() : text() + ";stream=watch";
    }

    boolean matches(String type, String otherSubtype) {
        return type.equals("*") && otherSubtype.equals("*")
                || type.equals("application") && (otherSubtype.equals(subtype) || otherSubtype.equals("*"));
    }
}

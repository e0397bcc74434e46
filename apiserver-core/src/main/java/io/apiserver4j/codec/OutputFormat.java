// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.Kind;
import org.jspecify.annotations.Nullable;

/**
 * How an answer is written.
 *
 * @param mediaType the media type
 * @param as the kind that the client wants instead of the object's own, or null
 * @param pretty true where JSON is indented, for people
 * @param profile the profile parameter of discovery, or the empty text
 */
public record OutputFormat(MediaType mediaType, @Nullable Kind as, boolean pretty, String profile) {
    /** Compact JSON of the object itself. */
    public static final OutputFormat JSON = new OutputFormat(MediaType.JSON, null, false, "");

    /** Indented JSON: the last resort when nothing that a client accepts is on offer for an error. */
    public static final OutputFormat INDENTED = new OutputFormat(MediaType.JSON, null, true, "");

    /** The form that is asked for. */
    public Form form() {
        if (as == null) {
            return Form.OBJECT;
        }
        return switch (as.kind()) {
            case "Table" -> Form.TABLE;
            case "PartialObjectMetadata" -> Form.PARTIAL_METADATA;
            case "PartialObjectMetadataList" -> Form.PARTIAL_METADATA_LIST;
            default -> Form.OTHER;
        };
    }

    /** The same format for the object itself. */
    public OutputFormat plain() {
        return as == null ? this : new OutputFormat(mediaType, null, pretty, profile);
    }

    /** The content type of the answer; discovery shows in it what was asked for, other endpoints don't. */
    public String contentType(boolean showsKind) {
        if (!showsKind || as == null) {
            return mediaType.text();
        }
        StringBuilder out = new StringBuilder(mediaType.text());
        parameter(out, ";g=", as.group());
        parameter(out, ";v=", as.version());
        parameter(out, ";as=", as.kind());
        return out.toString();
    }

    private static void parameter(StringBuilder out, String name, String value) {
        if (!value.isEmpty()) {
            out.append(name).append(value);
        }
    }
}

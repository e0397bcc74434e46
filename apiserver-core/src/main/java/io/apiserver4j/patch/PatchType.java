// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.meta.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The forms of a PATCH body, told apart by the media type of the request. */
public enum PatchType {
    /** RFC 6902: a list of operations. */
    JSON("application/json-patch+json"),
    /** RFC 7396: an object laid over the object, null removes. */
    MERGE("application/merge-patch+json"),
    /** Kubernetes' own: lists are merged by keys, directives steer. Built-in kinds only. */
    STRATEGIC("application/strategic-merge-patch+json"),
    /** Server-side apply. */
    APPLY("application/apply-patch+yaml");

    private final String mediaType;

    PatchType(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The media type of bodies of this form. */
    public String mediaType() {
        return mediaType;
    }

    /**
     * The form that a Content-Type header names; parameters after a semicolon are not looked at.
     *
     * @param contentType the header, null where there is none
     * @param custom true for kinds that users bring, which know no strategic merge and answer in other words
     * @throws io.apiserver4j.meta.ApiException 415 for every other media type
     */
    public static PatchType of(@Nullable String contentType, boolean custom) {
        String named = contentType == null ? "" : contentType;
        int parameters = named.indexOf(';');
        if (parameters > 0) {
            named = named.substring(0, parameters);
        }
        named = custom ? named : named.trim();
        for (PatchType type : values()) {
            if (type.mediaType.equals(named) && !(custom && type == STRATEGIC)) {
                return type;
            }
        }
        // the two texts come from two layers of the real server: only built-in kinds pass through the outer one
        throw custom
                ? Status.unsupportedMediaType("the body of the request was in an unknown format - accepted media types"
                                + " include: " + String.join(", ", accepted()))
                        .asException()
                : Status.unsupportedMediaType("415: Unsupported Media Type")
                        .withDetails(Status.Details.of("", "", ""))
                        .asException();
    }

    private static List<String> accepted() {
        List<String> types = new ArrayList<>();
        for (PatchType type : values()) {
            if (type != STRATEGIC) {
                types.add(type.mediaType);
            }
        }
        return types;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import org.jspecify.annotations.Nullable;

/** What each row of a table carries of its object: the query parameter {@code includeObject}. */
public enum IncludeObject {
    /** Nothing. */
    NONE,
    /** The metadata; this is also what clients get that ask for nothing. */
    METADATA,
    /** The whole object, in the version of the request. */
    OBJECT;

    /**
     * Reads the query parameter; missing and empty mean {@link #METADATA}.
     *
     * @throws ApiException with a bad request for any other word
     */
    public static IncludeObject parse(@Nullable String parameter) {
        if (parameter == null || parameter.isEmpty()) {
            return METADATA;
        }
        return switch (parameter) {
            case "None" -> NONE;
            case "Metadata" -> METADATA;
            case "Object" -> OBJECT;
            default ->
                throw new ApiException(
                        Status.badRequest("Unable to convert to Table as requested: includeObject: Invalid value: "
                                + GoText.quote(parameter) + ": must be 'Metadata', 'Object', 'None', or empty"));
        };
    }
}

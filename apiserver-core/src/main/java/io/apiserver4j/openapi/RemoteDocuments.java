// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.value.ObjectValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents of group versions that other servers answer. */
@FunctionalInterface
public interface RemoteDocuments {
    /** There are none. */
    RemoteDocuments NONE = List::of;

    /** What is there now; the very same list as long as nothing changes. Must be quick. */
    List<RemoteDocument> documents();

    /**
     * What another server says of a group version.
     *
     * @param state a text that changes with the documents
     * @param third the document of OpenAPI 3, or null
     * @param thirdHash its hash, or the empty text
     * @param second the whole document of OpenAPI 2, or empty
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes as they came, never changed; state says what they are
    record RemoteDocument(
            String group, String version, String state, byte @Nullable [] third, String thirdHash, ObjectValue second) {
        /** The name of the document of OpenAPI 3: a path without its first slash. */
        String name() {
            return (group.isEmpty() ? "api/" : "apis/" + group + "/") + version;
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.meta.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One method of a path.
 *
 * @param method lower case
 * @param action the verb in Kubernetes' words, empty for paths that are no resources
 * @param kind what the operation is about, or null
 * @param body the definition of the body, or null where there is none
 * @param bodyRequired true where the body must be there
 * @param answers by code, the definition of the answer; {@link #TEXT} for plain text, the empty text for none
 */
record Operation(
        String method,
        String action,
        String id,
        String tag,
        @Nullable Kind kind,
        List<Parameter> parameters,
        @Nullable String body,
        boolean bodyRequired,
        List<String> consumes,
        Map<Integer, String> answers,
        List<String> produces) {
    /** An answer that is text and no object. */
    static final String TEXT = "string";

    /** What takes anything. */
    static final List<String> ANYTHING = List.of("*/*");
}

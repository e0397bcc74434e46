// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import dev.cel.common.CelIssue;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Errors of compilation in the words of cel-go. */
final class Issues {
    private static final Pattern SYNTAX = Pattern.compile(
            "(mismatched input|no viable alternative|extraneous input|missing |token recognition error|rule ).*",
            Pattern.DOTALL);

    private Issues() {}

    static String text(CelValidationResult result) {
        return result.getErrors().stream()
                .map(issue -> CelIssue.formatError(issue.getSourceLocation(), said(issue.getMessage()))
                        .toDisplayString(result.getSource()))
                .collect(Collectors.joining("\n"));
    }

    /** One error at a node. */
    static String text(CelSource source, long id, String message) {
        Integer offset = source.getPositionsMap().get(id);
        CelSourceLocation place = offset == null
                ? CelSourceLocation.NONE
                : source.getOffsetLocation(offset).orElse(CelSourceLocation.NONE);
        return CelIssue.formatError(place, message).toDisplayString(source);
    }

    private static String said(String message) {
        if (SYNTAX.matcher(message).matches()) {
            return "Syntax error: " + message;
        }
        int candidates = message.indexOf(" (candidates: ");
        String said = candidates < 0 ? message : message.substring(0, candidates);
        return said.replace("google.protobuf.Timestamp", "timestamp")
                .replace("google.protobuf.Duration", "duration")
                .replace("*error*", "!error!")
                .replace("null_type", "null");
    }
}

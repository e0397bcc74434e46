// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

/** An expression that cannot be used, with the text that clients are shown. */
public final class CelCompileException extends Exception {
    private static final long serialVersionUID = 1;

    private final String issues;

    CelCompileException(String issues) {
        super("compilation failed: " + issues, null, false, false);
        this.issues = issues;
    }

    /** All errors with their places: {@code ERROR: <input>:1:5: ...}, and under each the line and a mark. */
    public String issues() {
        return issues;
    }

    /** What clients are shown: {@code compilation failed:} and the issues. */
    public String text() {
        return "compilation failed: " + issues;
    }
}

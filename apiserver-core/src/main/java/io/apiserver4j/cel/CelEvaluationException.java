// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

/** An evaluation that ended in an error, such as {@code no such key: a}. Carries no stack: errors are values to expressions. */
public class CelEvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** An error with its text. */
    public CelEvaluationException(String message) {
        super(message, null, false, false);
    }

    /** The text that clients are shown. */
    public String text() {
        return String.valueOf(getMessage());
    }

    static CelEvaluationException noSuchOverload() {
        return new CelEvaluationException("no such overload");
    }

    static CelEvaluationException noSuchKey(Object key) {
        return new CelEvaluationException("no such key: " + Texts.of(key));
    }
}

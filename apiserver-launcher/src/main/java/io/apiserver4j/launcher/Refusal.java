// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

/**
 * Why the program doesn't start, or ends: something that its user can put right. Shown without a stack trace, in the form
 * that kube-apiserver shows such failures in.
 */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean usage;

    private Refusal(String message, boolean usage) {
        super(message);
        this.usage = usage;
    }

    /** The command line can't be understood. */
    static Refusal usage(String message) {
        return new Refusal(message, true);
    }

    /** What the flags ask for can't be done. */
    static Refusal of(String message) {
        return new Refusal(message, false);
    }

    /** True where the command line can't be understood. */
    boolean isUsage() {
        return usage;
    }

    /** The reason. */
    String reason() {
        return String.valueOf(getMessage());
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import java.io.PrintStream;
import java.util.function.Consumer;

/** Tells the user what is not as the flags would have it. A class and no lambda, since those are linked at run time. */
record Warnings(PrintStream out) implements Consumer<String> {
    @Override
    public void accept(String warning) {
        out.println("apiserver: warning: " + warning);
    }
}

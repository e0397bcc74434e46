// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

/** Is told of each numbered step of the corridor that a call reaches. Called on the call's thread; must be quick. */
@FunctionalInterface
public interface CallObserver {
    /** Sees nothing. */
    CallObserver NONE = (call, step) -> {};

    /** A call reached a step (names as in ARCHITECTURE.md). */
    void reached(Call call, String step);
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import org.jspecify.annotations.Nullable;

/** Where services get ports on nodes from. Safe for use by several threads. */
interface PortPool {
    /** Why a port that somebody has cannot be taken. */
    String TAKEN = "provided port is already allocated";

    /** Takes any free port; 0 where there is none. */
    int takeAny();

    /** Takes this port: null where that was done, else why not. */
    @Nullable
    String take(int port);

    /** Gives a port back; does nothing where it is free. */
    void release(int port);

    /** True for a port that somebody has. */
    boolean isTaken(int port);
}

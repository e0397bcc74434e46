// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import java.io.PrintStream;

/**
 * Says on standard error what a start does, once that takes over a second, and again every few seconds. The work calls
 * {@link #step}; a thread of its own does the talking.
 */
final class Progress implements AutoCloseable {
    private static final long FIRST_MILLIS = 1000;
    private static final long NEXT_MILLIS = 5000;

    private final PrintStream out;
    private final long began = System.nanoTime();
    private final Thread teller;
    private volatile String step;

    Progress(PrintStream out, String first) {
        this.out = out;
        this.step = first;
        teller = new Thread(this::tell, "apiserver4j-progress");
        teller.setDaemon(true);
        teller.start();
    }

    /** What is done from now on. */
    void step(String what) {
        step = what;
    }

    private void tell() {
        try {
            Thread.sleep(FIRST_MILLIS);
            while (true) {
                out.println("apiserver: " + step + " ... " + (System.nanoTime() - began) / 1_000_000_000 + " s");
                Thread.sleep(NEXT_MILLIS);
            }
        } catch (InterruptedException e) {
            // done: nothing more to tell
        }
    }

    @Override
    public void close() {
        teller.interrupt();
    }
}

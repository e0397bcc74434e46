// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

/** What happens when the process is told to end: the server stops, and that is a good end. */
final class AtSignal extends Thread {
    private final RunningServer running;

    AtSignal(RunningServer running) {
        super("apiserver4j-stop");
        this.running = running;
    }

    @Override
    public void run() {
        running.stop();
        // Otherwise the JVM would answer with the number of the signal.
        Runtime.getRuntime().halt(0);
    }
}

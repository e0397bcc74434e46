// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import java.util.List;

/** Starts and stops the controllers of a server. */
public final class ControllerManager implements AutoCloseable {
    private final List<Controller> controllers;

    /** A manager of these. */
    public ControllerManager(List<Controller> controllers) {
        this.controllers = List.copyOf(controllers);
    }

    /** Starts all, in order. */
    public void start() {
        controllers.forEach(Controller::start);
    }

    @Override
    public void close() {
        controllers.forEach(Controller::close);
    }
}

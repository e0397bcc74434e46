// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

/** One loop: watches something and does something about it. */
public interface Controller extends AutoCloseable {
    /** The name by which it is switched on and off. */
    String name();

    /** Begins; returns at once. */
    void start();

    /** Ends its watches; nothing is begun afterwards. */
    @Override
    void close();
}

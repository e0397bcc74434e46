// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.value.ObjectValue;

/**
 * Something that was set aside for an object that is about to be kept. Exactly one of the two ends is called, once.
 *
 * @param object the object with what was set aside written into it
 * @param commit the object was kept
 * @param release the object was not kept: give back
 */
public record Reservation(ObjectValue object, Runnable commit, Runnable release) {
    /** Nothing to set aside. */
    public static Reservation none(ObjectValue object) {
        return new Reservation(object, () -> {}, () -> {});
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

/** What must be true of a key for a commit to happen. */
public sealed interface Precondition {

    static Precondition absent() {
        return Absent.INSTANCE;
    }

    static Precondition atRevision(long modRevision) {
        return new AtRevision(modRevision);
    }

    static Precondition any() {
        return Any.INSTANCE;
    }

    /** There is no such key. */
    record Absent() implements Precondition {
        private static final Absent INSTANCE = new Absent();
    }

    /** The key is there, with the value that this revision wrote ({@link Entry#modRevision}). */
    record AtRevision(long modRevision) implements Precondition {

        public AtRevision {
            if (modRevision <= 0) {
                throw new IllegalArgumentException("not a revision of an entry: " + modRevision);
            }
        }
    }

    /** Nothing; a delete still needs the key to be there. */
    record Any() implements Precondition {
        private static final Any INSTANCE = new Any();
    }
}

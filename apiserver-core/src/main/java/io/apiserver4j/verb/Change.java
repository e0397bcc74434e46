// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/**
 * How an update makes the new object of the kept one. A pure function: it runs again where somebody else was faster.
 */
@FunctionalInterface
interface Change {
    /**
     * The changed object with its managed fields, in the version the client speaks, defaults filled in.
     *
     * @param live the object as it is kept, in the client's version; null where there is none
     */
    ObjectValue apply(@Nullable ObjectValue live);
}

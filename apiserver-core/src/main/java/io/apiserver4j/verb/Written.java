// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a write.
 *
 * @param object the object as it is now (or would be, of a dry run), in the stored version
 * @param created true where it was not there before
 * @param kept the same object as the store has it; null where nothing is kept of it
 */
record Written(
        ObjectValue object, boolean created, @Nullable StoredObject kept) {}

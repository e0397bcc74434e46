// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list, or one page of it.
 *
 * @param objects in key order
 * @param revision the revision of the list
 * @param nextKey where the next page begins, relative to the resource's prefix; null where this is the end
 * @param remaining how many objects come after this page; null where that is not known
 */
public record ObjectPage(
        List<StoredObject> objects,
        long revision,
        @Nullable String nextKey,
        @Nullable Long remaining) {}

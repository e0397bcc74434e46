// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.storage;

import java.util.List;

/**
 * The answer to a {@link RangeQuery}.
 *
 * @param entries in key order, unmodifiable
 * @param more whether the limit cut entries off
 * @param count the number of keys in the asked range in this state, those cut off included
 * @param revision the revision of the state that was read: the asked one, or for the latest the one that was current
 */
public record RangePage(List<Entry> entries, boolean more, long count, long revision) {}

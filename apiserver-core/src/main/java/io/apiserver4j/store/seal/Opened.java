// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.seal;

/**
 * What came out of the store.
 *
 * @param bytes the bytes inside
 * @param stale true where a write of the same object now would lie in the store in another way: under another key, or in
 *     another form
 */
public record Opened(byte[] bytes, boolean stale) {}

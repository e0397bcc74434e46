// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

/**
 * How many events are taken.
 *
 * @param type what is counted for itself: Server, Namespace, User or SourceAndObject
 * @param qps how many a second in the long run
 * @param burst how many at once
 * @param cacheSize for how many namespaces, users or sources is counted
 */
public record EventLimit(String type, int qps, int burst, int cacheSize) {
    /** For how many is counted where nothing else is said. */
    public static final int CACHE_SIZE = 4096;
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

/**
 * How much is stored of a resource, about.
 *
 * @param objects how many objects
 * @param averageBytes how large one is, by a few of them
 */
public record StoredSizes(int objects, int averageBytes) {}

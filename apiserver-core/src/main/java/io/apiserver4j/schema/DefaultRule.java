// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.ObjectValue;

/**
 * A default that depends on something, for the objects of one type (or the named maps of one, such as
 * {@code api/core/v1.ResourceList}); see {@link Defaulter} for when it runs.
 */
@FunctionalInterface
public interface DefaultRule {
    /**
     * Fills what is absent.
     *
     * @param value an object as {@link TypedReader} gives it, with the constant defaults of its own type in place and
     *     those of the objects inside of it not yet
     * @return the same object where nothing is to be done; members may be put in any order
     */
    ObjectValue apply(ObjectValue value);
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.measure;

/** All values of one name. */
interface Family {
    /** Writes the name's header and values, or nothing where there is no value yet. */
    void write(StringBuilder out);
}

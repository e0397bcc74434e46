// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

/** What differs in definitions between the two versions of OpenAPI. */
enum Dialect {
    /** Swagger 2: references may have other members beside them, and defaults are left out. */
    V2("#/definitions/"),
    /** OpenAPI 3: a reference stands alone, so one with other members goes into {@code allOf}. */
    V3("#/components/schemas/");

    private final String prefix;

    Dialect(String prefix) {
        this.prefix = prefix;
    }

    /** The text of a reference to a definition. */
    String reference(String name) {
        return prefix + name;
    }
}

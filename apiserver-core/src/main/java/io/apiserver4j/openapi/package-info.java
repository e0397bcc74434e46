// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The shape of what is served, as OpenAPI documents: version 3 per group version, version 2 in one piece.
 *
 * <p>The main type is {@link io.apiserver4j.openapi.OpenApiEndpoint}. Operations follow from the catalog, definitions
 * from the facts about shapes; nothing is made before somebody asks for it. This package knows no storage and no
 * particular kind. Safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.openapi;

import org.jspecify.annotations.NullMarked;

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.request.Identity;
import java.time.Instant;

/**
 * What a strategy may know of the request it serves.
 *
 * @param definition the resource
 * @param version the version that the client speaks
 * @param subresource the subresource, empty for the main resource
 * @param now the time of the write
 * @param dryRun true where nothing will be kept
 */
public record StrategyContext(
        ResourceDefinition definition,
        VersionDefinition version,
        String subresource,
        Identity identity,
        Instant now,
        boolean dryRun) {}

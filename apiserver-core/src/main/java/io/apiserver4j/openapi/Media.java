// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.codec.MediaType;
import io.apiserver4j.codec.RouteTypes;
import io.apiserver4j.resource.ResourceDefinition;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The media types of a resource's operations.
 *
 * @param watches true where the old paths of watches are shown
 */
record Media(List<String> objects, List<String> lists, List<String> patches, boolean custom, boolean watches) {
    /** What objects of built-in kinds can be read in. */
    static final List<String> OBJECTS = MediaType.TEXTS;

    /** What logs can be read in. */
    static final List<String> LOGS =
            Stream.concat(Stream.of("text/plain"), OBJECTS.stream()).toList();

    private static final Media BUILT_IN =
            new Media(OBJECTS, RouteTypes.LISTS.produces(), RouteTypes.PATCHES.consumes(), false, true);
    private static final List<String> CUSTOM_OBJECTS = List.of("application/json", "application/yaml");
    private static final Media CUSTOM = new Media(
            CUSTOM_OBJECTS,
            CUSTOM_OBJECTS,
            List.of("application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml"),
            true,
            false);

    static Media of(ResourceDefinition definition) {
        return definition.custom() ? CUSTOM : BUILT_IN;
    }

    /** An apply may create, which is not said of custom kinds. */
    Map<Integer, String> patchAnswers(String type) {
        return custom ? Map.of(200, type) : Map.of(200, type, 201, type);
    }
}

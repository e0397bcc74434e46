// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import org.jspecify.annotations.Nullable;

/**
 * A Go struct that is embedded in another: its fields stand among those of the outer one in JSON, are a message of
 * their own in protobuf, and are named in the decoder's messages.
 *
 * @param name the embedded type's bare name, e.g. {@code VolumeSource}
 * @param wireNumber the protobuf number of its message in the outer one, 0 where it has none (TypeMeta)
 * @param outer the embedded struct that this one stands in, or null
 */
public record Embedded(
        String name, int wireNumber, @Nullable Embedded outer) {}

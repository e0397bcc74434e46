// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.value.ObjectValue;

/**
 * A body that was read.
 *
 * @param object the canonical tree, with its kind
 * @param kind the kind that the body said, or was taken to mean
 * @param findings what strict decoding has to say; nothing where it was not asked
 */
public record Decoded(ObjectValue object, Kind kind, StrictFindings findings) {}

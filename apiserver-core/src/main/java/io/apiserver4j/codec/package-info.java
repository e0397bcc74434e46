// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Objects to and from bytes: which media type and form a request asks for, JSON, YAML and protobuf both ways, and how the
 * events of a watch are cut.
 *
 * <p>The main types are {@link io.apiserver4j.codec.Codecs} for bodies, {@link io.apiserver4j.codec.Encoder} for answers and
 * {@link io.apiserver4j.codec.Negotiation}. This package knows no verb and no store, and of kinds only their schemas.
 * Everything is immutable and safe for use by several threads, except the writers of one message.
 */
@NullMarked
package io.apiserver4j.codec;

import org.jspecify.annotations.NullMarked;

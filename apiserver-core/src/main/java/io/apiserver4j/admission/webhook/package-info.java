// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Webhooks that configurations name: asked about writes, by review documents, in both published versions of those.
 *
 * <p>The main types are the plugins that {@link io.apiserver4j.admission.webhook.WebhookPlugins} makes. This package knows
 * neither verbs nor transport: calls are made by package outbound. Mutating webhooks are called one after the other on the
 * request's thread, validating ones side by side.
 */
@NullMarked
package io.apiserver4j.admission.webhook;

import org.jspecify.annotations.NullMarked;

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Authorizers of a configuration: others that are asked over HTTPS, and the document that puts all in an order.
 *
 * <p>The main types are {@link io.apiserver4j.authz.config.AuthorizationConfiguration}, which reads and checks the
 * document, and {@link io.apiserver4j.authz.config.WebhookAuthorizer}. The package reads no files: whoever has the
 * kubeconfig of a webhook brings its {@link io.apiserver4j.outbound.RemoteSettings}. Authorizers serve all calls, on the
 * calls' threads, which wait for the answers.
 */
@NullMarked
package io.apiserver4j.authz.config;

import org.jspecify.annotations.NullMarked;

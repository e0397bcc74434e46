// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What tests miss when no controller manager runs: namespaces that end, dependents that go with their owners, default
 * service accounts. Off unless asked for.
 */
@NullMarked
package io.apiserver4j.controller.harness;

import org.jspecify.annotations.NullMarked;

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The admission plugins of kube-apiserver that need no expressions and no calls to others, one class each.
 *
 * <p>The main type is {@link io.apiserver4j.admission.plugin.BuiltinPlugins}, which makes them all. Plugins read live
 * objects straight from the store, below the gates. They know no verbs and no rules of kinds. One instance serves all
 * requests, from any thread.
 */
@NullMarked
package io.apiserver4j.admission.plugin;

import org.jspecify.annotations.NullMarked;

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of pod specs, which pods and all kinds that hold a template of pods share, split by subject.
 *
 * <p>The main type is {@link io.apiserver4j.kinds.pod.PodSpecRules}; kinds with a template come in by {@link
 * io.apiserver4j.kinds.PodTemplateRules}. Nothing here knows verbs, stores or the kinds that use it. Everything is
 * stateless and safe for use by several threads.
 */
@NullMarked
package io.apiserver4j.kinds.pod;

import org.jspecify.annotations.NullMarked;

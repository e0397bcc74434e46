// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission;

/** A plugin that may refuse a write. */
public interface ValidatingPlugin {
    /** The plugin's name, as flags and messages have it. */
    String name();

    /**
     * Looks at what is to be kept.
     *
     * @throws io.apiserver4j.meta.ApiException where the write is refused
     */
    void validate(AdmissionRequest request);
}

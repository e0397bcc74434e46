// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission;

import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/** A plugin that may change what is to be kept. */
public interface MutatingPlugin {
    /** The plugin's name, as flags and messages have it. */
    String name();

    /**
     * Gives the object as it is to be kept; the same one where there is nothing to change. Not called for deletions and
     * connections.
     *
     * @throws io.apiserver4j.meta.ApiException where the write is refused
     */
    ObjectValue mutate(AdmissionRequest request);

    /**
     * The same for what keeps no object: deletions, whose request has none, and connections, whose options are the
     * request's object. Gives the request's object where it does nothing, as most plugins do.
     */
    default @Nullable ObjectValue mutateUnkept(AdmissionRequest request) {
        return request.object();
    }
}

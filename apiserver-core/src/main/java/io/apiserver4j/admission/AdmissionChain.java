// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission;

import io.apiserver4j.value.ObjectValue;
import java.util.List;

/** Runs the plugins in their order. Immutable. */
public final class AdmissionChain {
    private final List<MutatingPlugin> mutating;
    private final List<ValidatingPlugin> validating;

    /** A chain of plugins in the order in which they run; {@link PluginOrder} makes it. */
    public AdmissionChain(List<MutatingPlugin> mutating, List<ValidatingPlugin> validating) {
        this.mutating = List.copyOf(mutating);
        this.validating = List.copyOf(validating);
    }

    /** The object as it is to be kept after all plugins had their say. Throws where one refuses. */
    public ObjectValue mutate(AdmissionRequest request) {
        AdmissionRequest current = request;
        for (MutatingPlugin plugin : mutating) {
            ObjectValue changed = plugin.mutate(current);
            if (changed != current.object()) {
                current = current.withObject(changed);
            }
        }
        return current.requireObject();
    }

    /** Asks all validating plugins. Throws where one refuses. */
    public void validate(AdmissionRequest request) {
        for (ValidatingPlugin plugin : validating) {
            plugin.validate(request);
        }
    }
}

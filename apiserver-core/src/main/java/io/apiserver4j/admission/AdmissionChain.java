// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission;

import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.WireOrder;
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
        ObjectValue out = current.requireObject();
        return out == request.object() ? out : inWireOrder(request, out);
    }

    /** Plugins put members at the end of their object; here each goes where the wire has it. */
    private static ObjectValue inWireOrder(AdmissionRequest request, ObjectValue changed) {
        VersionDefinition version = request.definition().version(request.version());
        if (request.definition().custom() || version == null || !version.kind().equals(request.kind())) {
            return changed;
        }
        return (ObjectValue) WireOrder.restore(version.schema(), changed, request.object());
    }

    /** Asks all validating plugins. Throws where one refuses. */
    public void validate(AdmissionRequest request) {
        for (ValidatingPlugin plugin : validating) {
            plugin.validate(request);
        }
    }
}

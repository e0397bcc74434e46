// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission;

import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.WireOrder;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        AdmissionRequest current = round(request);
        if (request.passage().beginSecondRound()) {
            current = round(current);
        }
        ObjectValue out = current.requireObject();
        return out == request.object() ? out : inWireOrder(request, out);
    }

    private AdmissionRequest round(AdmissionRequest request) {
        AdmissionRequest current = request;
        for (MutatingPlugin plugin : mutating) {
            ObjectValue changed = plugin.mutate(current);
            if (changed != current.object()) {
                current = current.withObject(changed);
            }
        }
        return current;
    }

    /**
     * Asks all plugins about something that keeps no object, a deletion or a connection. Gives the options of a connection
     * as they are to be used; null for a deletion. Throws where a plugin refuses.
     */
    public @Nullable ObjectValue admitUnkept(AdmissionRequest request) {
        AdmissionRequest current = unkeptRound(request);
        if (request.passage().beginSecondRound()) {
            current = unkeptRound(current);
        }
        validate(current);
        return current.object();
    }

    private AdmissionRequest unkeptRound(AdmissionRequest request) {
        AdmissionRequest current = request;
        for (MutatingPlugin plugin : mutating) {
            ObjectValue changed = plugin.mutateUnkept(current);
            if (changed != null && changed != current.object()) {
                current = current.withObject(changed);
            }
        }
        return current;
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

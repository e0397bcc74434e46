// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/** The two plugins that look at nothing: one lets everything pass, one lets nothing. */
record Always(String name, boolean admits) implements MutatingPlugin, ValidatingPlugin {
    static final Always ADMIT = new Always("AlwaysAdmit", true);
    static final Always DENY = new Always("AlwaysDeny", false);

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        validate(request);
        return request.requireObject();
    }

    @Override
    public @Nullable ObjectValue mutateUnkept(AdmissionRequest request) {
        validate(request);
        return request.object();
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (!admits) {
            throw request.forbidden("admission control is denying all modifications");
        }
    }
}

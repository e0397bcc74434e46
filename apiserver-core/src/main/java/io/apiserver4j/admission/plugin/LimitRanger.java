// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import java.util.List;

/** The limit ranges of a namespace fill what containers leave open, and bound what pods and claims ask for. */
final class LimitRanger implements MutatingPlugin, ValidatingPlugin {
    static final String NAME = "LimitRanger";

    private static final String RANGES = "limitranges";

    private final LiveObjects objects;
    private final LiveObjects.Memo<Limits> limits = new LiveObjects.Memo<>(Limits::of);

    LimitRanger(LiveObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** New pods and pods that are resized: other changes of a pod cannot touch what is limited. */
    private static boolean isPod(AdmissionRequest request) {
        return request.operation() == Operation.CREATE && request.isFor("", "pods")
                || request.operation() == Operation.UPDATE
                        && request.subresource().equals("resize")
                        && request.definition().groupResource().equals("pods");
    }

    private static boolean isGoing(AdmissionRequest request) {
        ObjectValue old = request.oldObject();
        return old != null && ObjectMeta.of(old).isDeleting();
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue object = request.requireObject();
        if (!isPod(request) || isGoing(request)) {
            return object;
        }
        for (StoredObject range : objects.known(RANGES, request.namespace())) {
            object = limits.of(range).filled(object);
        }
        return object;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue object = request.object();
        boolean pod = isPod(request);
        if (object == null || !pod && !request.isFor("", "persistentvolumeclaims") || isGoing(request)) {
            return;
        }
        for (StoredObject range : objects.known(RANGES, request.namespace())) {
            Limits known = limits.of(range);
            List<String> problems = pod ? known.problemsOfPod(object) : known.problemsOfClaim(object);
            if (!problems.isEmpty()) {
                throw request.forbidden(Aggregate.of(problems));
            }
        }
    }
}

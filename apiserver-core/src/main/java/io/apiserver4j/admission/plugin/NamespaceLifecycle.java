// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.meta.Status;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Nothing is created in a namespace that is not there or is going away, and some namespaces stay. Reads of single objects
 * see every commit that was answered before, so a namespace that was just made needs no waiting for.
 */
final class NamespaceLifecycle implements MutatingPlugin, ValidatingPlugin {
    static final String NAME = "NamespaceLifecycle";

    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    private final LiveObjects objects;
    private final LiveObjects.Memo<Boolean> terminating = new LiveObjects.Memo<>(
            namespace -> namespace.objectAt("status").stringOrEmpty("phase").equals("Terminating"));

    NamespaceLifecycle(LiveObjects objects) {
        this.objects = objects;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        if (request.operation() == Operation.CREATE && !request.namespace().isEmpty() && !isOpen(request)) {
            checkNamespace(request);
        }
        return request.requireObject();
    }

    /** Namespaces themselves, and reviews of access, which must not tell what namespaces there are. */
    private static boolean isOpen(AdmissionRequest request) {
        String group = request.definition().group();
        String plural = request.definition().plural();
        return group.isEmpty() && plural.equals("namespaces")
                || group.equals("authorization.k8s.io") && plural.equals("localsubjectaccessreviews");
    }

    private void checkNamespace(AdmissionRequest request) {
        String name = request.namespace();
        StoredObject namespace = objects.find("namespaces", "", name);
        if (namespace == null) {
            if (objects.serves("namespaces")) {
                throw Status.notFound("", "namespaces", name).asException();
            }
            return;
        }
        if (terminating.of(namespace)) {
            Status.Cause cause = new Status.Cause(
                    "NamespaceTerminating", "namespace " + name + " is being terminated", "metadata.namespace");
            throw request.forbidden(
                            "unable to create new content in namespace " + name + " because it is being terminated")
                    .with(status -> withCause(status, cause));
        }
    }

    private static Status withCause(Status status, Status.Cause cause) {
        Status.Details details = Objects.requireNonNull(status.details());
        return status.withDetails(
                new Status.Details(details.name(), details.group(), details.kind(), details.uid(), List.of(cause)));
    }

    @Override
    public void validate(AdmissionRequest request) {
        if (request.operation() == Operation.DELETE
                && request.isFor("", "namespaces")
                && IMMORTAL.contains(request.name())) {
            throw request.forbidden("this namespace may not be deleted");
        }
    }
}

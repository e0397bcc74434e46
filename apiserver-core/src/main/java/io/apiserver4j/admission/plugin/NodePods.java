// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ContainerView;
import io.apiserver4j.view.PodView;

/** What nodes may do to pods: tell of their own, remove and evict them, and show those that they run by themselves. */
final class NodePods {
    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final LiveObjects objects;

    NodePods(LiveObjects objects) {
        this.objects = objects;
    }

    void check(String node, AdmissionRequest request) {
        switch (request.subresource()) {
            case "" -> pod(node, request);
            case "status" -> status(node, request);
            case "eviction" -> {
                if (request.operation() != Operation.CREATE) {
                    throw request.forbidden("unexpected operation " + request.operation());
                }
                if (!existing(request).nodeName().equals(node)) {
                    throw request.forbidden("node " + node + " can only evict pods with spec.nodeName set to itself");
                }
            }
            default ->
                throw request.forbidden("unexpected pod subresource " + GoText.quote(request.subresource())
                        + ", only 'status' and 'eviction' are allowed");
        }
    }

    private PodView existing(AdmissionRequest request) {
        return new PodView(require(request, request.name()));
    }

    private ObjectValue require(AdmissionRequest request, String name) {
        StoredObject found = objects.find("pods", request.namespace(), name);
        if (found == null) {
            throw Status.notFound("", "pods", name).asException();
        }
        return found.tree();
    }

    private void pod(String node, AdmissionRequest request) {
        String quoted = GoText.quote(node);
        switch (request.operation()) {
            case CREATE -> created(node, request);
            case DELETE -> {
                if (!existing(request).nodeName().equals(node)) {
                    throw request.forbidden(
                            "node " + quoted + " can only delete pods with spec.nodeName set to itself");
                }
            }
            default ->
                throw request.forbidden("unexpected operation "
                        + GoText.quote(request.operation().name()) + ", node " + quoted
                        + " can only create and delete mirror pods");
        }
    }

    private void created(String node, AdmissionRequest request) {
        String only = "node " + GoText.quote(node) + " can only create ";
        String not = "node " + GoText.quote(node) + " can not create pods that reference ";
        PodView pod = new PodView(request.requireObject());
        if (!pod.meta().annotations().has(MIRROR)) {
            throw request.forbidden(
                    "pod does not have " + GoText.quote(MIRROR) + " annotation, " + only + "mirror pods");
        }
        if (!pod.nodeName().equals(node)) {
            throw request.forbidden(only + "pods with spec.nodeName set to itself");
        }
        owner(node, request, pod.meta().ownerReferences(), only);
        if (!pod.serviceAccountName().isEmpty()) {
            throw request.forbidden(not + "a service account");
        }
        if (SecretReferences.hasAny(pod)) {
            throw request.forbidden(not + "secrets");
        }
        if (hasConfigMaps(pod)) {
            throw request.forbidden(not + "configmaps");
        }
        if (!pod.spec().arrayOrEmpty("resourceClaims").isEmpty()) {
            throw request.forbidden(not + "resourceclaims");
        }
        for (ObjectValue volume : pod.volumes()) {
            for (ObjectValue source :
                    volume.objectOrEmpty("projected").arrayOrEmpty("sources").objects()) {
                if (source.has("clusterTrustBundle")) {
                    throw request.forbidden(not + "clustertrustbundles");
                }
            }
            if (volume.has("persistentVolumeClaim")) {
                throw request.forbidden(not + "persistentvolumeclaims");
            }
        }
    }

    private void owner(String node, AdmissionRequest request, ArrayValue owners, String only) {
        if (owners.size() > 1) {
            throw request.forbidden(only + "pods with a single owner reference set to itself");
        }
        ObjectValue owner = owners.isEmpty() ? ObjectValue.EMPTY : owners.objectAt(0);
        boolean own = owner.stringOrEmpty("apiVersion").equals("v1")
                && owner.stringOrEmpty("kind").equals("Node")
                && owner.stringOrEmpty("name").equals(node);
        if (!own) {
            throw request.forbidden(only + "pods with an owner reference set to itself");
        }
        if (!owner.isTrue("controller")) {
            throw request.forbidden(only + "pods with a controller owner reference set to itself");
        }
        if (owner.isTrue("blockOwnerDeletion")) {
            throw request.forbidden(
                    "node " + GoText.quote(node) + " must not set blockOwnerDeletion on an owner reference");
        }
        StoredObject found = objects.find("nodes", "", node);
        if (found == null) {
            throw Status.notFound("", "nodes", node).asException();
        }
        String uid = ObjectMeta.of(found.tree()).uid();
        String said = owner.stringOrEmpty("uid");
        if (!said.equals(uid)) {
            throw request.forbidden("node " + node + " UID mismatch: expected " + said + " got " + uid);
        }
    }

    private static boolean hasConfigMaps(PodView pod) {
        for (ContainerView container : pod.allContainers()) {
            if (container.envFrom().objects().stream().anyMatch(one -> one.has("configMapRef"))
                    || container.env().objects().stream()
                            .anyMatch(one -> one.objectOrEmpty("valueFrom").has("configMapKeyRef"))) {
                return true;
            }
        }
        return pod.volumes().stream()
                .anyMatch(volume -> volume.has("configMap")
                        || volume.objectOrEmpty("projected").arrayOrEmpty("sources").objects().stream()
                                .anyMatch(source -> source.has("configMap")));
    }

    private static void status(String node, AdmissionRequest request) {
        ObjectValue object = request.object();
        ObjectValue old = request.oldObject();
        if (request.operation() != Operation.UPDATE || object == null || old == null) {
            throw NodeRestriction.unexpected(request);
        }
        String quoted = "node " + GoText.quote(node);
        if (!new PodView(old).nodeName().equals(node)) {
            throw request.forbidden(quoted + " can only update pod status for pods with spec.nodeName set to itself");
        }
        if (!ObjectMeta.of(old).labels().equals(ObjectMeta.of(object).labels())) {
            throw request.forbidden(quoted + " cannot update labels through pod status");
        }
        if (!claims(old).equals(claims(object))) {
            throw request.forbidden(quoted + " cannot update resource claim statues");
        }
        String extended = "extendedResourceClaimStatus";
        if (!old.objectOrEmpty("status")
                .objectOrEmpty(extended)
                .equals(object.objectOrEmpty("status").objectOrEmpty(extended))) {
            throw request.forbidden(quoted + " cannot update extended resource claim status");
        }
    }

    private static ArrayValue claims(ObjectValue pod) {
        return pod.objectOrEmpty("status").arrayOrEmpty("resourceClaimStatuses");
    }

    /** A certificate is asked for a pod of the node, by what the pod really is. */
    void checkCertificate(String node, AdmissionRequest request, ObjectValue spec) {
        ObjectValue pod = require(request, spec.stringOrEmpty("podName"));
        String uid = ObjectMeta.of(pod).uid();
        if (!spec.stringOrEmpty("podUID").equals(uid)) {
            throw request.forbidden("PodCertificateRequest.Spec.PodUID=" + GoText.quote(spec.stringOrEmpty("podUID"))
                    + " does not match actual UID of pod, which is " + GoText.quote(uid));
        }
        PodView view = new PodView(pod);
        if (!view.nodeName().equals(node)) {
            throw request.forbidden("pod is not assigned to the requesting node " + GoText.quote(node));
        }
        if (!view.serviceAccountName().equals(spec.stringOrEmpty("serviceAccountName"))) {
            throw request.forbidden("PodCertificateRequest.Spec.ServiceAccountName="
                    + GoText.quote(spec.stringOrEmpty("serviceAccountName"))
                    + " does not match the service account of the pod");
        }
    }
}

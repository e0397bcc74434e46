// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.NodeIdentity;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nodes write what is their own only: their node, its lease and drivers, mirror pods, and the status of their pods. */
final class NodeRestriction implements ValidatingPlugin {
    static final String NAME = "NodeRestriction";

    private static final Set<String> KUBELET_SIGNERS =
            Set.of("kubernetes.io/kubelet-serving", "kubernetes.io/kube-apiserver-client-kubelet");

    private final NodePods pods;
    private final NodeTokens tokens;

    NodeRestriction(LiveObjects objects, Authorizer authorizer) {
        pods = new NodePods(objects);
        tokens = new NodeTokens(objects, authorizer);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        String node = NodeIdentity.nodeOf(request.identity());
        if (node == null || request.operation() == Operation.CONNECT) {
            return;
        }
        if (node.isEmpty()) {
            throw request.forbidden("could not determine node from user "
                    + GoText.quote(request.identity().user()));
        }
        switch (request.definition().groupResource()) {
            case "pods" -> pods.check(node, request);
            case "nodes" -> node(node, request);
            case "persistentvolumeclaims" -> claim(node, request);
            case "serviceaccounts" -> tokens.check(node, request);
            case "leases.coordination.k8s.io" -> lease(node, request);
            case "csinodes.storage.k8s.io" -> own(node, request, "CSINode");
            case "resourceslices.resource.k8s.io" -> slice(node, request);
            case "certificatesigningrequests.certificates.k8s.io" -> certificate(node, request);
            case "podcertificaterequests.certificates.k8s.io" -> podCertificate(node, request);
            default -> {}
        }
    }

    private static void node(String node, AdmissionRequest request) {
        String quoted = GoText.quote(node);
        if (!request.name().equals(node)) {
            throw request.forbidden(
                    "node " + quoted + " is not allowed to modify node " + GoText.quote(request.name()));
        }
        ObjectValue object = request.object();
        if (object == null) {
            return;
        }
        ObjectValue old = request.oldObject();
        Value source = object.objectOrEmpty("spec").get("configSource");
        if (old == null) {
            if (source != null) {
                throw request.forbidden(
                        "node " + quoted + " is not allowed to create pods with a non-nil configSource");
            }
            refuseLabels(
                    request,
                    "node " + quoted + " is not allowed to set the following labels: ",
                    NodeLabels.forbidden(ObjectValue.EMPTY, labels(object)));
            return;
        }
        if (source != null && !source.equals(old.objectOrEmpty("spec").get("configSource"))) {
            throw request.forbidden(
                    "node " + quoted + " is not allowed to update configSource to a new non-nil configSource");
        }
        if (!taints(object).equals(taints(old))) {
            throw request.forbidden("node " + quoted + " is not allowed to modify taints");
        }
        refuseLabels(request, "is not allowed to modify labels: ", NodeLabels.forbidden(labels(old), labels(object)));
        if (!ObjectMeta.of(object).ownerReferences().equals(ObjectMeta.of(old).ownerReferences())) {
            throw request.forbidden("node " + quoted + " is not allowed to modify ownerReferences");
        }
    }

    private static void refuseLabels(AdmissionRequest request, String text, Set<String> labels) {
        if (!labels.isEmpty()) {
            throw request.forbidden(text + String.join(", ", labels));
        }
    }

    private static ObjectValue labels(ObjectValue object) {
        return ObjectMeta.of(object).labels();
    }

    private static Value taints(ObjectValue object) {
        return object.objectOrEmpty("spec").arrayOrEmpty("taints");
    }

    private static void claim(String node, AdmissionRequest request) {
        ObjectValue object = request.object();
        ObjectValue old = request.oldObject();
        if (!request.subresource().equals("status")) {
            throw request.forbidden("may only update PVC status");
        }
        if (request.operation() != Operation.UPDATE || object == null || old == null) {
            throw unexpected(request);
        }
        if (!bare(object).equals(bare(old))) {
            throw request.forbidden("node " + GoText.quote(node)
                    + " is not allowed to update fields other than status.capacity and status.conditions");
        }
    }

    /** A claim without what nodes may tell of it. */
    private static ObjectValue bare(ObjectValue claim) {
        ObjectValue out = claim.update(
                "metadata", metadata -> metadata.without("resourceVersion").without("managedFields"));
        ObjectValue status = claim.objectOrEmpty("status");
        for (String own : Set.of(
                "capacity", "conditions", "allocatedResources", "allocatedResourceStatuses", "modifyVolumeStatus")) {
            status = status.without(own);
        }
        return status.isEmpty() ? out.without("status") : out.with("status", status);
    }

    static ApiException unexpected(AdmissionRequest request) {
        return request.forbidden(
                "unexpected operation " + GoText.quote(request.operation().name()));
    }

    private static void lease(String node, AdmissionRequest request) {
        if (!request.namespace().equals("kube-node-lease")) {
            throw request.forbidden("can only access leases in the \"kube-node-lease\" system namespace");
        }
        own(node, request, "node lease");
    }

    private static void own(String node, AdmissionRequest request, String what) {
        if (!request.name().equals(node)) {
            throw request.forbidden("can only access " + what + " with the same name as the requesting node");
        }
    }

    private static void slice(String node, AdmissionRequest request) {
        boolean created = request.operation() == Operation.CREATE;
        ObjectValue seen =
                created ? request.object() : request.operation() == Operation.DELETE ? request.oldObject() : null;
        if (seen != null && !specNode(seen).equals(node)) {
            throw request.forbidden("can only " + (created ? "create" : "delete")
                    + " ResourceSlice with the same NodeName as the requesting node");
        }
    }

    private static String specNode(@Nullable ObjectValue object) {
        return object == null ? "" : object.objectOrEmpty("spec").stringOrEmpty("nodeName");
    }

    private static void certificate(String node, AdmissionRequest request) {
        ObjectValue object = request.object();
        if (request.operation() != Operation.CREATE
                || object == null
                || !request.subresource().isEmpty()
                || !KUBELET_SIGNERS.contains(object.objectOrEmpty("spec").stringOrEmpty("signerName"))) {
            return;
        }
        String name;
        try {
            name = RequestSubject.of(object).commonName();
        } catch (IOException e) {
            throw request.forbidden("unable to parse csr: " + e.getMessage());
        }
        if (!name.equals(NodeIdentity.USER + node)) {
            throw request.forbidden("can only create a node CSR with CN=" + NodeIdentity.USER + node);
        }
    }

    private void podCertificate(String node, AdmissionRequest request) {
        ObjectValue object = request.object();
        if (request.operation() != Operation.CREATE
                || object == null
                || !request.subresource().isEmpty()) {
            return;
        }
        if (!specNode(object).equals(node)) {
            throw request.forbidden("PodCertificateRequest.Spec.NodeName=" + GoText.quote(specNode(object))
                    + ", which is not the requesting node " + GoText.quote(node));
        }
        pods.checkCertificate(node, request, object.objectOrEmpty("spec"));
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.PodView;
import java.util.List;

/** Nodes ask for tokens of their own pods only, and for audiences that those pods name. */
final class NodeTokens {
    private final LiveObjects objects;
    private final Authorizer authorizer;

    NodeTokens(LiveObjects objects, Authorizer authorizer) {
        this.objects = objects;
        this.authorizer = authorizer;
    }

    void check(String node, AdmissionRequest request) {
        ObjectValue asked = request.object();
        if (request.operation() != Operation.CREATE || !request.subresource().equals("token") || asked == null) {
            return;
        }
        ObjectValue reference = asked.objectOrEmpty("spec").objectOrEmpty("boundObjectRef");
        String name = reference.stringOrEmpty("name");
        if (!reference.stringOrEmpty("apiVersion").equals("v1")
                || !reference.stringOrEmpty("kind").equals("Pod")
                || name.isEmpty()) {
            throw request.forbidden("node requested token not bound to a pod");
        }
        String uid = reference.stringOrEmpty("uid");
        if (uid.isEmpty()) {
            throw request.forbidden("node requested token with a pod binding without a uid");
        }
        StoredObject found = objects.find("pods", request.namespace(), name);
        if (found == null) {
            throw Status.notFound("", "pods", name).asException();
        }
        PodView pod = new PodView(found.tree());
        if (!pod.meta().uid().equals(uid)) {
            throw request.forbidden("the UID in the bound object reference (" + uid
                    + ") does not match the UID in record. The object might have been deleted and then recreated");
        }
        if (!pod.nodeName().equals(node)) {
            throw request.forbidden("node requested token bound to a pod scheduled on a different node");
        }
        audience(
                request,
                pod,
                asked.objectOrEmpty("spec").arrayOrEmpty("audiences").strings());
    }

    private void audience(AdmissionRequest request, PodView pod, List<String> audiences) {
        if (audiences.size() > 1) {
            throw request.forbidden("node may only request 0 or 1 audiences");
        }
        String audience = audiences.isEmpty() ? "" : audiences.get(0);
        if (names(pod, audience)) {
            return;
        }
        AccessAttributes attributes = new AccessAttributes(
                request.identity(),
                "request-serviceaccounts-token-audience",
                true,
                "",
                "",
                audience,
                "",
                request.namespace(),
                request.name(),
                "");
        if (!authorizer.authorize(attributes).isAllowed()) {
            throw request.forbidden("audience " + GoText.quote(audience) + " not found in pod spec volume");
        }
    }

    private boolean names(PodView pod, String audience) {
        for (ObjectValue volume : pod.volumes()) {
            for (ObjectValue source :
                    volume.objectOrEmpty("projected").arrayOrEmpty("sources").objects()) {
                if (source.has("serviceAccountToken")
                        && source.objectOrEmpty("serviceAccountToken")
                                .stringOrEmpty("audience")
                                .equals(audience)) {
                    return true;
                }
            }
            String claim = volume.has("ephemeral")
                    ? pod.meta().name() + "-" + volume.stringOrEmpty("name")
                    : volume.objectOrEmpty("persistentVolumeClaim").stringOrEmpty("claimName");
            String driver = claim.isEmpty()
                    ? volume.objectOrEmpty("csi").stringOrEmpty("driver")
                    : driverOf(pod.meta().namespace(), claim);
            if (!driver.isEmpty() && driverNames(driver, audience)) {
                return true;
            }
        }
        return false;
    }

    private String driverOf(String namespace, String claim) {
        StoredObject found = objects.find("persistentvolumeclaims", namespace, claim);
        String volume = found == null ? "" : found.tree().objectOrEmpty("spec").stringOrEmpty("volumeName");
        StoredObject bound = volume.isEmpty() ? null : objects.find("persistentvolumes", "", volume);
        return bound == null ? "" : bound.tree().objectAt("spec", "csi").stringOrEmpty("driver");
    }

    private boolean driverNames(String driver, String audience) {
        StoredObject found = objects.find("csidrivers.storage.k8s.io", "", driver);
        return found != null
                && found.tree().objectOrEmpty("spec").arrayOrEmpty("tokenRequests").objects().stream()
                        .anyMatch(one -> one.stringOrEmpty("audience").equals(audience));
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.Decision;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.value.ObjectValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owners are changed only by those who may delete the object, and made to wait only by those who may hold the owner. */
final class OwnerReferencesPermissionEnforcement implements ValidatingPlugin {
    static final String NAME = "OwnerReferencesPermissionEnforcement";

    private final LiveCatalog catalog;
    private final Authorizer authorizer;

    OwnerReferencesPermissionEnforcement(LiveCatalog catalog, Authorizer authorizer) {
        this.catalog = catalog;
        this.authorizer = authorizer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue object = request.object();
        if (object == null
                || request.operation() != Operation.CREATE && request.operation() != Operation.UPDATE
                || request.definition().groupResource().equals("pods")
                        && request.subresource().equals("status")) {
            return;
        }
        Map<String, ObjectValue> now = owners(object);
        Map<String, ObjectValue> before = owners(request.oldObject());
        if (now.equals(before)) {
            return;
        }
        if (request.operation() == Operation.UPDATE) {
            Decision decision = authorizer.authorize(onObject(request));
            if (!decision.isAllowed()) {
                throw request.forbidden(
                        "cannot set an ownerRef on a resource you can't delete: " + decision.reason() + ", <nil>");
            }
        }
        now.forEach((uid, owner) -> {
            ObjectValue old = before.get(uid);
            if (owner.isTrue("blockOwnerDeletion") && (old == null || !old.isTrue("blockOwnerDeletion"))) {
                checkHolds(request, owner);
            }
        });
    }

    private static Map<String, ObjectValue> owners(@Nullable ObjectValue object) {
        Map<String, ObjectValue> out = new LinkedHashMap<>();
        if (object != null) {
            for (ObjectValue owner : ObjectMeta.of(object).ownerReferences().objects()) {
                out.put(owner.stringOrEmpty("uid"), owner);
            }
        }
        return out;
    }

    private static AccessAttributes onObject(AdmissionRequest request) {
        return new AccessAttributes(
                request.identity(),
                "delete",
                true,
                request.definition().group(),
                request.version(),
                request.definition().plural(),
                request.subresource(),
                request.namespace(),
                request.name(),
                "");
    }

    private void checkHolds(AdmissionRequest request, ObjectValue owner) {
        String apiVersion = owner.stringOrEmpty("apiVersion");
        String kind = owner.stringOrEmpty("kind");
        Kind wanted = Kind.of(owner);
        ResourceDefinition definition = catalog.current().find(wanted);
        if (definition == null) {
            throw request.forbidden("cannot set blockOwnerDeletion in this case because cannot find RESTMapping for"
                    + " APIVersion " + apiVersion + " Kind " + kind + ": no matches for kind " + GoText.quote(kind)
                    + " in version " + GoText.quote(apiVersion));
        }
        Decision decision = authorizer.authorize(new AccessAttributes(
                request.identity(),
                "update",
                true,
                definition.group(),
                wanted.version(),
                definition.plural(),
                "finalizers",
                definition.namespaced() ? request.namespace() : "",
                owner.stringOrEmpty("name"),
                ""));
        if (!decision.isAllowed()) {
            throw request.forbidden("cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't"
                    + " set finalizers on: " + decision.reason() + ", <nil>");
        }
    }
}

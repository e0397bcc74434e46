// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.kinds.KindSettings;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;

/** Access to devices that others use, which is allowed in namespaces that say so by a label. */
final class AdminAccess {
    private static final String LABEL = "resource.kubernetes.io/admin-access";

    private final KindSettings settings;

    AdminAccess(KindSettings settings) {
        this.settings = settings;
    }

    /** Checks the {@code devices} of a spec. */
    void requests(ObjectValue object, ObjectValue devices, FieldErrors errors) {
        ArrayValue requests = devices.arrayOrEmpty("requests");
        for (int i = 0; i < requests.size(); i++) {
            if (requests.objectAt(i).objectOrEmpty("exactly").isTrue("adminAccess")) {
                allowed(object, ValuePath.of("spec", "devices", "requests").index(i), errors);
                return;
            }
        }
    }

    /** Checks what a status has allocated; what had admin access keeps it. */
    void results(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        ArrayValue results = results(updated);
        if (results(current).objects().stream().anyMatch(one -> one.isTrue("adminAccess"))) {
            return;
        }
        for (int i = 0; i < results.size(); i++) {
            if (results.objectAt(i).isTrue("adminAccess")) {
                allowed(
                        updated,
                        ValuePath.of("status", "allocation", "devices", "results")
                                .index(i),
                        errors);
                return;
            }
        }
    }

    private static ArrayValue results(ObjectValue object) {
        return object.objectAt("status", "allocation", "devices").arrayOrEmpty("results");
    }

    private void allowed(ObjectValue object, ValuePath path, FieldErrors errors) {
        String name = ObjectMeta.of(object).namespace();
        StoredObject namespace = settings.objects().apply("namespaces").get("", name);
        ValuePath at = path.field("adminAccess");
        if (namespace == null) {
            errors.internal(
                    at, "could not retrieve namespace to verify admin access: namespaces \"" + name + "\" not found");
        } else if (!ObjectMeta.of(namespace.tree())
                .labels()
                .stringOrEmpty(LABEL)
                .equals("true")) {
            errors.forbidden(
                    at, "admin access to devices requires the `" + LABEL + ": true` label on the containing namespace");
        }
    }
}

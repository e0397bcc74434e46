// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/** The config maps in kube-system by which the server tells others about itself. */
public final class SystemConfigMaps {
    private static final String COLLECTION = "/api/v1/namespaces/kube-system/configmaps";
    private static final String TRUST = "extension-apiserver-authentication";
    private static final String TRACKING = "kube-apiserver-legacy-service-account-token-tracking";

    private SystemConfigMaps() {}

    /**
     * Makes those that are missing, and tells new authorities.
     *
     * @param clientAuthorities authorities of client certificates as PEM text, or empty
     * @param today the date, as year, month and day: since when uses of old tokens are tracked
     */
    public static void ensure(LocalClient client, String clientAuthorities, String today) {
        ObjectValue trust = clientAuthorities.isEmpty()
                ? ObjectValue.EMPTY
                : ObjectValue.of("client-ca-file", Value.of(clientAuthorities));
        ObjectValue current = client.get(COLLECTION + "/" + TRUST);
        if (current == null) {
            client.create(COLLECTION, map(TRUST, trust));
        } else if (!clientAuthorities.isEmpty()
                && !current.objectOrEmpty("data")
                        .stringOrEmpty("client-ca-file")
                        .equals(clientAuthorities)) {
            client.patch(COLLECTION + "/" + TRUST, ObjectValue.of("data", trust));
        }
        if (client.get(COLLECTION + "/" + TRACKING) == null) {
            client.create(COLLECTION, map(TRACKING, ObjectValue.of("since", Value.of(today))));
        }
    }

    private static ObjectValue map(String name, ObjectValue data) {
        ObjectValue metadata = ObjectValue.of("name", Value.of(name), "namespace", Value.of("kube-system"));
        return data.isEmpty()
                ? ObjectValue.of("metadata", metadata)
                : ObjectValue.of("metadata", metadata, "data", data);
    }
}

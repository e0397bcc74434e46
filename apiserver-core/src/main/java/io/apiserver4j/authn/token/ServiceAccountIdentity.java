// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.token;

import io.apiserver4j.request.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Service accounts as callers: {@code system:serviceaccount:NAMESPACE:NAME}. */
final class ServiceAccountIdentity {
    private static final String USER = "system:serviceaccount:";
    private static final String GROUP = "system:serviceaccounts";
    private static final String EXTRA = "authentication.kubernetes.io/";

    private final String namespace;
    private final String name;
    private final String uid;
    private final Map<String, List<String>> extra = new LinkedHashMap<>();

    ServiceAccountIdentity(String namespace, String name, String uid) {
        this.namespace = namespace;
        this.name = name;
        this.uid = uid;
    }

    static String user(String namespace, String name) {
        return USER + namespace + ":" + name;
    }

    /** Adds a fact that is not empty. */
    ServiceAccountIdentity with(String key, String value) {
        if (!value.isEmpty()) {
            extra.put(EXTRA + key, List.of(value));
        }
        return this;
    }

    Identity identity() {
        List<String> groups = List.of(GROUP, GROUP + ":" + namespace, Identity.AUTHENTICATED);
        return new Identity(user(namespace, name), uid, groups, extra);
    }
}

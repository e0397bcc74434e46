// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import java.util.List;
import java.util.Map;

/** The paths that are no resources. */
final class FixedOperations {
    private static final List<String> JSON = List.of("application/json");

    private FixedOperations() {}

    static PathItem core(Definitions definitions) {
        return item(
                "/api/",
                "getCoreAPIVersions",
                "core",
                definitions.use("meta.APIVersions"),
                Media.OBJECTS,
                Media.OBJECTS);
    }

    static PathItem groups(Definitions definitions) {
        return item(
                "/apis/", "getAPIVersions", "apis", definitions.use("meta.APIGroupList"), Media.OBJECTS, Media.OBJECTS);
    }

    static PathItem group(String group, Definitions definitions) {
        return item(
                "/apis/" + group + "/",
                "get" + OperationNames.word(OperationNames.trimmed(group), true) + "APIGroup",
                OperationNames.tag(group),
                definitions.use("meta.APIGroup"),
                Media.OBJECTS,
                Media.OBJECTS);
    }

    static PathItem version(Definitions definitions) {
        return item(
                "/version/",
                "getCodeVersion",
                "version",
                definitions.useFact("io.k8s.apimachinery.pkg.version.Info"),
                JSON,
                JSON);
    }

    static PathItem keys() {
        List<String> type = List.of("application/jwk-set+json");
        return item(
                "/openid/v1/jwks/", "getServiceAccountIssuerOpenIDKeyset", "openid", Operation.TEXT, type, List.of());
    }

    static PathItem issuer() {
        return item(
                "/.well-known/openid-configuration/",
                "getServiceAccountIssuerOpenIDConfiguration",
                "WellKnown",
                Operation.TEXT,
                JSON,
                List.of());
    }

    private static PathItem item(
            String path, String id, String tag, String answer, List<String> produces, List<String> consumes) {
        return new PathItem(
                path,
                List.of(new Operation(
                        "get", "", id, tag, null, List.of(), null, false, consumes, Map.of(200, answer), produces)));
    }
}

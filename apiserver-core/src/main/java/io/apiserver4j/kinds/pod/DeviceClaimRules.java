// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldError;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rules of claims of devices: those that a pod has, and those that its containers use. */
final class DeviceClaimRules {
    private DeviceClaimRules() {}

    /** The claims of devices that a container uses: each once, and one that the pod has. */
    static void used(Part resources, Set<String> podClaims) {
        Set<String> seen = new HashSet<>();
        for (Part claim : resources.parts("claims")) {
            String name = claim.text("name");
            if (name.isEmpty()) {
                claim.errors().required(claim.path(), "");
                continue;
            }
            if (seen.contains(name)) {
                claim.errors().duplicate(claim.path(), name);
            } else {
                String request = claim.text("request");
                String key = name;
                if (!request.isEmpty()) {
                    claim.label("request");
                    key = name + "/" + request;
                }
                if (seen.contains(key)) {
                    claim.errors().duplicate(claim.path(), key);
                } else if (request.isEmpty()) {
                    seen.stream()
                            .filter(one -> one.startsWith(name + "/"))
                            .forEach(one -> claim.errors().duplicate(claim.path(), name));
                }
                seen.add(key);
            }
            if (!podClaims.contains(name)) {
                String known =
                        podClaims.isEmpty() ? " which is empty" : ": " + String.join(", ", new TreeSet<>(podClaims));
                claim.errors()
                        .add(new FieldError(
                                FieldError.Type.NOT_FOUND,
                                claim.path().toString(),
                                "Not found: " + FieldErrors.shown(Value.of(name))
                                        + ": must be one of the names in pod.spec.resourceClaims" + known));
            }
        }
    }

    /** The claims of devices that a pod has. */
    static void ofPod(Part spec, boolean mirror) {
        Set<String> seen = new HashSet<>();
        for (Part claim : spec.parts("resourceClaims")) {
            if (mirror) {
                spec.errors().forbidden(ValuePath.of(""), "static pods do not support resource claims");
                continue;
            }
            String name = claim.text("name");
            if (claim.require("name")) {
                if (seen.add(name)) {
                    claim.label("name");
                } else {
                    claim.errors().duplicate(claim.at("name"), name);
                }
            }
            boolean named = claim.has("resourceClaimName");
            boolean made = claim.has("resourceClaimTemplateName");
            if (named && made) {
                claim.invalidAs(
                        "core.PodResourceClaim",
                        "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
            } else if (!named && !made) {
                claim.invalidAs(
                        "core.PodResourceClaim",
                        "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
            }
            for (String field : List.of("resourceClaimName", "resourceClaimTemplateName")) {
                if (claim.has(field)) {
                    claim.subdomain(field);
                }
            }
        }
    }
}

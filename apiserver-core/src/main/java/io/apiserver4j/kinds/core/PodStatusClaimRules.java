// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.pod.Part;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the status of a pod says of claims of devices and of the devices themselves. */
final class PodStatusClaimRules {
    private static final List<String> HEALTH = List.of("Healthy", "Unhealthy", "Unknown");
    private static final String CLAIM = "claim:";

    private PodStatusClaimRules() {}

    static void check(Part status, ObjectValue spec) {
        Set<String> claims = new HashSet<>();
        spec.arrayOrEmpty("resourceClaims").objects().forEach(claim -> claims.add(claim.stringOrEmpty("name")));
        Set<String> seen = new HashSet<>();
        for (Part claim : status.parts("resourceClaimStatuses")) {
            String name = claim.text("name");
            if (!claims.contains(name)) {
                claim.invalidText("name", "must match the name of an entry in `spec.resourceClaims`");
            }
            if (!seen.add(name)) {
                claim.errors().duplicate(claim.at("name"), name);
            }
            if (claim.has("resourceClaimName")) {
                claim.subdomain("resourceClaimName");
            }
        }
        if (status.has("extendedResourceClaimStatus")) {
            extended(status.part("extendedResourceClaimStatus"), spec);
        }
    }

    private static void extended(Part claim, ObjectValue spec) {
        Map<String, ObjectValue> containers = new HashMap<>();
        for (String list : List.of("initContainers", "containers")) {
            spec.arrayOrEmpty(list).objects().forEach(one -> containers.put(one.stringOrEmpty("name"), one));
        }
        List<Part> mappings = claim.parts("requestMappings");
        if (mappings.isEmpty()) {
            claim.errors().required(claim.at("requestMappings"), "at least one request mapping is required");
        }
        Set<List<String>> seen = new HashSet<>();
        for (Part mapping : mappings) {
            ObjectValue container = containers.get(mapping.text("containerName"));
            if (container == null) {
                mapping.invalidText(
                        "containerName",
                        "must match the name of an entry in spec.initContainers.name or spec.containers.name");
            } else if (!container.objectAt("resources", "requests").has(mapping.text("resourceName"))) {
                mapping.invalidText(
                        "resourceName",
                        "must match the extended resource name of an entry in spec.initContainers.resources.requests or"
                                + " spec.containers.resources.requests");
            }
            String request = mapping.text("requestName");
            claim.errors().invalidAll(claim.at("requestName"), request, NameRules.dns1123Label(request));
            if (!seen.add(List.of(mapping.text("containerName"), mapping.text("resourceName"), request))) {
                for (String field : List.of("containerName", "resourceName", "requestName")) {
                    mapping.errors().duplicate(mapping.at(field), mapping.text(field));
                }
            }
        }
        if (claim.require("resourceClaimName")) {
            claim.subdomain("resourceClaimName");
        }
    }

    /** The devices that containers of a list have. */
    static void allocated(Part status, String statuses, ArrayValue containers) {
        ObjectValue extended = status.tree().getObject("extendedResourceClaimStatus");
        for (Part one : status.parts(statuses)) {
            ObjectValue container = null;
            for (ObjectValue candidate : containers.objects()) {
                if (container == null && candidate.stringOrEmpty("name").equals(one.text("name"))) {
                    container = candidate;
                }
            }
            for (Part allocated : one.parts("allocatedResourcesStatus")) {
                if (container != null) {
                    known(allocated, container, extended);
                }
                devices(allocated);
            }
        }
    }

    private static void known(Part allocated, ObjectValue container, @Nullable ObjectValue extended) {
        String name = allocated.text("name");
        if (!name.startsWith(CLAIM)) {
            if (!container.objectAt("resources", "requests").has(name)) {
                told(allocated, name, "must match one of the container's resource requests");
            }
            return;
        }
        for (ObjectValue claim :
                container.objectOrEmpty("resources").arrayOrEmpty("claims").objects()) {
            String request = claim.stringOrEmpty("request");
            String own = CLAIM + claim.stringOrEmpty("name") + (request.isEmpty() ? "" : "/" + request);
            if (own.equals(name)) {
                return;
            }
        }
        if (extended == null || !isExtended(name.substring(CLAIM.length()), container, extended)) {
            told(
                    allocated,
                    name,
                    "must match one of the container's resource claims as 'claim:<claimName>/<requestName>' when"
                            + " container.resources.claims[*].request is set or 'claim:<claimName>' when it is empty");
        }
    }

    private static void told(Part allocated, String name, String detail) {
        allocated.errors().invalidShown(allocated.at("name"), FieldErrors.json(name), detail);
    }

    private static boolean isExtended(String reference, ObjectValue container, ObjectValue extended) {
        int slash = reference.indexOf('/');
        if (slash <= 0 || !reference.substring(0, slash).equals(extended.stringOrEmpty("resourceClaimName"))) {
            return false;
        }
        String request = reference.substring(slash + 1);
        for (ObjectValue mapping : extended.arrayOrEmpty("requestMappings").objects()) {
            String amount =
                    container.objectAt("resources", "requests").getString(mapping.stringOrEmpty("resourceName"));
            if (mapping.stringOrEmpty("containerName").equals(container.stringOrEmpty("name"))
                    && mapping.stringOrEmpty("requestName").equals(request)
                    && amount != null
                    && !Quantity.parse(amount).isZero()) {
                return true;
            }
        }
        return false;
    }

    private static void devices(Part allocated) {
        Set<String> seen = new HashSet<>();
        for (Part device : allocated.parts("resources")) {
            if (!HEALTH.contains(device.text("health"))) {
                device.notSupported("health", HEALTH);
            }
            if (device.has("message")) {
                int length = GoText.byteLength(device.text("message"));
                if (length == 0) {
                    device.errors().required(device.at("message"), "must be non-empty if specified");
                } else if (length > 1024) {
                    device.errors().tooLong(device.at("message"), 1024);
                }
            }
            String id = device.text("resourceID");
            if (!seen.add(id)) {
                device.errors().duplicateShown(device.at("resourceID"), FieldErrors.json(id), "");
            }
        }
    }
}

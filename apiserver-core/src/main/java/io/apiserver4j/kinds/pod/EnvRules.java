// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rules of environment variables and of references to fields of the pod, which volumes have, too. */
final class EnvRules {
    private static final List<String> ENV_FIELDS = List.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.serviceAccountName",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");
    private static final List<String> VOLUME_FIELDS =
            List.of("metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid");
    /** What a reference may name at all; the place it stands in allows less. */
    private static final Set<String> POD_FIELDS = Set.of(
            "metadata.annotations",
            "metadata.labels",
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.serviceAccountName",
            "spec.schedulerName",
            "status.phase",
            "status.hostIP",
            "status.hostIPs",
            "status.podIP",
            "status.podIPs");

    private static final List<String> RESOURCES = List.of(
            "limits.cpu",
            "limits.ephemeral-storage",
            "limits.memory",
            "requests.cpu",
            "requests.ephemeral-storage",
            "requests.memory");
    private static final List<String> BYTE_DIVISORS =
            List.of("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

    private EnvRules() {}

    /** The variables of a container. */
    static void variables(Part container) {
        for (Part variable : container.parts("env")) {
            if (variable.require("name")) {
                variable.told("name", NameRules.relaxedEnvVarName(variable.text("name")));
            }
            if (variable.has("valueFrom")) {
                source(variable, variable.part("valueFrom"));
            }
        }
    }

    private static void source(Part variable, Part from) {
        int sources = 0;
        if (from.has("fieldRef")) {
            sources++;
            fieldReference(from.part("fieldRef"), ENV_FIELDS);
        }
        if (from.has("resourceFieldRef")) {
            sources++;
            resourceReference(from.part("resourceFieldRef"), false);
        }
        for (String name : List.of("configMapKeyRef", "secretKeyRef")) {
            if (from.has(name)) {
                sources++;
                keyReference(from.part(name));
            }
        }
        if (from.has("fileKeyRef")) {
            sources++;
            fileReference(from.part("fileKeyRef"));
        }
        String detail = "";
        if (sources == 0) {
            detail = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or"
                    + " `fileKeyRef`";
        } else if (!variable.text("value").isEmpty()) {
            detail = "may not be specified when `value` is not empty";
        } else if (sources > 1) {
            detail = "may not have more than one field specified at a time";
        }
        if (!detail.isEmpty()) {
            from.errors().invalid(from.path(), "", detail);
        }
    }

    private static void keyReference(Part reference) {
        reference.subdomain("name");
        if (reference.require("key")) {
            reference.told("key", NameRules.configMapKey(reference.text("key")));
        }
    }

    private static void fileReference(Part reference) {
        if (reference.require("key")) {
            reference.told("key", NameRules.relaxedEnvVarName(reference.text("key")));
        }
        reference.requireLabel("volumeName");
        if (reference.require("path")) {
            PathRules.noBacksteps(reference.text("path"), reference.at("path"), reference.errors());
        }
    }

    /** The sources of many variables of a container. */
    static void sources(Part container) {
        for (Part source : container.parts("envFrom")) {
            String prefix = source.text("prefix");
            if (!prefix.isEmpty()) {
                source.told("prefix", NameRules.relaxedEnvVarName(prefix));
            }
            int sources = 0;
            for (String name : List.of("configMapRef", "secretRef")) {
                if (source.has(name)) {
                    sources++;
                    Part reference = source.part(name);
                    if (reference.require("name")) {
                        String masked = NameRules.maskTrailingDash(reference.text("name"));
                        reference.told("name", NameRules.dns1123Subdomain(masked));
                    }
                }
            }
            // Kubernetes tells of the list here, not of its item
            if (sources == 0) {
                container
                        .errors()
                        .invalid(container.at("envFrom"), "", "must specify one of: `configMapRef` or `secretRef`");
            } else if (sources > 1) {
                container
                        .errors()
                        .invalid(container.at("envFrom"), "", "may not have more than one field specified at a time");
            }
        }
    }

    /** A reference to a field of the pod in a file of a volume. */
    static void volumeFieldReference(Part reference) {
        fieldReference(reference, VOLUME_FIELDS);
    }

    private static void fieldReference(Part reference, List<String> allowed) {
        if (!reference.require("apiVersion") || !reference.require("fieldPath")) {
            return;
        }
        String version = reference.text("apiVersion");
        String label = reference.text("fieldPath");
        String field = label;
        String key = null;
        int bracket = label.indexOf("['");
        if (bracket > 0 && label.endsWith("']") && label.length() >= bracket + 4) {
            field = label.substring(0, bracket);
            key = label.substring(bracket + 2, label.length() - 2);
        }
        String problem = conversionProblem(version, label, field, key != null);
        if (!problem.isEmpty()) {
            reference.invalid("fieldPath", "error converting fieldPath: " + problem);
        } else if (key != null) {
            String checked = field.equals("metadata.annotations") ? key.toLowerCase(Locale.ROOT) : key;
            reference.errors().invalidAll(reference.path(), checked, NameRules.qualifiedName(checked));
        } else {
            String known = label.equals("spec.host") ? "spec.nodeName" : label;
            if (!allowed.contains(known)) {
                reference.errors().notSupported(reference.at("fieldPath"), known, allowed);
            }
        }
    }

    private static String conversionProblem(String version, String label, String field, boolean withKey) {
        if (!version.equals("v1")) {
            return "unsupported pod version: " + version;
        }
        if (withKey) {
            return field.equals("metadata.annotations") || field.equals("metadata.labels")
                    ? ""
                    : "field label does not support subscript: " + label;
        }
        return POD_FIELDS.contains(label) || label.equals("spec.host") ? "" : "field label not supported: " + label;
    }

    /** A reference to an amount that a container asks for. */
    static void resourceReference(Part reference, boolean inVolume) {
        String resource = reference.text("resource");
        if (inVolume && reference.text("containerName").isEmpty()) {
            reference.require("containerName");
        } else if (reference.require("resource") && !RESOURCES.contains(resource) && !isHugePages(resource)) {
            reference.errors().notSupported(reference.at("resource"), resource, RESOURCES);
        }
        divisor(reference, resource);
    }

    private static boolean isHugePages(String resource) {
        return resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
    }

    private static void divisor(Part reference, String resource) {
        String text = reference.text("divisor");
        if (text.isEmpty() || Quantity.parse(text).isZero()) {
            return;
        }
        String divisor = Quantity.parse(text).toString();
        String kind = resource.substring(resource.indexOf('.') + 1);
        boolean known = RESOURCES.contains(resource);
        String detail = "";
        if (known && kind.equals("cpu")) {
            if (!divisor.equals("1m") && !divisor.equals("1")) {
                detail = "only divisor's values 1m and 1 are supported with the cpu resource";
            }
        } else if ((known || isHugePages(resource)) && !BYTE_DIVISORS.contains(divisor)) {
            String name = kind.equals("memory") ? "memory" : known ? "local ephemeral storage" : "hugepages";
            detail = "only divisor's values " + String.join(", ", BYTE_DIVISORS) + " are supported with the " + name
                    + " resource";
        }
        if (!detail.isEmpty()) {
            reference.errors().invalid(reference.at("divisor"), resource, detail);
        }
    }
}

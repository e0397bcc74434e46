// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.pod.Part;
import io.apiserver4j.kinds.pod.PathRules;
import io.apiserver4j.kinds.pod.VolumeSourceRules;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What persistent volumes are made of: exactly one source, mostly with the rules that sources of pods have. */
final class PersistentVolumeSources {
    /**
     * A source.
     *
     * @param name its field
     * @param told the name under which its own fields are told of
     * @param second the name under which it is told of where it is not the first
     */
    private record Source(String name, String told, String second) {
        static Source of(String name) {
            return new Source(name, name, name);
        }
    }

    private static final List<Source> SOURCES = List.of(
            Source.of("hostPath"),
            new Source("gcePersistentDisk", "persistentDisk", "gcePersistentDisk"),
            Source.of("awsElasticBlockStore"),
            Source.of("glusterfs"),
            Source.of("flocker"),
            Source.of("nfs"),
            Source.of("rbd"),
            Source.of("quobyte"),
            new Source("cephfs", "cephfs", "cephFS"),
            Source.of("iscsi"),
            Source.of("cinder"),
            Source.of("fc"),
            Source.of("flexVolume"),
            Source.of("azureFile"),
            Source.of("vsphereVolume"),
            Source.of("photonPersistentDisk"),
            Source.of("portworxVolume"),
            Source.of("azureDisk"),
            Source.of("scaleIO"),
            Source.of("local"),
            Source.of("storageos"),
            Source.of("csi"));

    private PersistentVolumeSources() {}

    static void check(Part spec, String volume) {
        int count = 0;
        for (Source source : SOURCES) {
            if (!spec.has(source.name())) {
                continue;
            }
            // flexVolume never minds to be one of several
            if (count > 0 && !source.name().equals("flexVolume")) {
                spec.forbid(source.second(), "may not specify more than 1 volume type");
                continue;
            }
            count++;
            one(source.name(), spec.partAs(source.name(), source.told()), volume);
            if (source.name().equals("local") && !spec.has("nodeAffinity")) {
                spec.errors().required(spec.at("nodeAffinity"), "Local volume requires node affinity");
            }
        }
        if (count == 0) {
            spec.errors().required(spec.path(), "must specify a volume type");
        }
    }

    private static void one(String name, Part source, String volume) {
        switch (name) {
            case "glusterfs" -> glusterfs(source);
            case "iscsi" -> iscsi(source, volume);
            case "cinder" -> {
                source.require("volumeID");
                secret(source);
            }
            case "azureFile" -> {
                source.requireAll("secretName", "shareName");
                if (source.has("secretNamespace")) {
                    source.require("secretNamespace");
                }
            }
            case "scaleIO" -> source.requireAll("gateway", "system", "volumeName");
            case "local" -> {
                if (source.require("path")) {
                    PathRules.noBacksteps(source.text("path"), source.at("path"), source.errors());
                }
            }
            case "storageos" -> {
                source.requireLabel("volumeName");
                if (!source.text("volumeNamespace").isEmpty()) {
                    source.label("volumeNamespace");
                }
                secret(source);
            }
            case "csi" -> csi(source);
            default -> VolumeSourceRules.check(name, source);
        }
    }

    private static void secret(Part source) {
        if (source.has("secretRef")) {
            source.part("secretRef").requireAll("name", "namespace");
        }
    }

    private static void glusterfs(Part source) {
        source.requireAll("endpoints", "path");
        if (!source.has("endpointsNamespace")) {
            return;
        }
        if (source.text("endpointsNamespace").isEmpty()) {
            source.invalidText(
                    "endpointsNamespace", "if the endpointnamespace is set, it must be a valid namespace name");
        } else {
            source.told("endpointsNamespace", NameRules.dns1123Label(source.text("endpointsNamespace")));
        }
    }

    private static void iscsi(Part source, String volume) {
        String portal = source.text("targetPortal");
        if (portal.isEmpty()) {
            source.require("targetPortal");
        }
        if (source.has("initiatorName") && GoText.byteLength(volume + ":" + portal) > 64) {
            source.errors()
                    .invalid(
                            source.at("targetportal"),
                            portal,
                            "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if"
                                    + " iscsi.initiatorName is specified.");
        }
        // the portal was told of before; the rest is as in pods, and a secret must have a name
        Part rest = portal.isEmpty()
                ? new Part(source.tree().with("targetPortal", "-"), source.path(), source.errors())
                : source;
        VolumeSourceRules.iscsi(rest, "must be valid format");
        if (source.has("secretRef")) {
            source.part("secretRef").require("name");
        }
    }

    private static void csi(Part source) {
        VolumeSourceRules.driver(source, "driver");
        source.require("volumeHandle");
        for (String field : List.of(
                "controllerPublishSecretRef",
                "controllerExpandSecretRef",
                "nodePublishSecretRef",
                "nodeExpandSecretRef")) {
            if (source.has(field)) {
                Part reference = source.part(field);
                if (reference.require("name")) {
                    reference.subdomain("name");
                }
                reference.requireLabel("namespace");
            }
        }
    }

    /** True for a path that, tidied up, is the root. */
    static boolean isRoot(String path) {
        if (!path.startsWith("/")) {
            return false;
        }
        Deque<String> steps = new ArrayDeque<>();
        for (String step : path.split("/")) {
            if (step.equals("..")) {
                steps.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return steps.isEmpty();
    }
}

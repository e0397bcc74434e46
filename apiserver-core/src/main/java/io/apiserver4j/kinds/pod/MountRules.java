// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.value.ObjectValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules of what containers mount: volumes as files, and volumes as devices. */
final class MountRules {
    private static final List<String> PROPAGATIONS = List.of("Bidirectional", "HostToContainer", "None");
    private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");

    private MountRules() {}

    /** The volumes that a container mounts as files. */
    static void mounts(Part container, PodScope scope) {
        Map<String, String> devices = paths(container, "volumeDevices", "devicePath");
        Set<String> taken = new HashSet<>();
        for (Part mount : container.parts("volumeMounts")) {
            String name = mount.text("name");
            String path = mount.text("mountPath");
            mount.require("name");
            if (!scope.volumes().containsKey(name)) {
                mount.errors().notFound(mount.at("name"), name);
            }
            mount.require("mountPath");
            if (!taken.add(path)) {
                mount.invalidText("mountPath", "must be unique");
            }
            if (devices.containsKey(name)) {
                mount.invalidText("name", "must not already exist in volumeDevices");
            }
            if (devices.containsValue(path)) {
                mount.invalidText("mountPath", "must not already exist as a path in volumeDevices");
            }
            subPaths(container, mount);
            propagation(container, mount);
            recursiveReadOnly(container, mount);
        }
    }

    private static Map<String, String> paths(Part container, String list, String path) {
        Map<String, String> out = new TreeMap<>();
        container.parts(list).forEach(one -> out.put(one.text("name"), one.text(path)));
        return out;
    }

    /** What Kubernetes tells of a mount's further fields is addressed at the list, not at the mount. */
    private static Part list(Part container) {
        return new Part(ObjectValue.EMPTY, container.at("volumeMounts"), container.errors());
    }

    private static void subPaths(Part container, Part mount) {
        String subPath = mount.text("subPath");
        String expression = mount.text("subPathExpr");
        if (!subPath.isEmpty()) {
            PathRules.descending(subPath, list(container).at("subPath"), mount.errors());
        }
        if (!expression.isEmpty()) {
            if (!subPath.isEmpty()) {
                mount.invalid("subPathExpr", "subPathExpr and subPath are mutually exclusive");
            }
            PathRules.descending(expression, list(container).at("subPathExpr"), mount.errors());
        }
    }

    private static void propagation(Part container, Part mount) {
        if (!mount.has("mountPropagation")) {
            return;
        }
        Part told = new Part(mount.tree(), container.at("volumeMounts"), mount.errors());
        told.choice("mountPropagation", PROPAGATIONS);
        boolean privileged = container.tree().objectOrEmpty("securityContext").isTrue("privileged");
        if (mount.text("mountPropagation").equals("Bidirectional") && !privileged) {
            told.forbid(
                    "mountPropagation", "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    private static void recursiveReadOnly(Part container, Part mount) {
        if (!mount.has("recursiveReadOnly") || mount.text("recursiveReadOnly").equals("Disabled")) {
            return;
        }
        Part told = new Part(mount.tree(), container.at("volumeMounts"), mount.errors());
        if (!RECURSIVE.contains(mount.text("recursiveReadOnly"))) {
            told.notSupported("recursiveReadOnly", RECURSIVE);
            return;
        }
        if (!mount.isTrue("readOnly")) {
            told.forbid("recursiveReadOnly", "may only be specified when readOnly is true");
        }
        if (mount.has("mountPropagation") && !mount.text("mountPropagation").equals("None")) {
            told.forbid("recursiveReadOnly", "may only be specified when mountPropagation is None or not specified");
        }
    }

    /** The volumes that a container uses as devices. */
    static void devices(Part container, PodScope scope) {
        Map<String, String> mounts = paths(container, "volumeMounts", "mountPath");
        Set<String> names = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (Part device : container.parts("volumeDevices")) {
            String name = device.text("name");
            String path = device.text("devicePath");
            device.require("name");
            if (names.contains(name)) {
                device.invalidText("name", "must be unique");
            }
            ObjectValue volume = scope.volumes().get(name);
            if (volume == null) {
                device.errors().notFound(device.at("name"), name);
            } else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
                device.invalidText(
                        "name", "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
            }
            device.require("devicePath");
            if (paths.contains(path)) {
                device.invalidText("devicePath", "must be unique");
            }
            if (PathRules.hasBacksteps(path)) {
                device.invalidText("devicePath", "can not contain backsteps ('..')");
            } else {
                paths.add(path);
            }
            if (mounts.containsKey(name)) {
                device.invalidText("name", "must not already exist in volumeMounts");
            }
            if (mounts.containsValue(path)) {
                device.invalidText("devicePath", "must not already exist as a path in volumeMounts");
            }
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
    }
}

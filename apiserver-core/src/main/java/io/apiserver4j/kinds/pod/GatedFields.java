// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields of pod specs that v1.37 knows but does not take, since the feature they belong to is off by default: they are
 * left out silently, unless the spec of before has some of the same feature.
 */
public final class GatedFields {
    /**
     * Fields by feature; paths in which {@code *} goes through a list, and {@code C} through all lists of containers.
     */
    private static final List<List<String[]>> FEATURES = List.of(
            paths("evictionResponders"),
            paths("schedulingGroup"),
            paths("C.lifecycle.stopSignal"),
            paths("C.livenessProbe.grpc.mode", "C.readinessProbe.grpc.mode", "C.startupProbe.grpc.mode"),
            paths(
                    "C.livenessProbe.httpGet.protocol",
                    "C.readinessProbe.httpGet.protocol",
                    "C.startupProbe.httpGet.protocol",
                    "C.lifecycle.postStart.httpGet.protocol",
                    "C.lifecycle.preStop.httpGet.protocol"),
            paths("C.volumeMounts.*.bindMountOptions"),
            paths("volumes.*.emptyDir.mode"),
            paths(
                    "volumes.*.secret.defaultUser",
                    "volumes.*.secret.items.*.user",
                    "volumes.*.configMap.defaultUser",
                    "volumes.*.configMap.items.*.user",
                    "volumes.*.downwardAPI.defaultUser",
                    "volumes.*.downwardAPI.items.*.user",
                    "volumes.*.projected.defaultUser",
                    "volumes.*.projected.sources.*.secret.items.*.user",
                    "volumes.*.projected.sources.*.configMap.items.*.user",
                    "volumes.*.projected.sources.*.downwardAPI.items.*.user",
                    "volumes.*.projected.sources.*.serviceAccountToken.user",
                    "volumes.*.projected.sources.*.clusterTrustBundle.user",
                    "volumes.*.projected.sources.*.podCertificate.user"));

    private GatedFields() {}

    private static List<String[]> paths(String... paths) {
        List<String[]> out = new ArrayList<>();
        for (String path : paths) {
            if (!path.startsWith("C.")) {
                out.add(path.split("\\."));
                continue;
            }
            for (String list : PodSpecRules.CONTAINER_LISTS) {
                out.add((list + ".*" + path.substring(1)).split("\\."));
            }
        }
        return List.copyOf(out);
    }

    /** A spec without those fields; the same one where it has none. */
    public static ObjectValue dropped(ObjectValue spec, @Nullable ObjectValue oldSpec) {
        ObjectValue out = spec;
        for (List<String[]> feature : FEATURES) {
            ObjectValue dropped = out;
            for (String[] path : feature) {
                dropped = asObject(without(dropped, path, 0));
            }
            boolean known = dropped != out && oldSpec != null && uses(oldSpec, feature);
            out = known ? out : dropped;
        }
        // a hook that said nothing else is gone, too
        return out == spec ? spec : withoutEmptyHooks(out, spec);
    }

    private static boolean uses(ObjectValue spec, List<String[]> feature) {
        return feature.stream().anyMatch(path -> without(spec, path, 0) != spec);
    }

    private static ObjectValue asObject(Value value) {
        ObjectValue object = value.asObject();
        return object == null ? ObjectValue.EMPTY : object;
    }

    private static Value without(Value value, String[] path, int depth) {
        if (path[depth].equals("*")) {
            ArrayValue list = value.asArray();
            return list == null ? value : list.map(item -> without(item, path, depth + 1));
        }
        ObjectValue object = value.asObject();
        Value member = object == null ? null : object.get(path[depth]);
        if (object == null || member == null) {
            return value;
        }
        if (depth == path.length - 1) {
            return object.without(path[depth]);
        }
        Value changed = without(member, path, depth + 1);
        return changed == member ? object : object.with(path[depth], changed);
    }

    private static ObjectValue withoutEmptyHooks(ObjectValue spec, ObjectValue before) {
        ObjectValue out = spec;
        for (String list : PodSpecRules.CONTAINER_LISTS) {
            ArrayValue containers = out.getArray(list);
            ArrayValue were = before.getArray(list);
            if (containers == null || containers == were) {
                continue;
            }
            for (int i = 0; i < containers.size(); i++) {
                ObjectValue container = containers.objectAt(i);
                ObjectValue hook = container.getObject("lifecycle");
                boolean was = were == null
                        || were.objectAt(i).objectOrEmpty("lifecycle").isEmpty();
                if (hook != null && hook.isEmpty() && !was) {
                    containers = containers.with(i, container.without("lifecycle"));
                }
            }
            out = out.with(list, containers);
        }
        return out;
    }

    /** Annotations of releases before v1.8 that carried containers which run before the others. */
    public static ObjectValue droppedAnnotations(ObjectValue annotations) {
        ObjectValue out = annotations;
        for (String stage : List.of("beta", "alpha")) {
            for (String name : List.of("init-containers", "init-container-statuses")) {
                out = out.without("pod." + stage + ".kubernetes.io/" + name);
            }
        }
        return out;
    }
}

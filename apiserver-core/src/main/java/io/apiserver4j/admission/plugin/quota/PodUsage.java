// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ContainerView;
import io.apiserver4j.view.PodResources;
import io.apiserver4j.view.PodView;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Pods: how many, and what they ask for and are limited to. Those that have ended count as objects only. */
final class PodUsage implements Usage {
    private static final String COUNT = ObjectCount.nameOf("pods");
    private static final String REQUESTS = "requests.";
    private static final String HUGE_PAGES = "hugepages-";
    private static final List<String> COMPUTE = List.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> NAMES = Set.of(
            COUNT,
            "cpu",
            "memory",
            "ephemeral-storage",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "pods");
    /** Where a quota has one of these, each container must say it. */
    private static final Set<String> WANTED =
            Set.of("cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory");

    private final InstantSource clock;

    PodUsage(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public boolean handles(AdmissionRequest request) {
        return request.operation() == Operation.CREATE && request.subresource().isEmpty()
                || request.operation() == Operation.UPDATE
                        && request.subresource().equals("resize");
    }

    @Override
    public List<String> matching(Set<String> names) {
        return names.stream()
                .filter(name -> NAMES.contains(name)
                        || name.startsWith(HUGE_PAGES)
                        || name.startsWith(REQUESTS + HUGE_PAGES)
                        || name.startsWith(REQUESTS) && !isNative(name))
                .sorted()
                .toList();
    }

    private static boolean isNative(String name) {
        return name.indexOf('/') < 0 || name.contains("kubernetes.io/");
    }

    @Override
    public boolean isScoped() {
        return true;
    }

    @Override
    public boolean isIn(Scope scope, ObjectValue pod) {
        ObjectValue spec = pod.objectOrEmpty("spec");
        Long deadline = spec.getLong("activeDeadlineSeconds");
        boolean terminating = deadline != null && deadline >= 0;
        return switch (scope.scope()) {
            case "Terminating" -> terminating;
            case "NotTerminating" -> !terminating;
            case "BestEffort" -> isBestEffort(pod);
            case "NotBestEffort" -> !isBestEffort(pod);
            case "PriorityClass" -> {
                String name = spec.stringOrEmpty("priorityClassName");
                yield scope.matches(name.isEmpty() ? List.of() : List.of(name));
            }
            case "CrossNamespacePodAffinity" -> looksElsewhere(spec.objectOrEmpty("affinity"));
            default -> false;
        };
    }

    private static boolean isBestEffort(ObjectValue pod) {
        String known = pod.objectOrEmpty("status").stringOrEmpty("qosClass");
        if (!known.isEmpty()) {
            return known.equals("BestEffort");
        }
        return PodResources.isBestEffort(new PodView(pod));
    }

    private static boolean looksElsewhere(ObjectValue affinity) {
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            ObjectValue one = affinity.objectOrEmpty(kind);
            List<ObjectValue> terms = new ArrayList<>(one.arrayOrEmpty("requiredDuringSchedulingIgnoredDuringExecution")
                    .objects());
            one.arrayOrEmpty("preferredDuringSchedulingIgnoredDuringExecution")
                    .objects()
                    .forEach(weighted -> terms.add(weighted.objectOrEmpty("podAffinityTerm")));
            for (ObjectValue term : terms) {
                if (!term.arrayOrEmpty("namespaces").isEmpty() || term.has("namespaceSelector")) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public @Nullable String missing(Collection<String> names, ObjectValue pod) {
        ObjectValue own = pod.objectAt("spec", "resources");
        if (hasCompute(own.objectOrEmpty("requests")) || hasCompute(own.objectOrEmpty("limits"))) {
            return null;
        }
        PodView view = new PodView(pod);
        List<ContainerView> containers = new ArrayList<>(view.containers());
        containers.addAll(view.initContainers());
        Map<String, Set<String>> missing = new TreeMap<>();
        for (ContainerView container : containers) {
            Set<String> said = compute(
                            PodResources.amounts(container.requests()), PodResources.amounts(container.limits()))
                    .keySet();
            for (String name : names) {
                if (WANTED.contains(name) && !said.contains(name)) {
                    missing.computeIfAbsent(name, n -> new TreeSet<>()).add(container.name());
                }
            }
        }
        List<String> out = new ArrayList<>();
        missing.forEach((name, lacking) -> out.add(name + " for: " + String.join(",", lacking)));
        return out.isEmpty() ? null : "must specify " + String.join("; ", out);
    }

    private static boolean hasCompute(ObjectValue amounts) {
        for (ObjectValue.Member one : amounts) {
            if (one.key().equals("cpu")
                    || one.key().equals("memory")
                    || one.key().startsWith(HUGE_PAGES)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Map<String, Quantity> of(ObjectValue pod) {
        PodView view = new PodView(pod);
        if (view.isFinished() || shouldBeGone(view.meta(), pod)) {
            return new TreeMap<>(Map.of(COUNT, ObjectCount.ONE));
        }
        Map<String, Quantity> requests = PodResources.requests(view);
        Map<String, Quantity> limits = PodResources.limits(view);
        PodResources.amounts(view.spec().objectOrEmpty("overhead")).forEach((name, more) -> {
            requests.merge(name, more, Quantity::plus);
            limits.computeIfPresent(name, (limited, amount) -> amount.plus(more));
        });
        Map<String, Quantity> out = compute(requests, limits);
        out.put(COUNT, ObjectCount.ONE);
        return out;
    }

    /** True for a pod whose time to end is over: its node may be lost. */
    private boolean shouldBeGone(ObjectMeta meta, ObjectValue pod) {
        String deleted = meta.deletionTimestamp();
        Long grace = pod.objectOrEmpty("metadata").getLong("deletionGracePeriodSeconds");
        Instant since = deleted == null || grace == null ? null : Timestamp.parse(deleted);
        return since != null && grace != null && clock.instant().isAfter(since.plusSeconds(grace));
    }

    private static Map<String, Quantity> compute(Map<String, Quantity> requests, Map<String, Quantity> limits) {
        Map<String, Quantity> out = new TreeMap<>();
        out.put("pods", ObjectCount.ONE);
        for (String name : COMPUTE) {
            Quantity request = requests.get(name);
            if (request != null) {
                out.put(name, request);
                out.put(REQUESTS + name, request);
            }
            Quantity limit = limits.get(name);
            if (limit != null) {
                out.put("limits." + name, limit);
            }
        }
        requests.forEach((name, request) -> {
            if (name.startsWith(HUGE_PAGES)) {
                out.put(name, request);
                out.put(REQUESTS + name, request);
            } else if (!isNative(name) && !name.startsWith(REQUESTS)) {
                out.put(REQUESTS + name, request);
            }
        });
        return out;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.admission.plugin.LiveObjects;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Namespaces say by labels what pods may do in them: pods that do more are refused, or warned of and noted, and so are
 * workloads that would make them, which are never refused.
 */
public final class PodSecurity implements ValidatingPlugin {
    /** The plugin's name. */
    public static final String NAME = "PodSecurity";

    private static final String NOTE = "pod-security.kubernetes.io/";
    private static final Set<String> OTHER_SUBRESOURCES =
            Set.of("exec", "attach", "binding", "eviction", "log", "portforward", "proxy", "status");
    private static final List<String> TEMPLATE = List.of("spec", "template");
    private static final Map<String, List<String>> TEMPLATES = Map.of(
            "podtemplates", List.of("template"),
            "replicationcontrollers", TEMPLATE,
            "replicasets.apps", TEMPLATE,
            "deployments.apps", TEMPLATE,
            "statefulsets.apps", TEMPLATE,
            "daemonsets.apps", TEMPLATE,
            "jobs.batch", TEMPLATE,
            "cronjobs.batch", List.of("spec", "jobTemplate", "spec", "template"));

    private final LiveObjects objects;
    private final PodSecuritySettings settings;

    /** The plugin over the namespaces and pods of a store. */
    public PodSecurity(LiveObjects objects, PodSecuritySettings settings) {
        this.objects = objects;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue object = request.object();
        if (object == null || request.operation() != Operation.CREATE && request.operation() != Operation.UPDATE) {
            return;
        }
        String resource = request.definition().groupResource();
        if (resource.equals("pods")) {
            pod(request, object);
        } else if (!request.subresource().isEmpty()) {
            return;
        } else if (resource.equals("namespaces")) {
            namespace(request, object);
        } else if (TEMPLATES.containsKey(resource)) {
            workload(request, object, Objects.requireNonNull(TEMPLATES.get(resource)));
        }
    }

    private void namespace(AdmissionRequest request, ObjectValue namespace) {
        ObjectValue labels = ObjectMeta.of(namespace).labels();
        FieldErrors errors = new FieldErrors();
        Policy policy = Policy.of(labels, settings.defaults(), errors);
        ObjectValue old = request.oldObject();
        if (request.operation() == Operation.CREATE || old == null) {
            refuse(request, errors);
            warnOfExemption(request, policy, labels);
            return;
        }
        FieldErrors oldErrors = new FieldErrors();
        Policy before = Policy.of(ObjectMeta.of(old).labels(), settings.defaults(), oldErrors);
        if (!errors.list().equals(oldErrors.list())) {
            refuse(request, errors);
        }
        LevelVersion now = policy.enforce();
        boolean laxer = now.minor() == before.enforce().minor()
                && now.level().compareTo(before.enforce().level()) <= 0;
        if (now.equals(before.enforce()) || now.level() == Level.PRIVILEGED || laxer) {
            return;
        }
        if (settings.namespaces().contains(request.name())) {
            warnOfExemption(request, policy, labels);
            return;
        }
        new ExistingPods(settings.runtimeClasses(), now)
                .warnings(request.name(), objects.known("pods", request.name()))
                .forEach(request.notes()::warn);
    }

    private static void refuse(AdmissionRequest request, FieldErrors errors) {
        if (!errors.isEmpty()) {
            throw Status.invalid("", request.kind().kind(), request.name(), errors)
                    .asException();
        }
    }

    private void warnOfExemption(AdmissionRequest request, Policy policy, ObjectValue labels) {
        if (settings.namespaces().contains(request.name())
                && !policy.isPrivileged()
                && !policy.isLike(settings.defaults())) {
            request.notes()
                    .warn("namespace " + GoText.quote(request.name())
                            + " is exempt from Pod Security, and the policy (" + policy.shown(labels)
                            + ") will be ignored");
        }
    }

    /** Why a request is not looked at, or null. */
    private @Nullable String exemption(AdmissionRequest request) {
        if (settings.namespaces().contains(request.namespace())) {
            return "namespace";
        }
        return settings.users().contains(request.identity().user()) ? "user" : null;
    }

    private void pod(AdmissionRequest request, ObjectValue pod) {
        if (OTHER_SUBRESOURCES.contains(request.subresource())) {
            return;
        }
        CallNotes notes = request.notes();
        String exemption = exemption(request);
        if (exemption != null) {
            notes.annotate(NOTE + "exempt", exemption);
            return;
        }
        ObjectValue labels = labelsOf(request);
        if (labels == null) {
            throw Status.internalError("failed to lookup namespace " + GoText.quote(request.namespace()))
                    .asException();
        }
        FieldErrors errors = new FieldErrors();
        Policy policy = Policy.of(labels, settings.defaults(), errors);
        if (errors.isEmpty() && policy.isPrivileged()) {
            notes.annotate(NOTE + "enforce-policy", LevelVersion.PRIVILEGED.toString());
            return;
        }
        ObjectValue old = request.oldObject();
        if (request.operation() != Operation.UPDATE || old == null || PodChange.matters(pod, old)) {
            evaluate(request, policy, errors, pod, true);
        }
    }

    private void workload(AdmissionRequest request, ObjectValue workload, List<String> path) {
        String exemption = exemption(request);
        if (exemption != null) {
            request.notes().annotate(NOTE + "exempt", exemption);
            return;
        }
        ObjectValue labels = labelsOf(request);
        if (labels == null) {
            request.notes()
                    .annotate(
                            NOTE + "error",
                            "failed to lookup namespace " + GoText.quote(request.namespace()) + ": namespaces "
                                    + GoText.quote(request.namespace()) + " not found");
            return;
        }
        FieldErrors errors = new FieldErrors();
        Policy policy = Policy.of(labels, settings.defaults(), errors);
        if (errors.isEmpty() && policy.isQuiet()) {
            return;
        }
        ObjectValue template = workload.objectAt(path.toArray(String[]::new));
        if (!template.isEmpty()) {
            evaluate(request, policy, errors, template, false);
        }
    }

    /** The labels of the request's namespace, or null where there is none: one that others made just now is looked for. */
    private @Nullable ObjectValue labelsOf(AdmissionRequest request) {
        StoredObject known = objects.known("namespaces", "", request.namespace());
        if (known != null) {
            return known.header().labels();
        }
        StoredObject found = objects.find("namespaces", "", request.namespace());
        return found == null ? null : ObjectMeta.of(found.tree()).labels();
    }

    private void evaluate(
            AdmissionRequest request, Policy policy, FieldErrors errors, ObjectValue podOrTemplate, boolean enforced) {
        CallNotes notes = request.notes();
        PodShape shape = PodShape.of(podOrTemplate);
        if (settings.runtimeClasses().contains(shape.spec().stringOrEmpty("runtimeClassName"))) {
            notes.annotate(NOTE + "exempt", "runtimeClass");
            return;
        }
        if (!errors.isEmpty()) {
            notes.annotate(NOTE + "error", "Failed to parse policy: " + errors.aggregate());
        }
        Map<LevelVersion, String> known = new HashMap<>();
        String refusal = "";
        if (enforced) {
            notes.annotate(NOTE + "enforce-policy", policy.enforce().toString());
            refusal = problem(known, policy.enforce(), shape);
        }
        String audit = problem(known, policy.audit(), shape);
        if (!audit.isEmpty()) {
            notes.annotate(NOTE + "audit-violations", "would violate " + audit);
        }
        if (!refusal.isEmpty()) {
            throw Status.forbidden("", request.definition().plural(), request.name(), "violates " + refusal)
                    .asException();
        }
        String warning = problem(known, policy.warn(), shape);
        if (!warning.isEmpty()) {
            notes.warn("would violate " + warning);
        }
    }

    /** What is wrong by a level, or the empty text. */
    private static String problem(Map<LevelVersion, String> known, LevelVersion asked, PodShape shape) {
        return known.computeIfAbsent(asked, level -> {
            List<Finding> findings = Standard.findings(level, shape);
            return findings.isEmpty()
                    ? ""
                    : "PodSecurity \"" + level + "\": "
                            + findings.stream().map(Finding::toString).collect(Collectors.joining(", "));
        });
    }

    /** The list of a spec's containers. */
    static ArrayValue containers(ObjectValue pod, String list) {
        return pod.objectOrEmpty("spec").arrayOrEmpty(list);
    }
}

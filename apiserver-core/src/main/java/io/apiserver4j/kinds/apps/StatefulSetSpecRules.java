// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apps;

import static io.apiserver4j.kinds.apps.ReplicaRules.SPEC;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.IntOrPercentRules;
import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.PodSelection;
import io.apiserver4j.kinds.PodTemplateRules;
import io.apiserver4j.kinds.pod.ClaimSpecRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The spec of a stateful set. */
record StatefulSetSpecRules(ObjectValue spec, @Nullable ObjectValue before) {
    private static final Set<String> RETENTION = new LinkedHashSet<>(List.of("Retain", "Delete"));
    private static final ValuePath TEMPLATE = SPEC.field("template");

    void check(FieldErrors errors) {
        podManagement(errors);
        strategy(spec.objectOrEmpty("updateStrategy"), SPEC.field("updateStrategy"), errors);
        retention(spec.getObject("persistentVolumeClaimRetentionPolicy"), errors);
        if (before == null) {
            claims(errors);
        }
        FieldChecks.nonNegative(spec, SPEC, errors, "replicas", "minReadySeconds");
        ObjectValue ordinals = spec.objectOrEmpty("ordinals");
        FieldChecks.nonNegative(ordinals, SPEC.field("ordinals"), errors, "start");
        String service = spec.stringOrEmpty("serviceName");
        if (before == null && !service.isEmpty()) {
            errors.invalidAll(SPEC.field("serviceName"), service, NameRules.dns1123Label(service));
        }
        ReplicaRules.selector(spec, "statefulset", errors);
        LabelSelector selector = PodSelection.selector(spec);
        if (selector == null) {
            errors.invalid(SPEC.field("selector"), ReplicaRules.selectorOf(spec), "");
        } else {
            template(selector, errors);
        }
        ReplicaRules.runsForEver(spec, "StatefulSet", errors);
    }

    private void podManagement(FieldErrors errors) {
        String policy = spec.stringOrEmpty("podManagementPolicy");
        ValuePath path = SPEC.field("podManagementPolicy");
        if (policy.isEmpty()) {
            errors.required(path, "");
        } else if (!policy.equals("OrderedReady") && !policy.equals("Parallel")) {
            errors.invalidShown(path, FieldErrors.json(policy), "must be 'OrderedReady' or 'Parallel'");
        }
    }

    private static void strategy(ObjectValue strategy, ValuePath path, FieldErrors errors) {
        ObjectValue rolling = strategy.getObject("rollingUpdate");
        ValuePath rollingPath = path.field("rollingUpdate");
        switch (strategy.stringOrEmpty("type")) {
            case "" -> errors.required(path, "");
            case "OnDelete" -> {
                if (rolling != null) {
                    errors.invalidShown(
                            rollingPath,
                            InternalForm.shown("apps.RollingUpdateStatefulSetStrategy", rolling),
                            "only allowed for updateStrategy 'RollingUpdate'");
                }
            }
            case "RollingUpdate" -> {
                if (rolling != null) {
                    rollingUpdate(rolling, rollingPath, errors);
                }
            }
            default ->
                errors.invalidShown(
                        path,
                        InternalForm.shown("apps.StatefulSetUpdateStrategy", strategy),
                        "must be 'RollingUpdate' or 'OnDelete'");
        }
    }

    private static void rollingUpdate(ObjectValue rolling, ValuePath path, FieldErrors errors) {
        FieldChecks.nonNegative(rolling, path, errors, "partition");
        Value unavailable = rolling.get("maxUnavailable");
        if (unavailable == null || unavailable.isNull()) {
            return;
        }
        IntOrPercentRules.countOrPercent(rolling, "maxUnavailable", path, errors);
        if (IntOrPercentRules.amount(unavailable) == 0) {
            errors.invalid(path.field("maxUnavailable"), unavailable, "cannot be 0");
        }
        IntOrPercentRules.atMostAll(rolling, "maxUnavailable", path, errors);
    }

    private static void retention(@Nullable ObjectValue policy, FieldErrors errors) {
        if (policy == null) {
            return;
        }
        ValuePath path = SPEC.field("persistentVolumeClaimRetentionPolicy");
        for (String when : List.of("whenDeleted", "whenScaled")) {
            String chosen = policy.stringOrEmpty(when);
            if (!RETENTION.contains(chosen)) {
                errors.notSupportedShown(path.field(when), FieldErrors.json(chosen), RETENTION);
            }
        }
    }

    private void claims(FieldErrors errors) {
        ArrayValue claims = spec.arrayOrEmpty("volumeClaimTemplates");
        for (int i = 0; i < claims.size(); i++) {
            ClaimSpecRules.check(
                    claims.objectAt(i).objectOrEmpty("spec"),
                    false,
                    false,
                    SPEC.field("volumeClaimTemplates").index(i).field("spec"),
                    errors);
        }
    }

    /** The template as pods will have it: with volumes for the claims, and without the names that pods get of their own. */
    private void template(LabelSelector selector, FieldErrors errors) {
        if (!selector.isEverything()) {
            PodSelection.matchesTemplate(selector, spec, SPEC, errors);
        }
        ObjectValue template = asMade(spec);
        FieldErrors found = new FieldErrors();
        PodTemplateRules.validate(template, before == null ? null : before.objectOrEmpty("template"), TEMPLATE, found);
        if (found.isEmpty() || before == null || wasValid(before)) {
            errors.addAll(found);
        }
        ObjectValue metadata = template.objectOrEmpty("metadata");
        MetadataRules.labels(metadata.objectOrEmpty("labels"), TEMPLATE.field("labels"), errors);
        MetadataRules.annotations(metadata.objectOrEmpty("annotations"), TEMPLATE.field("annotations"), errors);
    }

    /** A set whose spec was never valid may keep a template that is not. */
    private static boolean wasValid(ObjectValue before) {
        FieldErrors found = new FieldErrors();
        new StatefulSetSpecRules(before, null).check(found);
        return found.isEmpty();
    }

    private static ObjectValue asMade(ObjectValue spec) {
        ObjectValue template = spec.objectOrEmpty("template");
        ObjectValue pod = template.objectOrEmpty("spec").without("subdomain").without("hostname");
        List<ObjectValue> claims = spec.arrayOrEmpty("volumeClaimTemplates").objects();
        if (!claims.isEmpty()) {
            pod = pod.with("volumes", volumes(claims, pod.arrayOrEmpty("volumes")));
        }
        return template.with("spec", pod);
    }

    private static ArrayValue volumes(List<ObjectValue> claims, ArrayValue given) {
        Set<String> names = new LinkedHashSet<>();
        claims.forEach(claim -> names.add(claim.objectOrEmpty("metadata").stringOrEmpty("name")));
        List<Value> volumes = new ArrayList<>();
        for (String name : names) {
            volumes.add(ObjectValue.of(
                    "name", Value.of(name), "persistentVolumeClaim", ObjectValue.of("claimName", Value.of(name))));
        }
        for (ObjectValue volume : given.objects()) {
            if (!names.contains(volume.stringOrEmpty("name"))) {
                volumes.add(volume);
            }
        }
        return ArrayValue.of(volumes);
    }
}

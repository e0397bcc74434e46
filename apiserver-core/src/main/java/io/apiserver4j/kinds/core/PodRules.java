// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.pod.AppArmorFields;
import io.apiserver4j.kinds.pod.PodSpecRules;
import io.apiserver4j.kinds.pod.PodWarnings;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.view.PodView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pods. */
public final class PodRules implements KindRules {
    @Override
    public ObjectValue prepareForCreate(ObjectValue pod, StrategyContext context) {
        return PodPreparation.created(pod, context);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return PodPreparation.updated(updated, current, context);
    }

    @Override
    public void validate(ObjectValue pod, StrategyContext context, FieldErrors errors) {
        PodSpecRules.checkPod(pod, null, errors);
        ObjectValue spec = pod.objectOrEmpty("spec");
        ValuePath path = ValuePath.of("spec");
        if (!spec.arrayOrEmpty("ephemeralContainers").isEmpty()) {
            errors.forbidden(path.field("ephemeralContainers"), "cannot be set on create");
        }
        if (!spec.stringOrEmpty("nodeName").isEmpty()
                && !spec.arrayOrEmpty("schedulingGates").isEmpty()) {
            errors.forbidden(path.field("nodeName"), "cannot be set until all schedulingGates have been cleared");
        }
        PodSpecRules.checkAgreement(pod, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        switch (context.subresource()) {
            case "" -> PodUpdateRules.check(updated, current, errors);
            case "status" -> PodStatusRules.check(updated, current, errors);
            case "ephemeralcontainers" -> PodSubresourceRules.ephemeralContainers(updated, current, errors);
            case "resize" -> PodResizeRules.check(updated, current, errors);
            default -> {}
        }
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue pod, StrategyContext context) {
        List<String> out = new ArrayList<>();
        List<String> problems = NameRules.dns1123Label(ObjectMeta.of(pod).name());
        if (!problems.isEmpty()) {
            out.add("metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS"
                    + " label is recommended: [" + String.join(" ", problems) + "]");
        }
        out.addAll(PodWarnings.ofPod(pod));
        return out;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        if (!context.subresource().equals("status")) {
            return List.of();
        }
        List<String> out = new ArrayList<>();
        for (String list : List.of("podIPs", "hostIPs")) {
            List<ObjectValue> addresses =
                    updated.objectOrEmpty("status").arrayOrEmpty(list).objects();
            for (int i = 0; i < addresses.size(); i++) {
                ValuePath path = ValuePath.of("status", list).index(i).field("ip");
                out.addAll(IpRules.ipWarnings(path, addresses.get(i).stringOrEmpty("ip")));
            }
        }
        return out;
    }

    /** Profiles that annotations name become fields; after the warnings, which tell of those without a field. */
    @Override
    public ObjectValue canonicalize(ObjectValue pod) {
        ObjectValue filled = AppArmorFields.filled(pod);
        return filled == pod ? pod : PodPreparation.inOrder(filled, pod);
    }

    @Override
    public Long gracePeriod(ObjectValue pod, @Nullable Long requested) {
        PodView view = new PodView(pod);
        long period = requested != null ? requested : view.spec().longOr("terminationGracePeriodSeconds", 0);
        if (view.nodeName().isEmpty() || view.isFinished()) {
            return 0L;
        }
        return period < 0 ? 1L : period;
    }

    @Override
    public @Nullable List<String> resetFields(String subresource) {
        return subresource.equals("status")
                ? List.of("spec", "metadata.deletionTimestamp", "metadata.ownerReferences")
                : null;
    }
}

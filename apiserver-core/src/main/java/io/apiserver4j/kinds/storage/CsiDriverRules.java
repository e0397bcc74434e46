// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.storage;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Drivers of CSI. The generation counts changes only: a new one has none. */
public final class CsiDriverRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final List<String> GROUP_POLICIES = List.of("File", "None", "ReadWriteOnceWithFSType");
    private static final List<String> MODES = List.of("Persistent", "Ephemeral");
    private static final List<String> WARNED = List.of(
            "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent"
                    + " possible logging of tokens in volume attributes");

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        if (Objects.equals(updated.get("spec"), current.get("spec"))) {
            return updated;
        }
        long generation = ObjectMeta.of(current).generation() + 1;
        return updated.update("metadata", metadata -> MetadataOrder.put(metadata, "generation", Value.of(generation)));
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        required(spec, "attachRequired", "attachedRequired", errors);
        required(spec, "podInfoOnMount", "podInfoOnMount", errors);
        required(spec, "storageCapacity", "storageCapacity", errors);
        String policy = spec.getString("fsGroupPolicy");
        if (policy != null && !GROUP_POLICIES.contains(policy)) {
            errors.notSupported(SPEC.field("fsGroupPolicy"), policy, GROUP_POLICIES);
        }
        tokens(spec.arrayOrEmpty("tokenRequests"), errors);
        for (String mode : spec.arrayOrEmpty("volumeLifecycleModes").strings()) {
            if (!MODES.contains(mode)) {
                errors.notSupported(SPEC.field("volumeLifecycleModes"), mode, MODES);
            }
        }
        required(spec, "seLinuxMount", "seLinuxMount", errors);
        long period = spec.longOr("nodeAllocatableUpdatePeriodSeconds", 10);
        if (period < 10) {
            errors.invalid(
                    SPEC.field("nodeAllocatableUpdatePeriodSeconds"),
                    period,
                    "must be greater than or equal to 10 seconds");
        }
        Value inSecrets = spec.get("serviceAccountTokenInSecrets");
        if (inSecrets != null && spec.arrayOrEmpty("tokenRequests").isEmpty()) {
            errors.invalid(
                    SPEC.field("serviceAccountTokenInSecrets"),
                    inSecrets,
                    "serviceAccountTokenInSecrets is set but no tokenRequests are specified");
        }
        required(spec, "preventPodSchedulingIfMissing", "preventPodSchedulingIfMissing", errors);
    }

    private static void required(ObjectValue spec, String name, String told, FieldErrors errors) {
        if (!spec.has(name)) {
            errors.required(SPEC.field(told), "");
        }
    }

    private static void tokens(ArrayValue requests, FieldErrors errors) {
        Set<String> audiences = new HashSet<>();
        for (int i = 0; i < requests.size(); i++) {
            ValuePath path = SPEC.field("tokenRequests").index(i);
            String audience = requests.objectAt(i).stringOrEmpty("audience");
            if (!audiences.add(audience)) {
                errors.duplicate(path.field("audience"), audience);
                continue;
            }
            Long seconds = requests.objectAt(i).getLong("expirationSeconds");
            if (seconds != null && seconds < 600) {
                errors.invalid(
                        path.field("expirationSeconds"), seconds, "may not specify a duration less than 10 minutes");
            }
            if (seconds != null && seconds > 1L << 32) {
                errors.invalid(
                        path.field("expirationSeconds"),
                        seconds,
                        "may not specify a duration larger than 2^32 seconds");
            }
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        validate(updated, context, errors);
        ObjectValue spec = updated.objectOrEmpty("spec");
        ObjectValue before = current.objectOrEmpty("spec");
        FieldChecks.immutable(
                spec.get("attachRequired"), before.get("attachRequired"), SPEC.field("attachedRequired"), errors);
        FieldChecks.immutable(
                spec.get("volumeLifecycleModes"),
                before.get("volumeLifecycleModes"),
                SPEC.field("volumeLifecycleModes"),
                errors);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        ObjectValue spec = object.objectOrEmpty("spec");
        boolean warned = !spec.arrayOrEmpty("tokenRequests").isEmpty() && !spec.has("serviceAccountTokenInSecrets");
        return warned ? WARNED : List.of();
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        ArrayValue now = updated.objectOrEmpty("spec").arrayOrEmpty("tokenRequests");
        return now.equals(current.objectOrEmpty("spec").arrayOrEmpty("tokenRequests"))
                ? List.of()
                : warningsOnCreate(updated, context);
    }
}

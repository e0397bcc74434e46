// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.pod.PodWarnings;
import io.apiserver4j.kinds.pod.SpecDiff;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Persistent volumes: their source stays; the status knows when the phase changed. */
public final class PersistentVolumeRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final String MOUNT_OPTIONS = "volume.beta.kubernetes.io/mount-options";
    private static final String CHANGED = "lastPhaseTransitionTime";

    private static final Set<String> MOUNTABLE = Set.of(
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "glusterfs",
            "nfs",
            "rbd",
            "quobyte",
            "iscsi",
            "cinder",
            "cephfs",
            "azureFile",
            "vsphereVolume",
            "azureDisk",
            "photonPersistentDisk");

    /** All members of a spec that are no source. */
    private static final Set<String> COMMON = Set.of(
            "capacity",
            "accessModes",
            "claimRef",
            "persistentVolumeReclaimPolicy",
            "storageClassName",
            "mountOptions",
            "volumeMode",
            "nodeAffinity",
            "volumeAttributesClassName");

    private static final Map<String, String> DEPRECATED = new LinkedHashMap<>();

    static {
        DEPRECATED.put("cephfs", "spec.cephfs: deprecated in v1.28, non-functional in v1.31+");
        DEPRECATED.put(
                "photonPersistentDisk", "spec.photonPersistentDisk: deprecated in v1.11, non-functional in v1.16+");
        DEPRECATED.put("scaleIO", "spec.scaleIO: deprecated in v1.16, non-functional in v1.22+");
        DEPRECATED.put("storageos", "spec.storageOS: deprecated in v1.22, non-functional in v1.25+");
        DEPRECATED.put("glusterfs", "spec.glusterfs: deprecated in v1.25, non-functional in v1.26+");
        DEPRECATED.put("rbd", "spec.rbd: deprecated in v1.28, non-functional in v1.31+");
    }

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return object.with("status", ObjectValue.of("phase", Value.of("Pending"), CHANGED, time(context.now())));
    }

    private static Value time(Instant now) {
        return Value.of(Timestamp.format(now));
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        if (!context.subresource().equals("status")) {
            return updated;
        }
        ObjectValue status = updated.objectOrEmpty("status");
        ObjectValue before = current.objectOrEmpty("status");
        boolean samePhase = status.stringOrEmpty("phase").equals(before.stringOrEmpty("phase"));
        if (samePhase) {
            return status.has(CHANGED) || !before.has(CHANGED)
                    ? updated
                    : updated.with("status", status.withOrWithout(CHANGED, before.get(CHANGED)));
        }
        boolean told = status.has(CHANGED) && !Objects.equals(status.get(CHANGED), before.get(CHANGED));
        return told ? updated : updated.with("status", status.with(CHANGED, time(context.now())));
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        check(object, false, errors);
        mountOptions(object, errors);
    }

    private static void check(ObjectValue volume, boolean allowInvalidValues, FieldErrors errors) {
        PersistentVolumeSpecRules.check(
                volume.objectOrEmpty("spec"),
                volume.objectOrEmpty("metadata").stringOrEmpty("name"),
                false,
                allowInvalidValues,
                SPEC,
                errors);
    }

    private static void mountOptions(ObjectValue volume, FieldErrors errors) {
        ObjectValue spec = volume.objectOrEmpty("spec");
        if (volume.objectAt("metadata", "annotations").has(MOUNT_OPTIONS)
                && MOUNTABLE.stream().noneMatch(spec::has)) {
            errors.forbidden(
                    ValuePath.of("metadata", "annotations", MOUNT_OPTIONS),
                    "may not specify mount options for this volume type");
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            return;
        }
        boolean lenient = hasInvalidValues(current);
        check(updated, lenient, errors);
        mountOptions(updated, errors);
        // Kubernetes checks the whole once more; the texts are told once, the causes twice
        check(updated, lenient, errors);
        ObjectValue before = source(current.objectOrEmpty("spec"));
        ObjectValue now = expandable(source(updated.objectOrEmpty("spec")), before);
        if (!now.equals(before)) {
            errors.forbidden(
                    SPEC.field("persistentvolumesource"),
                    "spec.persistentvolumesource is immutable after creation\n"
                            + SpecDiff.of("core.PersistentVolumeSource", before, now));
        }
        ObjectValue spec = updated.objectOrEmpty("spec");
        ObjectValue kept = current.objectOrEmpty("spec");
        FieldChecks.immutable(spec.get("volumeMode"), kept.get("volumeMode"), ValuePath.of("volumeMode"), errors);
        if (kept.has("volumeAttributesClassName") && !spec.has("volumeAttributesClassName")) {
            errors.forbidden(SPEC.field("volumeAttributesClassName"), "update from non-nil value to nil is forbidden");
        }
    }

    private static boolean hasInvalidValues(ObjectValue volume) {
        for (ObjectValue term : volume.objectAt("spec", "nodeAffinity", "required")
                .arrayOrEmpty("nodeSelectorTerms")
                .objects()) {
            for (ObjectValue expression : term.arrayOrEmpty("matchExpressions").objects()) {
                if (expression.arrayOrEmpty("values").strings().stream().anyMatch(v -> !NameRules.isLabelValue(v))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static ObjectValue source(ObjectValue spec) {
        ObjectValue out = spec;
        for (String name : COMMON) {
            out = out.without(name);
        }
        return out;
    }

    /** A secret for growing may be added where there was none. */
    private static ObjectValue expandable(ObjectValue now, ObjectValue before) {
        String secret = "controllerExpandSecretRef";
        boolean added = before.has("csi")
                && !before.objectOrEmpty("csi").has(secret)
                && now.objectOrEmpty("csi").has(secret);
        return added ? now.withoutAt("csi", secret) : now;
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> out = new ArrayList<>();
        ObjectValue annotations = object.objectAt("metadata", "annotations");
        if (annotations.has(PersistentVolumeClaimRules.BETA_CLASS)) {
            out.add("metadata.annotations[" + PersistentVolumeClaimRules.BETA_CLASS
                    + "]: deprecated since v1.8; use \"storageClassName\" attribute instead");
        }
        if (annotations.has(MOUNT_OPTIONS)) {
            out.add("metadata.annotations[" + MOUNT_OPTIONS
                    + "]: deprecated since v1.31; use \"mountOptions\" attribute instead");
        }
        ObjectValue spec = object.objectOrEmpty("spec");
        if (spec.stringOrEmpty("persistentVolumeReclaimPolicy").equals("Recycle")) {
            out.add("spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the"
                    + " recommended approach is to use dynamic provisioning.");
        }
        List<ObjectValue> terms = spec.objectAt("nodeAffinity", "required")
                .arrayOrEmpty("nodeSelectorTerms")
                .objects();
        ValuePath path = SPEC.fields("nodeAffinity", "required", "nodeSelectorTerms");
        for (int i = 0; i < terms.size(); i++) {
            out.addAll(PodWarnings.ofNodeTerm(terms.get(i), false, path.index(i)));
        }
        DEPRECATED.forEach((source, text) -> {
            if (spec.has(source)) {
                out.add(text);
            }
        });
        return out;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().isEmpty() ? warningsOnCreate(updated, context) : List.of();
    }
}

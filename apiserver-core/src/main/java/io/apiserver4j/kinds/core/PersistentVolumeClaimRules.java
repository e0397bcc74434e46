// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.ClaimSources;
import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.pod.ClaimSpecRules;
import io.apiserver4j.kinds.pod.ResourceRules;
import io.apiserver4j.kinds.pod.SpecDiff;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Volume claims: what may change of them once they are made. */
public final class PersistentVolumeClaimRules implements KindRules {
    static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final ValuePath STATUS = ValuePath.of("status");
    private static final ValuePath REQUEST = SPEC.fields("resources", "requests", "storage");
    private static final List<String> RESIZE_STATES = List.of(
            "ControllerResizeInProgress",
            "ControllerResizeInfeasible",
            "NodeResizeInProgress",
            "NodeResizeInfeasible",
            "NodeResizePending");

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        ObjectValue out = object.with("status", ObjectValue.of("phase", Value.of("Pending")));
        return withSources(out, null);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        if (context.subresource().isEmpty()) {
            return withSources(updated, current);
        }
        boolean hadHealth = current.objectOrEmpty("status").has("healthStatus");
        return hadHealth ? updated : updated.withoutAt("status", "healthStatus");
    }

    /**
     * Brings both ways of naming a source into line. Sources that old servers did not know are dropped from the old field
     * alone; sources in other namespaces are behind a gate that is off.
     */
    private static ObjectValue withSources(ObjectValue claim, @Nullable ObjectValue current) {
        ObjectValue before = current == null ? ObjectValue.EMPTY : current.objectOrEmpty("spec");
        ObjectValue spec = claim.objectOrEmpty("spec");
        ObjectValue reference = spec.getObject("dataSourceRef");
        if (reference != null && !reference.stringOrEmpty("namespace").isEmpty() && !before.has("dataSourceRef")) {
            spec = spec.without("dataSourceRef");
        }
        boolean had = before.has("dataSource") || before.has("dataSourceRef");
        if (!had && !spec.has("dataSourceRef") && !isOldSource(spec.objectOrEmpty("dataSource"))) {
            spec = spec.without("dataSource");
        }
        ObjectValue joined = ClaimSources.same(spec);
        return joined == claim.objectOrEmpty("spec") ? claim : claim.with("spec", joined);
    }

    private static boolean isOldSource(ObjectValue source) {
        String group = source.stringOrEmpty("apiGroup");
        return switch (source.stringOrEmpty("kind")) {
            case "PersistentVolumeClaim" -> group.isEmpty();
            case "VolumeSnapshot" -> group.equals("snapshot.storage.k8s.io");
            default -> false;
        };
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ClaimSpecRules.check(object.objectOrEmpty("spec"), false, false, SPEC, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            status(updated, errors);
            return;
        }
        ObjectValue spec = updated.objectOrEmpty("spec");
        ObjectValue before = ClaimSources.same(current.objectOrEmpty("spec"));
        ClaimSpecRules.check(spec, hasBrokenSelector(before), namesGroup(before), SPEC, errors);
        unchanged(updated, spec, before, current, errors);
        notSmaller(spec, before, current, errors);
        FieldChecks.immutable(spec.get("volumeMode"), before.get("volumeMode"), ValuePath.of("volumeMode"), errors);
        attributesKept(spec, before, current, errors);
    }

    private static boolean hasBrokenSelector(ObjectValue spec) {
        FieldErrors found = new FieldErrors();
        ObjectValue selector = spec.getObject("selector");
        if (selector != null) {
            EmbeddedRules.labelSelector(selector, EmbeddedRules.Leniency.NONE, SPEC, found);
        }
        return !found.isEmpty();
    }

    private static boolean namesGroup(ObjectValue spec) {
        return spec.objectOrEmpty("dataSource").getString("apiGroup") != null
                || spec.objectOrEmpty("dataSourceRef").getString("apiGroup") != null;
    }

    /** Only the size and the attributes of bound claims may change, and what was open may be filled in once. */
    private static void unchanged(
            ObjectValue claim, ObjectValue spec, ObjectValue before, ObjectValue current, FieldErrors errors) {
        ObjectValue compared = spec;
        ObjectValue base = before;
        if (before.stringOrEmpty("volumeName").isEmpty()) {
            base = base.withOrWithout("volumeName", spec.get("volumeName"));
        }
        String betaNow = beta(claim);
        String betaBefore = beta(current);
        String className = spec.getString("storageClassName");
        boolean open = !before.has("storageClassName") && className != null;
        boolean fromAnnotation = open
                && betaBefore != null
                && betaBefore.equals(className)
                && (betaNow == null || betaNow.equals(betaBefore));
        if (fromAnnotation) {
            compared = compared.without("storageClassName");
        } else {
            if (!Objects.equals(text(betaNow), text(betaBefore))) {
                errors.invalid(
                        ValuePath.of("metadata", "annotations", BETA_CLASS), text(betaNow), FieldChecks.IMMUTABLE);
            }
            if (open && (betaBefore == null || betaBefore.equals(className))) {
                compared = compared.withOrWithout("storageClassName", before.get("storageClassName"));
            }
        }
        if (claim.objectOrEmpty("status").stringOrEmpty("phase").equals("Bound")) {
            compared = sized(compared, before);
            compared = compared.withOrWithout("volumeAttributesClassName", before.get("volumeAttributesClassName"));
        }
        if (!same(compared, base)) {
            errors.forbidden(
                    SPEC,
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for"
                            + " bound claims\n" + SpecDiff.of("core.PersistentVolumeClaimSpec", base, compared));
        }
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String beta(ObjectValue claim) {
        return claim.objectAt("metadata", "annotations").getString(BETA_CLASS);
    }

    private static ObjectValue sized(ObjectValue spec, ObjectValue before) {
        Value size = before.at("resources", "requests", "storage");
        if (spec.at("resources", "requests") == null) {
            return spec;
        }
        return size == null
                ? spec.withoutAt("resources", "requests", "storage")
                : spec.withAt(size, "resources", "requests", "storage");
    }

    /** Equal as Kubernetes has it: amounts by what they are worth, empty things as missing ones, in no order of members. */
    private static boolean same(ObjectValue one, ObjectValue other) {
        TreeSet<String> names = new TreeSet<>();
        one.forEach(member -> names.add(member.key()));
        other.forEach(member -> names.add(member.key()));
        for (String name : names) {
            boolean equal = name.equals("resources")
                    ? sameAmounts(one.objectOrEmpty(name), other.objectOrEmpty(name))
                    : !FieldChecks.changed(one.get(name), other.get(name));
            if (!equal) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameAmounts(ObjectValue one, ObjectValue other) {
        for (String member : List.of("limits", "requests")) {
            ObjectValue left = one.objectOrEmpty(member);
            ObjectValue right = other.objectOrEmpty(member);
            if (left.size() != right.size()) {
                return false;
            }
            for (ObjectValue.Member amount : left) {
                if (!right.has(amount.key())
                        || amount(left, amount.key()).compareTo(amount(right, amount.key())) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Quantity amount(ObjectValue amounts, String name) {
        String text = amounts.getString(name);
        return text == null ? Quantity.ZERO : Quantity.parse(text);
    }

    /** A claim whose growth failed may ask for less again, but for more than it has. */
    private static void notSmaller(ObjectValue spec, ObjectValue before, ObjectValue current, FieldErrors errors) {
        Quantity now = amount(spec.objectAt("resources", "requests"), "storage");
        Quantity then = amount(before.objectAt("resources", "requests"), "storage");
        Quantity real = amount(current.objectAt("status", "capacity"), "storage");
        if (now.compareTo(then) < 0 && now.compareTo(real) <= 0) {
            errors.forbidden(REQUEST, "field can not be less than status.capacity");
        }
    }

    private static void attributesKept(ObjectValue spec, ObjectValue before, ObjectValue current, FieldErrors errors) {
        String field = "volumeAttributesClassName";
        if (!FieldChecks.changed(spec.get(field), before.get(field))
                || !current.objectOrEmpty("status").has("currentVolumeAttributesClassName")) {
            return;
        }
        String now = spec.getString(field);
        if (now == null || now.isEmpty()) {
            errors.forbidden(
                    SPEC.field(field),
                    "update to " + (now == null ? "nil" : "empty string")
                            + " is forbidden when status.currentVolumeAttributesClassName is not nil");
        }
    }

    private static void status(ObjectValue claim, FieldErrors errors) {
        if (claim.objectOrEmpty("spec").arrayOrEmpty("accessModes").isEmpty()) {
            errors.required(ValuePath.of("Spec", "accessModes"), "");
        }
        ObjectValue status = claim.objectOrEmpty("status");
        ObjectValue capacity = status.objectOrEmpty("capacity");
        for (ObjectValue.Member member : capacity) {
            PersistentVolumeSpecRules.basic(
                    amount(capacity, member.key()), STATUS.field("capacity").key(member.key()), errors);
        }
        for (ObjectValue.Member state : status.objectOrEmpty("allocatedResourceStatuses")) {
            ValuePath path = STATUS.field("allocatedResourceStatuses");
            resource(state.key(), path, errors);
            if (!RESIZE_STATES.contains(String.valueOf(state.value().asString()))) {
                errors.notSupportedShown(path, FieldErrors.json(state.key()), RESIZE_STATES);
            }
        }
        ObjectValue allocated = status.objectOrEmpty("allocatedResources");
        for (ObjectValue.Member member : allocated) {
            ValuePath path = STATUS.field("allocatedResources");
            Quantity amount = amount(allocated, member.key());
            if (resource(member.key(), path, errors)
                    && PersistentVolumeSpecRules.basic(amount, path.key(member.key()), errors)) {
                ResourceRules.amount("storage", amount, path.key(member.key()), errors);
            }
        }
    }

    private static boolean resource(String name, ValuePath path, FieldErrors errors) {
        List<String> problems = NameRules.qualifiedName(name);
        errors.invalidAll(path, name, problems);
        if (!problems.isEmpty()) {
            return false;
        }
        if (ResourceRules.isNative(name) && !name.equals("storage")) {
            errors.notSupported(path, name, List.of("storage"));
            return false;
        }
        return true;
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> out = new ArrayList<>();
        if (beta(object) != null) {
            out.add("metadata.annotations[" + BETA_CLASS
                    + "]: deprecated since v1.8; use \"storageClassName\" attribute instead");
        }
        for (String member : List.of("requests", "limits")) {
            Quantity amount = amount(object.objectAt("spec", "resources", member), "storage");
            if (amount.milliValue() % 1000 != 0) {
                out.add("spec.resources." + member + "[storage]: fractional byte value "
                        + GoText.quote(amount.toString()) + " is invalid, must be an integer");
            }
        }
        return out;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().isEmpty() ? warningsOnCreate(updated, context) : List.of();
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.kinds.DeclaredRules;
import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.pod.AffinityRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** ResourceSlices: the devices that a driver has in a pool, or counters that devices share, and where they are. */
public final class ResourceSliceRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final String ONE_OF =
            "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is required";
    private static final int MAX_DEVICES = 128;
    private static final int MAX_ADVANCED_DEVICES = 64;
    private static final int MAX_COUNTER_SETS = 8;
    private static final int MAX_COUNTERS = 32;

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return object.update("spec", DisabledFields::ofSlice);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return updated.update("spec", DisabledFields::ofSlice);
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        spec(object.objectOrEmpty("spec"), null, errors);
        DeclaredRules.check("ResourceSlice", object, null, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        spec(updated.objectOrEmpty("spec"), current.objectOrEmpty("spec"), errors);
        DeclaredRules.check("ResourceSlice", updated, current, errors);
    }

    private static void spec(ObjectValue spec, @Nullable ObjectValue before, FieldErrors errors) {
        DeviceNames.driver(spec.stringOrEmpty("driver"), SPEC.field("driver"), errors);
        pool(spec.objectOrEmpty("pool"), SPEC.field("pool"), errors);
        if (before != null) {
            FieldChecks.immutableTexts(
                    spec.objectOrEmpty("pool"), before.objectOrEmpty("pool"), SPEC.field("pool"), errors, "name");
            FieldChecks.immutableTexts(spec, before, SPEC, errors, "driver");
            FieldChecks.immutable(spec.get("nodeName"), before.get("nodeName"), SPEC.field("nodeName"), errors);
        }
        place(spec, errors);
        ArrayValue devices = spec.arrayOrEmpty("devices");
        if (spec.getArray("sharedCounters") != null && spec.getArray("devices") != null) {
            errors.invalid(SPEC, "", "only one of `sharedCounters` or `devices` is allowed");
        }
        devices(devices, before, spec.isTrue("perDeviceNodeSelection"), errors);
        ArrayValue counters = spec.arrayOrEmpty("sharedCounters");
        for (int i = 0; i < counters.size() && counters.size() <= MAX_COUNTER_SETS; i++) {
            int size = counters.objectAt(i).objectOrEmpty("counters").size();
            if (size > MAX_COUNTERS) {
                errors.tooMany(SPEC.field("sharedCounters").index(i).field("counters"), size, MAX_COUNTERS);
            }
        }
    }

    private static void pool(ObjectValue pool, ValuePath path, FieldErrors errors) {
        DeviceNames.pool(pool.stringOrEmpty("name"), path.field("name"), errors);
        long count = pool.longOr("resourceSliceCount", 0);
        if (count <= 0) {
            errors.invalid(path.field("resourceSliceCount"), count, "must be greater than zero");
        }
        long generation = pool.longOr("generation", 0);
        if (generation < 0) {
            errors.invalid(path.field("generation"), generation, "must be greater than or equal to zero");
        }
    }

    private static void place(ObjectValue spec, FieldErrors errors) {
        List<String> set = new ArrayList<>();
        String node = spec.getString("nodeName");
        if (node != null && node.isEmpty()) {
            errors.invalid(SPEC.field("nodeName"), node, "must be either unset or set to a non-empty string");
        } else if (node != null) {
            set.add("`nodeName`");
            errors.invalidAll(SPEC.field("nodeName"), node, NameRules.dns1123Subdomain(node));
        }
        ObjectValue selector = spec.getObject("nodeSelector");
        if (selector != null) {
            set.add("`nodeSelector`");
            AffinityRules.nodeSelector(selector, false, SPEC.field("nodeSelector"), errors);
            ArrayValue terms = selector.arrayOrEmpty("nodeSelectorTerms");
            if (terms.size() != 1) {
                errors.invalidShown(
                        SPEC.fields("nodeSelector", "nodeSelectorTerms"),
                        InternalForm.shown("[]core.NodeSelectorTerm", selector.get("nodeSelectorTerms")),
                        "must have exactly one node selector term");
            }
        }
        for (String name : List.of("allNodes", "perDeviceNodeSelection")) {
            if (spec.isTrue(name)) {
                set.add("`" + name + "`");
            } else if (spec.get(name) == BooleanValue.FALSE) {
                errors.invalid(SPEC.field(name), Value.of(false), "must be either unset or set to true");
            }
        }
        if (set.isEmpty()) {
            errors.required(SPEC, ONE_OF);
        } else if (set.size() > 1) {
            errors.invalid(SPEC, "{" + String.join(", ", set) + "}", ONE_OF + ", but multiple fields are set");
        }
    }

    private static void devices(
            ArrayValue devices, @Nullable ObjectValue before, boolean selected, FieldErrors errors) {
        ValuePath path = SPEC.field("devices");
        boolean advanced = devices.objects().stream().anyMatch(DeviceRules::isAdvanced);
        int most = advanced ? MAX_ADVANCED_DEVICES : MAX_DEVICES;
        if (devices.size() > most) {
            errors.tooMany(path, devices.size(), most);
            return;
        }
        for (int i = 0; i < devices.size(); i++) {
            ObjectValue device = devices.objectAt(i);
            DeviceRules.check(device, named(before, device.stringOrEmpty("name")), selected, path.index(i), errors);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < devices.size(); i++) {
            String name = devices.objectAt(i).stringOrEmpty("name");
            if (!seen.add(name)) {
                errors.duplicate(path.index(i), name);
            }
        }
    }

    private static @Nullable ObjectValue named(@Nullable ObjectValue spec, String name) {
        return spec == null
                ? null
                : spec.arrayOrEmpty("devices").objects().stream()
                        .filter(device -> device.stringOrEmpty("name").equals(name))
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        String driver = object.objectOrEmpty("spec").stringOrEmpty("driver");
        return driver.equals(driver.toLowerCase(Locale.ROOT))
                ? List.of()
                : List.of("spec.driver: driver names should be lowercase; " + GoText.quote(driver)
                        + " contains uppercase characters");
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return warningsOnCreate(updated, context);
    }
}

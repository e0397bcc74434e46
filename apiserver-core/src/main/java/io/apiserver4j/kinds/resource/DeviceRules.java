// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.pod.AffinityRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One device of a slice: its attributes, capacities, taints and counters, and the node it is on. */
final class DeviceRules {
    private static final int MAX_PROPERTIES = 32;
    private static final int MAX_VALUES = 48;
    private static final int MAX_TAINTS = 16;
    private static final int MAX_CONSUMPTIONS = 2;
    private static final int MAX_COUNTERS = 32;
    private static final int MAX_VALUE_BYTES = 64;
    private static final String NUMBER = "(0|[1-9]\\d*)";
    private static final String PRE_RELEASE = "(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final Pattern VERSION = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(-" + PRE_RELEASE
            + "(\\." + PRE_RELEASE + ")*)?(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?");
    private static final String ONE_OF = "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when"
            + " `perDeviceNodeSelection` is set to true in the ResourceSlice spec";

    private DeviceRules() {}

    /** True for devices of which a slice may have fewer. */
    static boolean isAdvanced(ObjectValue device) {
        return !device.arrayOrEmpty("taints").isEmpty()
                || !device.arrayOrEmpty("consumesCounters").isEmpty();
    }

    static void check(
            ObjectValue device, @Nullable ObjectValue before, boolean selected, ValuePath path, FieldErrors errors) {
        DeviceNames.label(device.stringOrEmpty("name"), path.field("name"), errors);
        ObjectValue attributes = device.objectOrEmpty("attributes");
        ObjectValue capacity = device.objectOrEmpty("capacity");
        int properties = attributes.size() + capacity.size();
        if (properties > MAX_PROPERTIES) {
            errors.invalid(
                    path,
                    properties,
                    "the total number of attributes and capacities must not exceed " + MAX_PROPERTIES);
        }
        if (attributes.size() > MAX_VALUES) {
            errors.invalid(
                    path, attributes.size(), "the total number of attribute values must not exceed " + MAX_VALUES);
        }
        attributes(attributes, path.field("attributes"), errors);
        if (before == null || FieldChecks.changed(device.get("capacity"), before.get("capacity"))) {
            capacities(capacity, device.isTrue("allowMultipleAllocations"), path.field("capacity"), errors);
        }
        if (before == null || FieldChecks.changed(device.get("taints"), before.get("taints"))) {
            taints(device.arrayOrEmpty("taints"), path.field("taints"), errors);
        }
        ArrayValue consumed = device.arrayOrEmpty("consumesCounters");
        for (int i = 0; i < consumed.size() && consumed.size() <= MAX_CONSUMPTIONS; i++) {
            int counters = consumed.objectAt(i).objectOrEmpty("counters").size();
            if (counters > MAX_COUNTERS) {
                errors.tooMany(path.field("consumesCounters").index(i).field("counters"), counters, MAX_COUNTERS);
            }
        }
        place(device, selected, path, errors);
        DeviceTaints.bindingConditions(device, path, errors);
    }

    private static void attributes(ObjectValue attributes, ValuePath path, FieldErrors errors) {
        for (ObjectValue.Member member : attributes.sorted()) {
            DeviceNames.qualified(member.key(), path, errors);
            ObjectValue attribute = attributes.objectOrEmpty(member.key());
            ValuePath at = path.key(DeviceNames.shownKey(member.key()));
            String text = attribute.getString("string");
            if (text != null && GoText.byteLength(text) > MAX_VALUE_BYTES) {
                errors.tooLong(at.field("string"), MAX_VALUE_BYTES);
            }
            String version = attribute.getString("version");
            if (version != null && !VERSION.matcher(version).matches()) {
                errors.invalid(at.field("version"), version, "must be a string compatible with semver.org spec 2.0.0");
            }
            if (version != null && GoText.byteLength(version) > MAX_VALUE_BYTES) {
                errors.tooLong(at.field("version"), MAX_VALUE_BYTES);
            }
        }
    }

    private static void capacities(ObjectValue capacities, boolean shared, ValuePath path, FieldErrors errors) {
        for (ObjectValue.Member member : capacities.sorted()) {
            DeviceNames.qualified(member.key(), path, errors);
            ObjectValue capacity = capacities.objectOrEmpty(member.key());
            ObjectValue policy = capacity.getObject("requestPolicy");
            ValuePath at = path.key(DeviceNames.shownKey(member.key())).field("requestPolicy");
            if (policy != null && shared) {
                CapacityPolicies.check(policy, capacity.stringOrEmpty("value"), at, errors);
            } else if (policy != null) {
                errors.forbidden(at, "allowMultipleAllocations must be true");
            }
        }
    }

    private static void taints(ArrayValue taints, ValuePath path, FieldErrors errors) {
        if (taints.size() > MAX_TAINTS) {
            errors.tooMany(path, taints.size(), MAX_TAINTS);
            return;
        }
        for (int i = 0; i < taints.size(); i++) {
            DeviceTaints.taint(taints.objectAt(i), path.index(i), errors);
        }
    }

    private static void place(ObjectValue device, boolean selected, ValuePath path, FieldErrors errors) {
        String node = device.getString("nodeName");
        ObjectValue selector = device.getObject("nodeSelector");
        boolean any = node != null || selector != null || device.get("allNodes") instanceof BooleanValue;
        if (!selected) {
            if (any) {
                errors.invalidShown(
                        path,
                        "null",
                        "`nodeName`, `nodeSelector` and `allNodes` can only be set if `perDeviceNodeSelection` is set to"
                                + " true in the ResourceSlice spec");
            }
            return;
        }
        List<String> set = new ArrayList<>();
        if (node != null && node.isEmpty()) {
            errors.invalid(path.field("nodeName"), node, "must not be empty");
        } else if (node != null) {
            set.add("`nodeName`");
            errors.invalidAll(path.field("nodeName"), node, NameRules.dns1123Subdomain(node));
        }
        if (selector != null) {
            set.add("`nodeSelector`");
            AffinityRules.nodeSelector(selector, false, path.field("nodeSelector"), errors);
        }
        if (device.isTrue("allNodes")) {
            set.add("`allNodes`");
        } else if (device.get("allNodes") == BooleanValue.FALSE) {
            errors.invalid(path.field("allNodes"), Value.of(false), "must be either unset or set to true");
        }
        if (set.isEmpty()) {
            errors.required(path, ONE_OF);
        } else if (set.size() > 1) {
            errors.invalid(path, "{" + String.join(", ", set) + "}", ONE_OF);
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.kinds.pod.AffinityRules;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The status of a claim: what was allocated, for whom it is reserved, and what drivers say of devices. */
final class ClaimStatus {
    private static final ValuePath STATUS = ValuePath.of("status");
    private static final int MAX_RESERVED = 256;
    private static final int MAX_RESULTS = 32;
    private static final int MAX_CONFIGURATIONS = 64;
    private static final int MAX_CONDITIONS = 8;
    private static final int MAX_DATA = 10 * 1024;
    private static final int MAX_IPS = 16;

    private ClaimStatus() {}

    /** The status without devices that are allocated no more. */
    static ObjectValue withoutDeallocated(ObjectValue updated, ObjectValue current) {
        ObjectValue status = updated.objectOrEmpty("status");
        Set<String> gone = allocated(current.objectOrEmpty("status"));
        gone.removeAll(allocated(status));
        ArrayValue devices = status.arrayOrEmpty("devices");
        List<Value> kept = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            if (!gone.contains(key(devices.objectAt(i)))) {
                kept.add(devices.get(i));
            }
        }
        if (kept.size() == devices.size() && !devices.isEmpty() || !status.has("devices")) {
            return updated;
        }
        return updated.with(
                "status", kept.isEmpty() ? status.without("devices") : status.with("devices", ArrayValue.of(kept)));
    }

    private static Set<String> allocated(ObjectValue status) {
        Set<String> keys = new HashSet<>();
        status.objectAt("allocation", "devices")
                .arrayOrEmpty("results")
                .objects()
                .forEach(result -> keys.add(key(result)));
        return keys;
    }

    private static String key(ObjectValue device) {
        String share = device.stringOrEmpty("shareID");
        return device.stringOrEmpty("driver") + "/" + device.stringOrEmpty("pool") + "/"
                + device.stringOrEmpty("device") + (share.isEmpty() ? "" : "/" + share);
    }

    static void check(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        ObjectValue status = updated.objectOrEmpty("status");
        ArrayValue reserved = status.arrayOrEmpty("reservedFor");
        for (int i = 0; i < reserved.size() && reserved.size() <= MAX_RESERVED; i++) {
            for (String name : List.of("resource", "name", "uid")) {
                if (reserved.objectAt(i).stringOrEmpty(name).isEmpty()) {
                    errors.required(STATUS.field("reservedFor").index(i).field(name), "");
                }
            }
        }
        Set<String> allocated = allocated(status);
        ArrayValue devices = status.arrayOrEmpty("devices");
        for (int i = 0; i < devices.size(); i++) {
            device(devices.objectAt(i), allocated, STATUS.field("devices").index(i), errors);
        }
        ObjectValue allocation = status.getObject("allocation");
        reservations(updated, current, errors);
        if (allocation != null && current.objectOrEmpty("status").getObject("allocation") == null) {
            allocation(
                    allocation,
                    RequestNames.of(updated.objectAt("spec", "devices")),
                    STATUS.field("allocation"),
                    errors);
        }
    }

    private static void reservations(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        ObjectValue status = updated.objectOrEmpty("status");
        ArrayValue reserved = status.arrayOrEmpty("reservedFor");
        if (reserved.isEmpty()) {
            return;
        }
        if (status.getObject("allocation") == null) {
            errors.forbidden(STATUS.field("reservedFor"), "may not be specified when `allocated` is not set");
            return;
        }
        boolean deleted = updated.objectOrEmpty("metadata").getString("deletionTimestamp") != null;
        List<Value> before =
                current.objectOrEmpty("status").arrayOrEmpty("reservedFor").items();
        if (deleted && !before.containsAll(reserved.items())) {
            errors.forbidden(
                    STATUS.field("reservedFor"),
                    "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are set");
        }
    }

    private static void device(ObjectValue device, Set<String> allocated, ValuePath path, FieldErrors errors) {
        DeviceNames.driver(device.stringOrEmpty("driver"), path.field("driver"), errors);
        DeviceNames.pool(device.stringOrEmpty("pool"), path.field("pool"), errors);
        DeviceNames.label(device.stringOrEmpty("device"), path.field("device"), errors);
        if (!allocated.contains(key(device))) {
            ObjectValue shown = ObjectValue.builder()
                    .put("Driver", device.stringOrEmpty("driver"))
                    .put("Pool", device.stringOrEmpty("pool"))
                    .put("Device", device.stringOrEmpty("device"))
                    .put("ShareID", device.stringOrEmpty("shareID"))
                    .build();
            errors.invalidShown(path, shown.toString(), "must be an allocated device in the claim");
        }
        ArrayValue conditions = device.arrayOrEmpty("conditions");
        if (conditions.size() > MAX_CONDITIONS) {
            errors.tooMany(path.field("conditions"), conditions.size(), MAX_CONDITIONS);
        }
        EmbeddedRules.conditions(conditions, path.field("conditions"), errors);
        Value data = device.get("data");
        if (data != null) {
            DeviceSelection.rawObject(data, false, MAX_DATA, path.field("data"), errors);
        }
        List<String> ips =
                device.objectOrEmpty("networkData").arrayOrEmpty("ips").strings();
        for (int i = 0; i < ips.size() && ips.size() <= MAX_IPS; i++) {
            errors.invalidAll(
                    path.fields("networkData", "ips").index(i), ips.get(i), IpRules.interfaceAddress(ips.get(i)));
        }
    }

    private static void allocation(ObjectValue allocation, RequestNames names, ValuePath path, FieldErrors errors) {
        ObjectValue devices = allocation.objectOrEmpty("devices");
        ArrayValue results = devices.arrayOrEmpty("results");
        for (int i = 0; i < results.size() && results.size() <= MAX_RESULTS; i++) {
            ObjectValue result = results.objectAt(i);
            ValuePath at = path.fields("devices", "results").index(i);
            names.reference(result.stringOrEmpty("request"), at.field("request"), errors);
            DeviceNames.label(result.stringOrEmpty("device"), at.field("device"), errors);
            DeviceTaints.bindingConditions(result, at, errors);
            DeviceTaints.tolerations(result, at, errors);
        }
        ArrayValue configurations = devices.arrayOrEmpty("config");
        for (int i = 0; i < configurations.size() && configurations.size() <= MAX_CONFIGURATIONS; i++) {
            ValuePath at = path.fields("devices", "config").index(i);
            names.references(configurations.objectAt(i), at, errors);
            DeviceSelection.configuration(configurations.objectAt(i), false, at, errors);
        }
        ObjectValue selector = allocation.getObject("nodeSelector");
        if (selector != null) {
            AffinityRules.nodeSelector(selector, false, path.field("nodeSelector"), errors);
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** What a claim asks for: requests of devices, constraints among them, and configurations. */
final class DeviceClaimRules {
    private static final int MAX_REQUESTS = 32;
    private static final int MAX_ALTERNATIVES = 8;
    private static final int MAX_CONSTRAINTS = 32;
    private static final Choice MODES = Choice.of("All", "ExactCount");
    private static final String EITHER = "exactly one of `exactly` or `firstAvailable` is required";

    private DeviceClaimRules() {}

    /** Checks the {@code devices} of a spec. */
    static void check(ObjectValue devices, ValuePath path, FieldErrors errors) {
        ArrayValue requests = devices.arrayOrEmpty("requests");
        for (int i = 0; i < requests.size() && requests.size() <= MAX_REQUESTS; i++) {
            request(requests.objectAt(i), path.field("requests").index(i), errors);
        }
        RequestNames names = RequestNames.of(devices);
        ArrayValue constraints = devices.arrayOrEmpty("constraints");
        for (int i = 0; i < constraints.size() && constraints.size() <= MAX_CONSTRAINTS; i++) {
            constraint(constraints.objectAt(i), names, path.field("constraints").index(i), errors);
        }
        ArrayValue configurations = devices.arrayOrEmpty("config");
        for (int i = 0; i < configurations.size() && configurations.size() <= DeviceSelection.MAX_CONFIGURATIONS; i++) {
            ObjectValue configuration = configurations.objectAt(i);
            ValuePath at = path.field("config").index(i);
            names.references(configuration, at, errors);
            DeviceSelection.configuration(configuration, false, at, errors);
        }
    }

    private static void request(ObjectValue request, ValuePath path, FieldErrors errors) {
        DeviceNames.label(request.stringOrEmpty("name"), path.field("name"), errors);
        ObjectValue exactly = request.getObject("exactly");
        ArrayValue alternatives = request.arrayOrEmpty("firstAvailable");
        if (exactly == null && alternatives.isEmpty()) {
            errors.required(path, EITHER);
        } else if (exactly != null && !alternatives.isEmpty()) {
            errors.invalidShown(path, "null", EITHER + ", but multiple fields are set");
        } else if (exactly != null) {
            String deviceClass = exactly.stringOrEmpty("deviceClassName");
            ValuePath at = path.field("exactly");
            if (deviceClass.isEmpty()) {
                errors.required(at.field("deviceClassName"), "");
            } else {
                errors.invalidAll(at.field("deviceClassName"), deviceClass, NameRules.dns1123Subdomain(deviceClass));
            }
            wanted(exactly, at, errors);
        } else {
            for (int i = 0; i < alternatives.size() && alternatives.size() <= MAX_ALTERNATIVES; i++) {
                ValuePath at = path.field("firstAvailable").index(i);
                DeviceNames.label(alternatives.objectAt(i).stringOrEmpty("name"), at.field("name"), errors);
                wanted(alternatives.objectAt(i), at, errors);
            }
        }
    }

    /** What both forms of a request say alike. */
    private static void wanted(ObjectValue request, ValuePath path, FieldErrors errors) {
        DeviceSelection.selectors(request.arrayOrEmpty("selectors"), false, path.field("selectors"), errors);
        String mode = request.stringOrEmpty("allocationMode");
        long count = request.longOr("count", 0);
        if (mode.isEmpty()) {
            MODES.check(mode, path.field("allocationMode"), errors); // others are refused by declaration
        } else if (mode.equals("All") && count != 0) {
            errors.invalid(path.field("count"), count, "must not be specified when allocationMode is 'All'");
        } else if (mode.equals("ExactCount") && count <= 0) {
            errors.invalid(path.field("count"), count, "must be greater than zero");
        }
        DeviceTaints.tolerations(request, path, errors);
    }

    private static void constraint(ObjectValue constraint, RequestNames names, ValuePath path, FieldErrors errors) {
        names.references(constraint, path, errors);
        boolean given = List.of("matchAttribute", "distinctAttribute").stream()
                .anyMatch(name -> constraint.getString(name) != null);
        if (!given) {
            // the words are Kubernetes' own, although no field is set
            errors.required(
                    path,
                    "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but multiple fields are"
                            + " set");
        }
    }
}

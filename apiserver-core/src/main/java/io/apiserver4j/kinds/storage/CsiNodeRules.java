// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.storage;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.pod.Part;
import io.apiserver4j.kinds.pod.VolumeSourceRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What drivers of CSI there are on a node. Their health, which the status would hold, is behind a gate that is off. */
public final class CsiNodeRules implements KindRules {
    private static final ValuePath DRIVERS = ValuePath.of("spec", "drivers");
    private static final int MAX_NODE_ID = 256;

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        boolean hadHealth = current.objectOrEmpty("status").has("storageHealth");
        boolean sets = context.subresource().equals("status")
                && updated.objectOrEmpty("status").has("storageHealth");
        return sets && !hadHealth ? updated.withoutAt("status", "storageHealth") : updated;
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        List<ObjectValue> drivers = drivers(object);
        for (int i = 0; i < drivers.size(); i++) {
            driver(new Part(drivers.get(i), DRIVERS.index(i), errors), names);
        }
    }

    private static List<ObjectValue> drivers(ObjectValue node) {
        return node.objectOrEmpty("spec").arrayOrEmpty("drivers").objects();
    }

    private static void driver(Part driver, Set<String> names) {
        FieldErrors errors = driver.errors();
        VolumeSourceRules.driver(driver, "name");
        driver.require("nodeID");
        if (GoText.byteLength(driver.text("nodeID")) > MAX_NODE_ID) {
            driver.invalid("nodeID", "must be " + MAX_NODE_ID + " characters or less");
        }
        driver.part("allocatable").notNegative("count");
        if (!names.add(driver.text("name"))) {
            errors.duplicate(driver.at("name"), driver.text("name"));
        }
        Set<String> keys = new HashSet<>();
        for (String key : driver.texts("topologyKeys")) {
            if (key.isEmpty()) {
                errors.required(driver.path(), "");
            }
            if (!keys.add(key)) {
                errors.duplicate(driver.path(), key);
            }
            errors.invalidAll(driver.path(), key, NameRules.qualifiedName(key));
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            return;
        }
        validate(updated, context, errors);
        for (ObjectValue before : drivers(current)) {
            for (ObjectValue now : drivers(updated)) {
                if (now.stringOrEmpty("name").equals(before.stringOrEmpty("name"))) {
                    FieldChecks.immutable(
                            now.without("allocatable"),
                            before.without("allocatable"),
                            "storage.CSINodeDriver",
                            DRIVERS,
                            errors);
                }
            }
        }
    }
}

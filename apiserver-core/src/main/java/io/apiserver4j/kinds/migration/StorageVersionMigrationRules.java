// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.migration;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** Migrations of a resource's objects to the version that is stored today. */
public final class StorageVersionMigrationRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final ValuePath RESOURCE = SPEC.field("resource");
    private static final ValuePath STATUS = ValuePath.of("status");
    private static final ValuePath CONDITIONS = STATUS.field("conditions");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectValue resource = object.objectAt("spec", "resource");
        String name = resource.stringOrEmpty("resource");
        if (name.isEmpty()) {
            errors.required(RESOURCE.field("resource"), "resource is required to be set");
        } else {
            joined(RESOURCE.field("resource"), name, NameRules.dns1035Label(name), errors);
        }
        String group = resource.stringOrEmpty("group");
        if (!group.isEmpty()) {
            joined(RESOURCE.field("group"), group, NameRules.dns1123Subdomain(group), errors);
        }
    }

    private static void joined(ValuePath path, String text, List<String> problems, FieldErrors errors) {
        if (!problems.isEmpty()) {
            errors.invalid(path, text, String.join(",", problems));
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            status(updated.objectOrEmpty("status"), current.objectOrEmpty("status"), errors);
            return;
        }
        validate(updated, context, errors);
        FieldChecks.immutable(
                updated.get("spec"), current.get("spec"), "storagemigration.StorageVersionMigrationSpec", SPEC, errors);
    }

    private static void status(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        String version = updated.stringOrEmpty("resourceVersion");
        ValuePath versionPath = STATUS.field("resourceVersion");
        String problem = versionProblem(version);
        if (!problem.isEmpty()) {
            errors.invalid(versionPath, version, problem);
        }
        ArrayValue conditions = updated.arrayOrEmpty("conditions");
        EmbeddedRules.conditions(conditions, CONDITIONS, errors);
        String versionBefore = current.stringOrEmpty("resourceVersion");
        if (!versionBefore.isEmpty() && !versionBefore.equals(version)) {
            errors.invalid(versionPath, version, FieldChecks.IMMUTABLE);
        }
        boolean succeeded = isTrue(updated, "Succeeded");
        boolean failed = isTrue(updated, "Failed");
        if (succeeded && failed) {
            errors.invalid(
                    CONDITIONS, conditions, "Both success and failed conditions cannot be true at the same time");
        }
        String shown = conditions.isEmpty() ? "null" : conditions.toString();
        if (isTrue(current, "Succeeded") && !succeeded) {
            errors.invalidShown(CONDITIONS, shown, "Success condition cannot be set to false once it is true");
        }
        if (isTrue(current, "Failed") && !failed) {
            errors.invalidShown(CONDITIONS, shown, "Failed condition cannot be set to false once it is true");
        }
    }

    /** What keeps a text from being a resource version, or the empty text. */
    private static String versionProblem(String version) {
        if (version.isEmpty() || version.chars().allMatch(c -> c >= '0' && c <= '9') && !version.startsWith("0")) {
            return "";
        }
        return "resource version is not well formed: " + version;
    }

    private static boolean isTrue(ObjectValue status, String type) {
        for (ObjectValue condition : status.arrayOrEmpty("conditions").objects()) {
            if (condition.stringOrEmpty("type").equals(type)) {
                return condition.stringOrEmpty("status").equals("True");
            }
        }
        return false;
    }
}

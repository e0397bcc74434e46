// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiregistration;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.Base64;
import java.util.List;

/**
 * APIServices: named after their version and group, served by a service or by this server itself. One that this server serves
 * is available from the start.
 */
public final class ApiServiceRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final Choice CONDITION_STATUS = new Choice(List.of("True", "False", "Unknown"));
    private static final int MAX_GROUP_PRIORITY = 20_000;
    private static final int MAX_VERSION_PRIORITY = 1000;

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        if (object.objectOrEmpty("spec").getObject("service") != null) {
            return object;
        }
        ObjectValue available = ObjectValue.builder()
                .put("type", "Available")
                .put("status", "True")
                .put("lastTransitionTime", Timestamp.format(context.now()))
                .put("reason", "Local")
                .put("message", "Local APIServices are always available")
                .build();
        return object.with("status", ObjectValue.of("conditions", ArrayValue.of(available)));
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        names(ObjectMeta.of(object), spec, errors);
        within(spec, "groupPriorityMinimum", MAX_GROUP_PRIORITY, errors);
        within(spec, "versionPriority", MAX_VERSION_PRIORITY, errors);
        ObjectValue service = spec.getObject("service");
        if (service == null) {
            local(spec, errors);
        } else {
            service(service, SPEC.field("service"), errors);
            if (spec.isTrue("insecureSkipTLSVerify")
                    && !spec.stringOrEmpty("caBundle").isEmpty()) {
                insecure("may not be true if caBundle is present", errors);
            }
        }
    }

    private static void names(ObjectMeta meta, ObjectValue spec, FieldErrors errors) {
        String group = spec.stringOrEmpty("group");
        String version = spec.stringOrEmpty("version");
        String wanted = version + "." + group;
        String detail = "must be `spec.version+\".\"+spec.group`: " + GoText.quote(wanted);
        ValuePath metadata = ValuePath.of("metadata");
        for (String name : List.of("generateName", "name")) {
            String given = meta.tree().stringOrEmpty(name);
            if (!given.isEmpty()
                    && !given.equals(wanted)
                    && NameRules.pathSegmentName(given).isEmpty()) {
                errors.invalid(metadata.field(name), given, detail);
            }
        }
        if (!group.isEmpty()) {
            errors.invalidAll(SPEC.field("group"), group, NameRules.dns1123Subdomain(group));
        } else if (!version.equals("v1")) {
            errors.required(SPEC.field("group"), "only v1 may have an empty group and it better be legacy kube");
        }
        errors.invalidAll(SPEC.field("version"), version, NameRules.dns1035Label(version));
    }

    private static void within(ObjectValue spec, String name, int maximum, FieldErrors errors) {
        long number = spec.longOr(name, 0);
        if (number <= 0 || number > maximum) {
            errors.invalid(SPEC.field(name), number, "must be positive and less than " + maximum);
        }
    }

    private static void local(ObjectValue spec, FieldErrors errors) {
        String bundle = spec.stringOrEmpty("caBundle");
        if (!bundle.isEmpty()) {
            int bytes = Base64.getMimeDecoder().decode(bundle).length;
            errors.invalid(SPEC.field("caBundle"), bytes + " bytes", "local APIServices may not have a caBundle");
        }
        if (spec.isTrue("insecureSkipTLSVerify")) {
            insecure("local APIServices may not have insecureSkipTLSVerify", errors);
        }
    }

    private static void insecure(String detail, FieldErrors errors) {
        errors.invalid(SPEC.field("insecureSkipTLSVerify"), Value.of(true), detail);
    }

    private static void service(ObjectValue service, ValuePath path, FieldErrors errors) {
        for (String name : List.of("namespace", "name")) {
            if (service.stringOrEmpty(name).isEmpty()) {
                errors.required(path.field(name), "");
            }
        }
        long port = service.longOr("port", 0);
        List<String> problems = NameRules.portNumber(port);
        if (!problems.isEmpty()) {
            errors.invalid(path.field("port"), port, "port is not valid: " + String.join(", ", problems));
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().isEmpty()) {
            validate(updated, context, errors);
            return;
        }
        ArrayValue conditions = updated.objectOrEmpty("status").arrayOrEmpty("conditions");
        for (int i = 0; i < conditions.size(); i++) {
            CONDITION_STATUS.check(
                    conditions.objectAt(i).stringOrEmpty("status"),
                    ValuePath.of("status", "conditions").index(i).field("status"),
                    errors);
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.networking;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.meta.NameRule;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Objects;

/** IP addresses: the name is the address, and whom it belongs to stays. */
public final class IpAddressRules implements KindRules {
    private static final ValuePath PARENT = ValuePath.of("spec", "parentRef");
    private static final List<String> MEMBERS = List.of("resource", "name", "namespace");
    private static final List<String> REQUIRED = List.of("resource", "name");

    @Override
    public NameRule nameRule() {
        return (name, prefix) -> IpRules.ip(name);
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectValue parent = object.objectOrEmpty("spec").getObject("parentRef");
        if (parent == null) {
            errors.required(PARENT, "");
            return;
        }
        group(parent, errors);
        for (String member : MEMBERS) {
            segment(parent, member, errors);
        }
        // rules that are declared with the type come after those that are written by hand
        for (String member : REQUIRED) {
            required(parent, member, errors);
        }
    }

    private static void group(ObjectValue parent, FieldErrors errors) {
        String group = parent.stringOrEmpty("group");
        if (!group.isEmpty()) {
            errors.invalidAll(PARENT.field("group"), group, NameRules.dns1123Subdomain(group));
        }
    }

    private static void segment(ObjectValue parent, String member, FieldErrors errors) {
        String text = parent.stringOrEmpty(member);
        if (!text.isEmpty()) {
            errors.invalidAll(PARENT.field(member), text, NameRules.pathSegmentName(text));
        }
    }

    private static void required(ObjectValue parent, String member, FieldErrors errors) {
        if (parent.stringOrEmpty(member).isEmpty()) {
            errors.required(PARENT.field(member), "");
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        ObjectValue is = updated.objectOrEmpty("spec").getObject("parentRef");
        if (Objects.equals(is, current.objectOrEmpty("spec").getObject("parentRef"))) {
            return;
        }
        if (is == null) {
            errors.required(PARENT, "");
        } else {
            group(is, errors);
            for (String member : MEMBERS) {
                segment(is, member, errors);
                if (REQUIRED.contains(member)) {
                    required(is, member, errors);
                }
            }
        }
        errors.invalidShown(PARENT, "null", FieldChecks.IMMUTABLE);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.AddressRules;
import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.Cidr;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Nodes, and their status. A main update is checked as a new node, too, as in the real server. */
public final class NodeRules implements KindRules {
    private static final ValuePath POD_CIDRS = ValuePath.of("spec", "podCIDRs");
    private static final ValuePath TAINTS = ValuePath.of("metadata", "taints");
    private static final List<String> EFFECTS = List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final String UNCHANGED_CIDR = "node updates may not change podCIDR except from \"\" to valid";

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return object.withoutAt("spec", "configSource")
                .withoutAt("spec", "podPreemptionPolicy")
                .withoutAt("status", "config");
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().equals("status")
                ? unlessKept(updated, current, "status", "config")
                : unlessKept(
                        unlessKept(updated, current, "spec", "configSource"), current, "spec", "podPreemptionPolicy");
    }

    /** Fields of features that are gone, or not on, stay only where they are. */
    private static ObjectValue unlessKept(ObjectValue updated, ObjectValue current, String part, String member) {
        return current.objectOrEmpty(part).has(member) ? updated : updated.withoutAt(part, member);
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        taints(object, errors);
        NodeStatusRules.amounts(object, errors);
        NodeStatusRules.swap(object, errors);
        NodeStatusRules.features(object, errors);
        List<String> networks = podCidrs(object);
        for (int i = 0; i < networks.size(); i++) {
            AddressRules.legacyCidr(POD_CIDRS.index(i), networks.get(i), List.of(), errors);
        }
        if (networks.size() > 1) {
            oneOfEach(networks, errors);
        }
    }

    private static List<String> podCidrs(ObjectValue node) {
        return node.objectOrEmpty("spec").arrayOrEmpty("podCIDRs").strings();
    }

    private static void oneOfEach(List<String> networks, FieldErrors errors) {
        Set<Boolean> families = new HashSet<>();
        for (String text : networks) {
            Cidr network = Cidr.parse(text);
            if (network == null) {
                errors.internal(
                        POD_CIDRS,
                        "invalid PodCIDRs. failed to check with dual stack with error:invalid CIDR address: " + text);
                families.clear();
                break;
            }
            families.add(network.isIpv4());
        }
        if (families.size() != 2 || networks.size() > 2) {
            errors.invalidShown(
                    POD_CIDRS, FieldErrors.json(networks), "may specify no more than one CIDR for each IP family");
        }
    }

    private static void taints(ObjectValue node, FieldErrors errors) {
        List<ObjectValue> taints =
                node.objectOrEmpty("spec").arrayOrEmpty("taints").objects();
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < taints.size(); i++) {
            ObjectValue taint = taints.get(i);
            ValuePath path = TAINTS.index(i);
            String key = taint.stringOrEmpty("key");
            String value = taint.stringOrEmpty("value");
            String effect = taint.stringOrEmpty("effect");
            errors.invalidAll(path.field("key"), key, NameRules.qualifiedName(key));
            List<String> problems = NameRules.labelValue(value);
            if (!problems.isEmpty()) {
                errors.invalid(path.field("value"), value, String.join(";", problems));
            }
            if (effect.isEmpty()) {
                errors.required(path.field("effect"), "");
            } else if (!EFFECTS.contains(effect)) {
                errors.notSupportedShown(path.field("effect"), FieldErrors.json(effect), EFFECTS);
            }
            if (!seen.add(List.of(effect, key))) {
                errors.duplicateShown(
                        path, InternalForm.shown("core.Taint", taint), "taints must be unique by key and effect pair");
            }
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().isEmpty()) {
            validate(updated, context, errors);
        }
        NodeStatusRules.amounts(updated, errors);
        NodeStatusRules.features(updated, errors);
        NodeStatusRules.addresses(updated, errors);
        changed(updated, current, errors);
        taints(updated, errors);
        if (!externalId(updated).equals(externalId(current))) {
            errors.forbidden(ValuePath.of("spec", "externalID"), "may not be updated");
        }
    }

    private static String externalId(ObjectValue node) {
        return node.objectOrEmpty("spec").stringOrEmpty("externalID");
    }

    private static void changed(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        List<String> is = podCidrs(updated);
        List<String> was = podCidrs(current);
        if (!was.isEmpty() && is.size() != was.size()) {
            errors.forbidden(POD_CIDRS, UNCHANGED_CIDR);
        } else {
            for (int i = 0; i < was.size(); i++) {
                if (!is.get(i).equals(was.get(i))) {
                    errors.forbidden(POD_CIDRS, UNCHANGED_CIDR);
                }
            }
        }
        String provider = updated.objectOrEmpty("spec").stringOrEmpty("providerID");
        String before = current.objectOrEmpty("spec").stringOrEmpty("providerID");
        if (!before.isEmpty() && !provider.equals(before)) {
            errors.invalidShown(
                    ValuePath.of("spec", "providerID"),
                    "null",
                    provider.isEmpty() ? "field cannot be cleared once set" : "field cannot be modified once set");
        }
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> out = new ArrayList<>();
        if (object.objectOrEmpty("spec").has("configSource")) {
            out.add("spec.configSource: the feature is removed");
        }
        if (!externalId(object).isEmpty()) {
            out.add("spec.externalID: this field is deprecated, and is unused by Kubernetes");
        }
        List<String> networks = podCidrs(object);
        for (int i = 0; i < networks.size(); i++) {
            out.addAll(IpRules.cidrWarnings(POD_CIDRS.index(i), networks.get(i)));
        }
        return out;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().isEmpty() ? warningsOnCreate(updated, context) : List.of();
    }
}

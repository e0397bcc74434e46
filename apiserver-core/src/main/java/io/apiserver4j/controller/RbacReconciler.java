// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.authz.PolicyRule;
import io.apiserver4j.authz.RbacBootstrap;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the default roles and bindings in shape: makes what is missing, and gives back to those that are there what they
 * lost (rules, selectors, subjects, labels). More than that stays; so does everything of objects whose annotation says that
 * they are not to be updated.
 */
public final class RbacReconciler {
    private static final Logger LOG = LoggerFactory.getLogger(RbacReconciler.class);
    private static final String GROUP = "rbac.authorization.k8s.io";

    private RbacReconciler() {}

    /**
     * Does it once.
     *
     * @param client repairs what is there
     * @param writer makes what is missing
     */
    public static void ensure(LocalClient client, BootstrapWriter writer) {
        for (RbacBootstrap.Item item : RbacBootstrap.items()) {
            String resource = item.resource() + "." + GROUP;
            StoredObject current = writer.find(resource, item.namespace(), item.name());
            if (current == null) {
                writer.create(resource, item.object(), "kube-apiserver");
                continue;
            }
            LocalClient.Answer answer = repair(client, item, current.tree());
            if (answer != null && !answer.isSuccess()) {
                LOG.warn("{} {} is not in shape: {}", item.resource(), item.name(), answer.message());
            }
        }
    }

    private static String collection(RbacBootstrap.Item item) {
        return "/apis/" + GROUP + "/v1/"
                + (item.namespace().isEmpty() ? "" : "namespaces/" + item.namespace() + "/")
                + item.resource();
    }

    private static LocalClient.@Nullable Answer repair(
            LocalClient client, RbacBootstrap.Item item, ObjectValue current) {
        if (current.objectAt("metadata", "annotations")
                .stringOrEmpty(RbacBootstrap.AUTO_UPDATE)
                .equals("false")) {
            return null;
        }
        String path = collection(item) + "/" + item.name();
        boolean binding = item.resource().endsWith("bindings");
        if (binding && !item.object().objectOrEmpty("roleRef").equals(current.objectOrEmpty("roleRef"))) {
            client.delete(path, null);
            return client.create(collection(item), item.object());
        }
        ObjectValue repaired = binding ? binding(current, item.object()) : role(current, item.object());
        repaired = merged(merged(repaired, item.object(), "labels"), item.object(), "annotations");
        return repaired.equals(current) ? null : client.update(path, repaired);
    }

    private static ObjectValue role(ObjectValue current, ObjectValue wanted) {
        ObjectValue out = current;
        List<PolicyRule> missing = PolicyRule.uncovered(PolicyRule.ofRole(current), PolicyRule.ofRole(wanted));
        if (!missing.isEmpty()) {
            List<Value> rules = new ArrayList<>(current.arrayOrEmpty("rules").items());
            missing.forEach(rule -> rules.add(rule.toObject()));
            out = out.with("rules", ArrayValue.of(rules));
        }
        ObjectValue aggregation = wanted.getObject("aggregationRule");
        if (aggregation == null) {
            return out.without("aggregationRule");
        }
        return joined(out, aggregation.arrayOrEmpty("clusterRoleSelectors"), "aggregationRule", "clusterRoleSelectors");
    }

    private static ObjectValue binding(ObjectValue current, ObjectValue wanted) {
        return joined(current, wanted.arrayOrEmpty("subjects"), "subjects");
    }

    /** An object with what a list of it is missing. */
    private static ObjectValue joined(ObjectValue object, ArrayValue wanted, String... path) {
        Value found = object.at(path);
        ArrayValue list = found == null ? null : found.asArray();
        List<Value> all = new ArrayList<>(list == null ? List.of() : list.items());
        int before = all.size();
        wanted.items().stream().filter(one -> !all.contains(one)).forEach(all::add);
        return all.size() == before ? object : object.withAt(ArrayValue.of(all), path);
    }

    /** An object with the labels or annotations that it is missing; its own values stay. */
    private static ObjectValue merged(ObjectValue object, ObjectValue wanted, String member) {
        ObjectValue out = object;
        ObjectValue has = object.objectAt("metadata", member);
        for (ObjectValue.Member one : wanted.objectAt("metadata", member)) {
            if (!has.has(one.key())) {
                out = out.withAt(one.value(), "metadata", member, one.key());
            }
        }
        return out;
    }
}

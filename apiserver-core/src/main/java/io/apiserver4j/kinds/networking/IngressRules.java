// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.networking;

import io.apiserver4j.kinds.AddressRules;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** Ingresses: hosts, paths and where they lead. What old objects had wrong may stay wrong. */
public final class IngressRules implements KindRules {
    private static final String CLASS = "kubernetes.io/ingress.class";
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final ValuePath POINTS = ValuePath.of("status", "loadBalancer", "ingress");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        spec(spec, false, false, errors);
        String annotated = ObjectMeta.of(object).annotations().getString(CLASS);
        String named = spec.getString("ingressClassName");
        if (annotated != null && named != null && !annotated.equals(named)) {
            errors.invalid(
                    ValuePath.of("annotations").field(CLASS),
                    annotated,
                    "must match `ingressClassName` when both are specified");
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            balancer(updated, current, errors);
            return;
        }
        ObjectValue before = current.objectOrEmpty("spec");
        spec(updated.objectOrEmpty("spec"), hasInvalidSecret(before), hasInvalidWildcardRule(before), errors);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        boolean annotated = ObjectMeta.of(object).annotations().has(CLASS);
        return annotated && !object.objectOrEmpty("spec").has("ingressClassName")
                ? List.of("annotation \"" + CLASS + "\" is deprecated, please use 'spec.ingressClassName' instead")
                : List.of();
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().equals("status") ? AddressRules.balancerWarnings(updated) : List.of();
    }

    private static void spec(ObjectValue spec, boolean anySecret, boolean anyWildcardRule, FieldErrors errors) {
        List<ObjectValue> rules = spec.arrayOrEmpty("rules").objects();
        ObjectValue backend = spec.getObject("defaultBackend");
        if (rules.isEmpty() && backend == null) {
            String shown = spec.getArray("rules") == null ? "null" : "[]";
            errors.invalidShown(SPEC, shown, "either `defaultBackend` or `rules` must be specified");
        }
        if (backend != null) {
            IngressPathRules.backend(backend, SPEC.field("defaultBackend"), errors);
        }
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), anyWildcardRule, SPEC.field("rules").index(i), errors);
        }
        List<ObjectValue> tls = spec.arrayOrEmpty("tls").objects();
        for (int i = 0; i < tls.size(); i++) {
            tls(tls.get(i), anySecret, SPEC.field("tls").index(i), errors);
        }
        String name = spec.getString("ingressClassName");
        if (name != null) {
            errors.invalidAll(SPEC.field("ingressClassName"), name, NameRules.dns1123Subdomain(name));
        }
    }

    private static void rule(ObjectValue rule, boolean anyWildcardRule, ValuePath path, FieldErrors errors) {
        String host = rule.stringOrEmpty("host");
        if (!host.isEmpty()) {
            AddressRules.notAnAddress(path.field("host"), host, errors);
            host(host, path.field("host"), errors);
        }
        if (!anyWildcardRule || !host.contains("*")) {
            IngressPathRules.http(rule, path, errors);
        }
    }

    private static void host(String host, ValuePath path, FieldErrors errors) {
        errors.invalidAll(
                path,
                host,
                host.contains("*") ? NameRules.wildcardDns1123Subdomain(host) : NameRules.dns1123Subdomain(host));
    }

    private static void tls(ObjectValue tls, boolean anySecret, ValuePath path, FieldErrors errors) {
        List<String> hosts = tls.arrayOrEmpty("hosts").strings();
        for (int i = 0; i < hosts.size(); i++) {
            host(hosts.get(i), path.field("hosts").index(i), errors);
        }
        if (!anySecret) {
            String secret = tls.stringOrEmpty("secretName");
            errors.invalidAll(path.field("secretName"), secret, secretProblems(secret));
        }
    }

    private static List<String> secretProblems(String secret) {
        return secret.isEmpty() ? List.of() : NameRules.dns1123Subdomain(secret);
    }

    private static boolean hasInvalidSecret(ObjectValue spec) {
        return spec.arrayOrEmpty("tls").objects().stream()
                .anyMatch(
                        tls -> !secretProblems(tls.stringOrEmpty("secretName")).isEmpty());
    }

    private static boolean hasInvalidWildcardRule(ObjectValue spec) {
        for (ObjectValue rule : spec.arrayOrEmpty("rules").objects()) {
            FieldErrors problems = new FieldErrors();
            IngressPathRules.http(rule, SPEC, problems);
            if (rule.stringOrEmpty("host").contains("*") && !problems.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static void balancer(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        List<String> known = AddressRules.balancerIps(points(current));
        List<ObjectValue> points = points(updated);
        for (int i = 0; i < points.size(); i++) {
            String ip = points.get(i).stringOrEmpty("ip");
            if (!ip.isEmpty()) {
                AddressRules.legacyIp(POINTS.index(i).field("ip"), ip, known, errors);
            }
            AddressRules.balancerName(
                    POINTS.index(i).field("hostname"), points.get(i).stringOrEmpty("hostname"), errors);
        }
    }

    private static List<ObjectValue> points(ObjectValue ingress) {
        return ingress.objectAt("status", "loadBalancer")
                .arrayOrEmpty("ingress")
                .objects();
    }
}

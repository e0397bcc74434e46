// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.admissionregistration;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which requests a webhook or a policy looks at. */
final class MatchRules {
    static final Choice FAILURE_POLICIES = Choice.of("Ignore", "Fail");
    static final Choice MATCH_POLICIES = Choice.of("Exact", "Equivalent");
    static final Choice REINVOCATION_POLICIES = Choice.of("Never", "IfNeeded");

    private static final String ALL = "*";
    private static final Choice OPERATIONS = Choice.of(ALL, "CREATE", "UPDATE", "DELETE", "CONNECT");
    private static final Choice MUTATING_OPERATIONS = Choice.of(ALL, "CREATE", "UPDATE", "CONNECT");
    private static final Choice SCOPES = Choice.of("Cluster", "Namespaced", ALL);

    private MatchRules() {}

    /** The rules of a webhook. */
    static void rules(ArrayValue rules, ValuePath path, FieldErrors errors) {
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.objectAt(i), path.index(i), errors);
        }
    }

    private static void rule(ObjectValue rule, ValuePath path, FieldErrors errors) {
        List<String> operations = rule.arrayOrEmpty("operations").strings();
        allOrSome(operations, "operations", path.field("operations"), errors);
        for (int i = 0; i < operations.size(); i++) {
            OPERATIONS.check(operations.get(i), path.field("operations").index(i), errors);
        }
        List<String> groups = rule.arrayOrEmpty("apiGroups").strings();
        allOrSome(groups, "API groups", path.field("apiGroups"), errors);
        List<String> versions = rule.arrayOrEmpty("apiVersions").strings();
        allOrSome(versions, "API versions", path.field("apiVersions"), errors);
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i).isEmpty()) {
                errors.required(path.field("apiVersions").index(i), "");
            }
        }
        resources(rule.arrayOrEmpty("resources").strings(), path.field("resources"), errors);
        SCOPES.check(rule, "scope", path, errors);
    }

    private static void allOrSome(List<String> values, String others, ValuePath path, FieldErrors errors) {
        if (values.isEmpty()) {
            errors.required(path, "");
        }
        if (values.size() > 1 && values.contains(ALL)) {
            errors.invalidShown(path, FieldErrors.json(values), "if '*' is present, must not specify other " + others);
        }
    }

    private static void resources(List<String> resources, ValuePath path, FieldErrors errors) {
        if (resources.isEmpty()) {
            errors.required(path, "");
        }
        Set<String> withAllSubresources = new HashSet<>();
        Set<String> ofAllResources = new HashSet<>();
        boolean plainLast = false; // Kubernetes looks at the last one without a slash only
        for (int i = 0; i < resources.size(); i++) {
            String text = resources.get(i);
            int slash = text.indexOf('/');
            if (text.isEmpty()) {
                errors.required(path.index(i), "");
            } else if (slash < 0) {
                plainLast = !text.equals(ALL);
            } else {
                String resource = text.substring(0, slash);
                String subresource = text.substring(slash + 1);
                if (withAllSubresources.contains(resource)) {
                    covered(text, resource + "/*", path.index(i), errors);
                }
                if (ofAllResources.contains(subresource)) {
                    covered(text, "*/" + subresource, path.index(i), errors);
                }
                if (subresource.equals(ALL)) {
                    withAllSubresources.add(resource);
                }
                if (resource.equals(ALL)) {
                    ofAllResources.add(subresource);
                }
            }
        }
        if (resources.size() > 1 && resources.contains("*/*")) {
            errors.invalidShown(
                    path, FieldErrors.json(resources), "if '*/*' is present, must not specify other resources");
        }
        if (resources.contains(ALL) && plainLast) {
            errors.invalidShown(
                    path,
                    FieldErrors.json(resources),
                    "if '*' is present, must not specify other resources without subresources");
        }
    }

    private static void covered(String text, String by, ValuePath path, FieldErrors errors) {
        errors.invalid(path, text, "if '" + by + "' is present, must not specify " + text);
    }

    /** What a policy or a binding matches: the policy, two selectors, rules and exceptions from them. */
    static void resources(ObjectValue match, ValuePath path, FieldErrors errors) {
        MATCH_POLICIES.require(match, "matchPolicy", path, errors);
        for (String name : List.of("namespaceSelector", "objectSelector")) {
            ObjectValue selector = match.getObject(name);
            if (selector == null) {
                errors.required(path.field(name), "");
            } else {
                EmbeddedRules.labelSelector(selector, EmbeddedRules.Leniency.NONE, path.field(name), errors);
            }
        }
        for (String name : List.of("resourceRules", "excludeResourceRules")) {
            ArrayValue rules = match.arrayOrEmpty(name);
            for (int i = 0; i < rules.size(); i++) {
                namedRule(rules.objectAt(i), path.field(name).index(i), errors);
            }
        }
    }

    private static void namedRule(ObjectValue rule, ValuePath path, FieldErrors errors) {
        List<String> names = rule.arrayOrEmpty("resourceNames").strings();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            ValuePath at = path.field("resourceNames").index(i);
            errors.invalidAll(at, names.get(i), NameRules.pathSegmentName(names.get(i)));
            if (!seen.add(names.get(i))) {
                errors.duplicate(at, names.get(i));
            }
        }
        rule(rule, path, errors);
    }

    /** Only what creates or changes can be mutated. */
    static void mutatingOperations(ObjectValue match, ValuePath path, FieldErrors errors) {
        for (ObjectValue rule : match.arrayOrEmpty("resourceRules").objects()) {
            for (String operation : rule.arrayOrEmpty("operations").strings()) {
                MUTATING_OPERATIONS.check(operation, path.fields("resourceRules", "operations"), errors);
            }
        }
    }
}

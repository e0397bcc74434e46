// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.pod.ResourceRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Resource quotas: names and amounts, and scopes that fit the resources. */
public final class ResourceQuotaRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final String UNSUPPORTED = "unsupported scope";
    private static final String MISAPPLIED = "unsupported scope applied to resource";
    private static final Set<String> COMPUTE =
            Set.of("pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory");
    private static final Set<String> CLAIMS = Set.of("persistentvolumeclaims", "requests.storage");
    private static final Set<String> EXISTING =
            Set.of("BestEffort", "NotBestEffort", "Terminating", "NotTerminating", "CrossNamespacePodAffinity");
    private static final List<List<String>> CONFLICTS =
            List.of(List.of("BestEffort", "NotBestEffort"), List.of("Terminating", "NotTerminating"));

    /** What a scope can be applied to; null for what is no scope. */
    private static @Nullable Set<String> resources(String scope) {
        return switch (scope) {
            case "Terminating", "NotTerminating", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity" ->
                COMPUTE;
            case "BestEffort" -> Set.of("pods");
            case "VolumeAttributesClass" -> CLAIMS;
            default -> null;
        };
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        spec(object, errors);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> warnings = new ArrayList<>();
        ObjectValue hard = object.objectAt("spec", "hard");
        for (String resource : List.of("cpu", "memory", "storage", "ephemeral-storage")) {
            String requests = "requests." + resource;
            if (!hard.has(requests) && (resource.equals("cpu") || resource.equals("memory"))) {
                requests = resource;
            }
            String limits = "limits." + resource;
            String request = hard.getString(requests);
            String limit = hard.getString(limits);
            if (request != null && limit != null && Quantity.parse(request).compareTo(Quantity.parse(limit)) > 0) {
                warnings.add("ResourceQuota " + requests + " (" + request + ") should be less than " + limits + " ("
                        + limit + ")");
            }
        }
        return warnings;
    }

    private static void spec(ObjectValue quota, FieldErrors errors) {
        ObjectValue spec = quota.objectOrEmpty("spec");
        amounts(spec.objectOrEmpty("hard"), SPEC.field("hard"), errors);
        scopes(spec, errors);
        ObjectValue selector = spec.getObject("scopeSelector");
        if (selector != null) {
            selector(spec, selector, errors);
        }
    }

    private static void amounts(ObjectValue amounts, ValuePath path, FieldErrors errors) {
        for (ObjectValue.Member amount : amounts) {
            String name = amount.key();
            ValuePath at = path.key(name);
            ResourceRules.name(name, at, errors);
            if (name.indexOf('/') < 0 && !isOfQuotas(name)) {
                errors.invalidShown(at, FieldErrors.json(name), "must be a standard resource for quota");
            }
            String text = amount.value().asString();
            ResourceRules.amount(name, text == null ? Quantity.ZERO : Quantity.parse(text), at, errors);
        }
    }

    /** All standard names are those of quotas, too, but for the one that only claims have. */
    private static boolean isOfQuotas(String name) {
        return !name.equals("storage") && ResourceRules.name(name, SPEC, new FieldErrors());
    }

    private static void scopes(ObjectValue spec, FieldErrors errors) {
        List<String> scopes = spec.arrayOrEmpty("scopes").strings();
        ValuePath path = SPEC.field("scopes");
        String shown = FieldErrors.json(scopes);
        for (String scope : scopes) {
            if (resources(scope) == null) {
                errors.invalidShown(path, shown, UNSUPPORTED);
            }
            misapplied(spec, scope).forEach(name -> errors.invalidShown(path, shown, MISAPPLIED));
        }
        conflicts(new HashSet<>(scopes), path, shown, errors);
    }

    /** The resources of a quota to which a scope cannot be applied. */
    private static Set<String> misapplied(ObjectValue spec, String scope) {
        Set<String> fitting = resources(scope);
        Set<String> out = new TreeSet<>();
        if (fitting != null) {
            for (ObjectValue.Member hard : spec.objectOrEmpty("hard")) {
                String name = hard.key();
                if (name.indexOf('/') < 0 && isOfQuotas(name) && !fitting.contains(name)) {
                    out.add(name);
                }
            }
        }
        return out;
    }

    private static void conflicts(Set<String> scopes, ValuePath path, String shown, FieldErrors errors) {
        for (List<String> pair : CONFLICTS) {
            if (scopes.containsAll(pair)) {
                errors.invalidShown(path, shown, "conflicting scopes");
            }
        }
    }

    private static void selector(ObjectValue spec, ObjectValue selector, FieldErrors errors) {
        ValuePath path = SPEC.field("scopeSelector").field("matchExpressions");
        Set<String> scopes = new HashSet<>();
        for (ObjectValue expression : selector.arrayOrEmpty("matchExpressions").objects()) {
            String scope = expression.stringOrEmpty("scopeName");
            if (resources(scope) == null) {
                errors.invalidShown(path.field("scopeName"), FieldErrors.json(scope), UNSUPPORTED);
            }
            misapplied(spec, scope)
                    .forEach(name ->
                            errors.invalidShown(path, InternalForm.shown("core.ScopeSelector", selector), MISAPPLIED));
            operator(expression, scope, path, errors);
            scopes.add(scope);
        }
        Value given = spec.get("scopes");
        conflicts(scopes, path, FieldErrors.shown(given), errors);
    }

    private static void operator(ObjectValue expression, String scope, ValuePath path, FieldErrors errors) {
        String operator = expression.stringOrEmpty("operator");
        List<String> values = expression.arrayOrEmpty("values").strings();
        if (EXISTING.contains(scope) && !operator.equals("Exists")) {
            errors.invalidShown(
                    path.field("operator"),
                    FieldErrors.json(operator),
                    "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
                            + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
                            + " ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
        }
        switch (operator) {
            case "In", "NotIn" -> {
                if (values.isEmpty()) {
                    errors.required(
                            path.field("values"),
                            "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!values.isEmpty()) {
                    errors.invalidShown(
                            path.field("values"),
                            FieldErrors.json(values),
                            "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }
            }
            default ->
                errors.invalidShown(
                        path.field("operator"), FieldErrors.json(operator), "not a valid selector operator");
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (context.subresource().equals("status")) {
            ObjectValue status = updated.objectOrEmpty("status");
            for (String member : List.of("hard", "used")) {
                amounts(status.objectOrEmpty(member), ValuePath.of("status", member), errors);
            }
            return;
        }
        spec(updated, errors);
        Value scopes = updated.objectOrEmpty("spec").get("scopes");
        if (!set(updated).equals(set(current))) {
            errors.invalidShown(SPEC.field("scopes"), FieldErrors.shown(scopes), FieldChecks.IMMUTABLE);
        }
    }

    private static Set<String> set(ObjectValue quota) {
        return new HashSet<>(quota.objectOrEmpty("spec").arrayOrEmpty("scopes").strings());
    }
}

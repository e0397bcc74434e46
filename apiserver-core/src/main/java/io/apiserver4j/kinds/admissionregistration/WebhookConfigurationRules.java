// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.admissionregistration;

import io.apiserver4j.admission.expression.AdmissionVariables;
import io.apiserver4j.kinds.Choice;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.WebhookClientRules;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.EmbeddedRules.Leniency;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.FieldRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * ValidatingWebhookConfigurations and MutatingWebhookConfigurations. What older servers let through, an object may keep: then
 * a change is checked by the looser rule.
 */
public final class WebhookConfigurationRules implements KindRules {
    private static final ValuePath WEBHOOKS = ValuePath.of("webhooks");
    private static final Choice SIDE_EFFECTS = Choice.of("Unknown", "None", "Some", "NoneOnDryRun");
    private static final Choice NO_SIDE_EFFECTS = Choice.of("None", "NoneOnDryRun");
    private static final List<String> REVIEW_VERSIONS = List.of("v1", "v1beta1");
    private static final int MAX_TIMEOUT = 30;
    private static final List<String> EXCLUDED = List.of(
            "selfsubjectreviews.authentication.k8s.io",
            "tokenreviews.authentication.k8s.io",
            "localsubjectaccessreviews.authorization.k8s.io",
            "selfsubjectaccessreviews.authorization.k8s.io",
            "selfsubjectrulesreviews.authorization.k8s.io",
            "subjectaccessreviews.authorization.k8s.io");

    private final boolean mutating;

    /**
     * Which strict rules count, and whether match conditions are looked at.
     *
     * @param labels how label selectors are read
     */
    private record Strictness(
            boolean conditions, boolean noSideEffects, boolean knownVersion, boolean uniqueNames, Leniency labels) {
        static final Strictness ALL = new Strictness(true, true, true, true, Leniency.NONE);

        static Strictness after(List<ObjectValue> before, List<ObjectValue> now) {
            return new Strictness(
                    !conditions(before).equals(conditions(now)),
                    before.stream().allMatch(hook -> NO_SIDE_EFFECTS.has(hook.stringOrEmpty("sideEffects"))),
                    before.stream().allMatch(Strictness::knowsVersion),
                    before.stream()
                                    .map(hook -> hook.stringOrEmpty("name"))
                                    .distinct()
                                    .count()
                            == before.size(),
                    before.stream().anyMatch(Strictness::invalidSelector) ? Leniency.INVALID_VALUES : Leniency.NONE);
        }

        private static List<ArrayValue> conditions(List<ObjectValue> webhooks) {
            return webhooks.stream()
                    .map(hook -> hook.arrayOrEmpty("matchConditions"))
                    .toList();
        }

        private static boolean knowsVersion(ObjectValue webhook) {
            List<String> versions =
                    webhook.arrayOrEmpty("admissionReviewVersions").strings();
            return versions.isEmpty() || versions.stream().anyMatch(REVIEW_VERSIONS::contains);
        }

        private static boolean invalidSelector(ObjectValue webhook) {
            FieldErrors errors = new FieldErrors();
            selectors(webhook, Leniency.NONE, ValuePath.ROOT, errors);
            return !errors.isEmpty();
        }
    }

    private WebhookConfigurationRules(boolean mutating) {
        this.mutating = mutating;
    }

    /** The rules of MutatingWebhookConfigurations. */
    public static KindRules mutating() {
        return new WebhookConfigurationRules(true);
    }

    /** The rules of ValidatingWebhookConfigurations. */
    public static KindRules validating() {
        return new WebhookConfigurationRules(false);
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        webhooks(object.arrayOrEmpty("webhooks"), Strictness.ALL, errors);
        ReservedNames.check(object, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        ArrayValue webhooks = updated.arrayOrEmpty("webhooks");
        Strictness strictness =
                Strictness.after(current.arrayOrEmpty("webhooks").objects(), webhooks.objects());
        webhooks(webhooks, strictness, errors);
    }

    private void webhooks(ArrayValue webhooks, Strictness strictness, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < webhooks.size(); i++) {
            ObjectValue webhook = webhooks.objectAt(i);
            ValuePath path = WEBHOOKS.index(i);
            webhook(webhook, strictness, path, errors);
            reviewVersions(
                    webhook.arrayOrEmpty("admissionReviewVersions").strings(),
                    strictness.knownVersion(),
                    path.field("admissionReviewVersions"),
                    errors);
            String name = webhook.stringOrEmpty("name");
            if (strictness.uniqueNames() && !name.isEmpty() && !names.add(name)) {
                errors.duplicate(path.field("name"), name);
            }
        }
    }

    private void webhook(ObjectValue webhook, Strictness strictness, ValuePath path, FieldErrors errors) {
        FieldRules.fullyQualifiedName(path.field("name"), webhook.stringOrEmpty("name"), errors);
        MatchRules.rules(webhook.arrayOrEmpty("rules"), path.field("rules"), errors);
        MatchRules.FAILURE_POLICIES.check(webhook, "failurePolicy", path, errors);
        MatchRules.MATCH_POLICIES.check(webhook, "matchPolicy", path, errors);
        Choice sideEffects = strictness.noSideEffects() ? NO_SIDE_EFFECTS : SIDE_EFFECTS;
        if (webhook.getString("sideEffects") == null) {
            errors.required(
                    path.field("sideEffects"), "must specify one of " + String.join(", ", sideEffects.supported()));
        }
        sideEffects.check(webhook, "sideEffects", path, errors);
        long timeout = webhook.longOr("timeoutSeconds", 1);
        if (timeout < 1 || timeout > MAX_TIMEOUT) {
            errors.invalid(path.field("timeoutSeconds"), timeout, "the timeout value must be between 1 and 30 seconds");
        }
        selectors(webhook, strictness.labels(), path, errors);
        if (mutating) {
            MatchRules.REINVOCATION_POLICIES.check(webhook, "reinvocationPolicy", path, errors);
        }
        WebhookClientRules.check(
                webhook.objectOrEmpty("clientConfig"),
                "exactly one of url or service is required",
                path.field("clientConfig"),
                errors);
        if (strictness.conditions()) {
            ExpressionRules.matchConditions(
                    webhook.arrayOrEmpty("matchConditions"),
                    AdmissionVariables::ofWebhook,
                    path.field("matchConditions"),
                    errors);
        }
    }

    private static void selectors(ObjectValue webhook, Leniency leniency, ValuePath path, FieldErrors errors) {
        for (String name : List.of("namespaceSelector", "objectSelector")) {
            ObjectValue selector = webhook.getObject(name);
            if (selector != null) {
                EmbeddedRules.labelSelector(selector, leniency, path.field(name), errors);
            }
        }
    }

    private static void reviewVersions(List<String> versions, boolean known, ValuePath path, FieldErrors errors) {
        String all = String.join(", ", REVIEW_VERSIONS);
        if (versions.isEmpty()) {
            errors.required(path, "must specify one of " + all);
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < versions.size(); i++) {
            String version = versions.get(i);
            if (seen.add(version)) {
                errors.invalidAll(path.index(i), version, NameRules.dns1035Label(version));
            } else {
                errors.invalid(path.index(i), version, "duplicate version");
            }
        }
        if (known && versions.stream().noneMatch(REVIEW_VERSIONS::contains)) {
            errors.invalidShown(path, FieldErrors.json(versions), "must include at least one of " + all);
        }
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        return excluded(object);
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        List<String> warnings = new ArrayList<>(ReservedNames.warnings(updated));
        warnings.addAll(excluded(updated));
        return warnings;
    }

    /** Rules that name what no webhook is asked for. */
    private static List<String> excluded(ObjectValue object) {
        List<String> warnings = new ArrayList<>();
        ArrayValue webhooks = object.arrayOrEmpty("webhooks");
        for (int i = 0; i < webhooks.size(); i++) {
            ArrayValue rules = webhooks.objectAt(i).arrayOrEmpty("rules");
            for (int j = 0; j < rules.size(); j++) {
                ValuePath path = WEBHOOKS.index(i).field("rules").index(j);
                for (String resource : excludedOf(rules.objectAt(j))) {
                    warnings.add(path + ": " + resource
                            + " is excluded from admission webhooks; this rule will have no effect");
                }
            }
        }
        return warnings;
    }

    private static List<String> excludedOf(ObjectValue rule) {
        List<String> groups = rule.arrayOrEmpty("apiGroups").strings();
        List<String> resources = rule.arrayOrEmpty("resources").strings();
        if (groups.contains("*") || resources.contains("*")) {
            return List.of();
        }
        return groups.stream()
                .flatMap(group -> resources.stream().map(resource -> resource + "." + group))
                .filter(EXCLUDED::contains)
                .distinct()
                .toList();
    }
}

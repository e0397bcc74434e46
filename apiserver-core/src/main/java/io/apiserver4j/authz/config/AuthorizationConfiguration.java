// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.config;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.KnownFields;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.value.YamlException;
import io.apiserver4j.value.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The document of kube-apiserver's {@code --authorization-config}: authorizers in the order in which they are asked.
 * Immutable.
 */
public record AuthorizationConfiguration(List<Member> members) {
    private static final List<String> TYPES = List.of("ABAC", "AlwaysAllow", "AlwaysDeny", "Node", "RBAC", "Webhook");
    private static final String GROUP = "apiserver.config.k8s.io/";
    private static final Set<String> VERSIONS = Set.of(GROUP + "v1", GROUP + "v1beta1", GROUP + "v1alpha1");

    private static final String KIND = "AuthorizationConfiguration";

    private static final KnownFields FIELDS = KnownFields.of(
            "apiVersion",
            "kind",
            "authorizers[].type",
            "authorizers[].name",
            "authorizers[].webhook.authorizedTTL",
            "authorizers[].webhook.cacheAuthorizedRequests",
            "authorizers[].webhook.unauthorizedTTL",
            "authorizers[].webhook.cacheUnauthorizedRequests",
            "authorizers[].webhook.timeout",
            "authorizers[].webhook.subjectAccessReviewVersion",
            "authorizers[].webhook.matchConditionSubjectAccessReviewVersion",
            "authorizers[].webhook.failurePolicy",
            "authorizers[].webhook.connectionInfo.type",
            "authorizers[].webhook.connectionInfo.kubeConfigFile",
            "authorizers[].webhook.matchConditions[].expression");

    /**
     * One authorizer.
     *
     * @param webhook how it is asked where its type is Webhook, otherwise null
     */
    public record Member(String type, @Nullable WebhookSettings webhook) {}

    /** Copies the list. */
    public AuthorizationConfiguration {
        members = List.copyOf(members);
    }

    /** Types of the members, in their order. */
    public List<String> types() {
        return members.stream().map(Member::type).toList();
    }

    /**
     * Reads and checks a document in YAML or JSON.
     *
     * @throws IllegalArgumentException with all that is wrong, in kube-apiserver's words
     */
    public static AuthorizationConfiguration parse(String text) {
        ObjectValue document = document(text);
        FieldErrors errors = new FieldErrors();
        List<Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> types = new HashSet<>();
        List<ObjectValue> items = document.arrayOrEmpty("authorizers").objects();
        ValuePath root = ValuePath.of("authorizers");
        if (items.isEmpty()) {
            errors.required(root, "at least one authorization mode must be defined");
        }
        for (int i = 0; i < items.size(); i++) {
            Member member = member(items.get(i), root.index(i), types, names, errors);
            if (member != null) {
                members.add(member);
            }
        }
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(errors.aggregate());
        }
        checkNames(items);
        return new AuthorizationConfiguration(members);
    }

    private static ObjectValue document(String text) {
        String failed = "failed to load AuthorizationConfiguration from file: ";
        ObjectValue document;
        try {
            document = YamlReader.read(text.getBytes(StandardCharsets.UTF_8)).asObject();
        } catch (YamlException e) {
            throw new IllegalArgumentException(failed + e.getMessage(), e);
        }
        if (document == null || document.isEmpty()) {
            return ObjectValue.EMPTY;
        }
        String kind = document.stringOrEmpty("kind");
        String version = document.stringOrEmpty("apiVersion");
        if (kind.isEmpty()) {
            throw new IllegalArgumentException(failed + "Object 'Kind' is missing");
        }
        if (!kind.equals(KIND) || !VERSIONS.contains(version)) {
            throw new IllegalArgumentException(failed + "no kind " + GoText.quote(kind) + " is registered for version "
                    + GoText.quote(version) + " in scheme");
        }
        String unknown = FIELDS.unknown(document);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(failed + unknown);
        }
        return document;
    }

    private static @Nullable Member member(
            ObjectValue item, ValuePath path, Set<String> types, Set<String> names, FieldErrors errors) {
        String type = item.stringOrEmpty("type");
        if (type.isEmpty()) {
            errors.required(path.field("type"), "");
            return null;
        }
        if (!TYPES.contains(type)) {
            errors.notSupported(path.field("type"), type, TYPES);
            return null;
        }
        if (!types.add(type) && !type.equals("Webhook")) {
            errors.duplicate(path.field("type"), type);
            return null;
        }
        checkName(item.stringOrEmpty("name"), path.field("name"), names, errors);
        ObjectValue webhook = item.getObject("webhook");
        if (!type.equals("Webhook")) {
            if (webhook != null) {
                errors.invalid(path.field("webhook"), "non-null", "may only be specified when type=Webhook");
            }
            return new Member(type, null);
        }
        if (webhook == null) {
            errors.required(path.field("webhook"), "required when type=Webhook");
            return null;
        }
        // the fields of a webhook are told without its own step, as kube-apiserver tells them
        return new Member(type, WebhookRules.read(item.stringOrEmpty("name"), webhook, path, errors));
    }

    private static void checkName(String name, ValuePath path, Set<String> names, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required(path, "");
        } else if (names.contains(name)) {
            errors.duplicate(path, name);
        } else {
            List<String> broken = NameRules.dns1123Subdomain(name);
            if (!broken.isEmpty()) {
                errors.invalid(path, name, "authorizer name is invalid: " + String.join(", ", broken));
            }
        }
        names.add(name);
    }

    private static void checkNames(List<ObjectValue> items) {
        List<String> wrong = new ArrayList<>();
        for (ObjectValue item : items) {
            String type = item.stringOrEmpty("type");
            String expected = type.toLowerCase(Locale.ROOT);
            String name = item.stringOrEmpty("name");
            if (!type.equals("Webhook") && !name.equals(expected)) {
                wrong.add("expected name " + expected + " for authorizer " + type + " instead of " + name);
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(wrong.size() == 1 ? wrong.get(0) : "[" + String.join(", ", wrong) + "]");
        }
    }
}

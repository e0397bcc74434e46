// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.config;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoDuration;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and checks the webhook of a document. */
final class WebhookRules {
    private static final int MOST_CONDITIONS = 64;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final ObjectValue webhook;
    private final ValuePath path;
    private final FieldErrors errors;

    private WebhookRules(ObjectValue webhook, ValuePath path, FieldErrors errors) {
        this.webhook = webhook;
        this.path = path;
        this.errors = errors;
    }

    static WebhookSettings read(String name, ObjectValue webhook, ValuePath path, FieldErrors errors) {
        return new WebhookRules(webhook, path, errors).settings(name);
    }

    private WebhookSettings settings(String name) {
        Duration timeout = timeout();
        Duration authorized = ttl("authorizedTTL", Duration.ofMinutes(5));
        Duration unauthorized = ttl("unauthorizedTTL", Duration.ofSeconds(30));
        String version = webhook.stringOrEmpty("subjectAccessReviewVersion");
        if (version.isEmpty()) {
            errors.required(path.field("subjectAccessReviewVersion"), "");
        } else if (!WebhookSettings.VERSIONS.contains(version)) {
            errors.notSupported(path.field("subjectAccessReviewVersion"), version, WebhookSettings.VERSIONS);
        }
        List<ObjectValue> conditions = webhook.arrayOrEmpty("matchConditions").objects();
        checkConditionVersion(!conditions.isEmpty());
        String policy = webhook.stringOrEmpty("failurePolicy");
        if (policy.isEmpty()) {
            errors.required(path.field("failurePolicy"), "");
        } else if (!policy.equals("NoOpinion") && !policy.equals("Deny")) {
            errors.notSupported(path.field("failurePolicy"), policy, List.of("NoOpinion", "Deny"));
        }
        String kubeconfig = kubeconfig();
        checkConditions(conditions);
        return new WebhookSettings(
                name,
                kubeconfig,
                timeout,
                isOn("cacheAuthorizedRequests") ? authorized : Duration.ZERO,
                isOn("cacheUnauthorizedRequests") ? unauthorized : Duration.ZERO,
                version,
                policy.equals("Deny"),
                conditions.stream().map(one -> one.stringOrEmpty("expression")).toList());
    }

    private Duration timeout() {
        Duration timeout = duration("timeout");
        if (timeout.isZero()) {
            errors.required(path.field("timeout"), "");
        } else if (timeout.isNegative() || timeout.compareTo(LONGEST) > 0) {
            errors.invalid(path.field("timeout"), GoDuration.format(timeout.toNanos()), "must be > 0s and <= 30s");
        }
        return timeout;
    }

    private Duration ttl(String field, Duration usual) {
        Duration ttl = duration(field);
        if (ttl.isNegative()) {
            errors.invalid(path.field(field), GoDuration.format(ttl.toNanos()), "must be > 0s");
        }
        return ttl.isZero() ? usual : ttl;
    }

    private Duration duration(String field) {
        try {
            String text = webhook.stringOrEmpty(field);
            return text.isEmpty() ? Duration.ZERO : Duration.ofNanos(GoDuration.parse(text));
        } catch (ScalarSyntaxException e) {
            throw new IllegalArgumentException(
                    "failed to load AuthorizationConfiguration from file: " + e.getMessage(), e);
        }
    }

    private boolean isOn(String field) {
        return !BooleanValue.FALSE.equals(webhook.get(field));
    }

    private void checkConditionVersion(boolean needed) {
        String field = "matchConditionSubjectAccessReviewVersion";
        String version = webhook.stringOrEmpty(field);
        if (version.isEmpty()) {
            if (needed) {
                errors.required(path.field(field), "required if match conditions are specified");
            }
        } else if (!version.equals("v1")) {
            errors.notSupported(path.field(field), version, List.of("v1"));
        }
    }

    private String kubeconfig() {
        ObjectValue connection = webhook.objectOrEmpty("connectionInfo");
        String type = connection.stringOrEmpty("type");
        String file = connection.getString("kubeConfigFile");
        ValuePath at = path.field("connectionInfo").field("kubeConfigFile");
        switch (type) {
            case "" -> errors.required(path.field("connectionInfo").field("type"), "");
            case "InClusterConfig" -> {
                if (file != null) {
                    errors.invalid(at, file, "can only be set when type=KubeConfigFile");
                }
            }
            case "KubeConfigFile" -> checkFile(file, at);
            default ->
                errors.notSupportedShown(
                        path.field("connectionInfo").field("type"),
                        connection.toString(),
                        List.of("InClusterConfig", "KubeConfigFile"));
        }
        return file == null ? "" : file;
    }

    private void checkFile(@Nullable String file, ValuePath at) {
        if (file == null || file.isEmpty()) {
            errors.required(at, "");
        } else if (!Path.of(file).isAbsolute()) {
            errors.invalid(at, file, "must be an absolute path");
        } else if (!Files.exists(Path.of(file))) {
            errors.invalid(at, file, "error loading file: stat " + file + ": no such file or directory");
        } else if (!Files.isRegularFile(Path.of(file))) {
            errors.invalid(at, file, "must be a regular file");
        }
    }

    private void checkConditions(List<ObjectValue> conditions) {
        ValuePath list = path.field("matchConditions");
        if (conditions.size() > MOST_CONDITIONS) {
            errors.tooMany(list, conditions.size(), MOST_CONDITIONS);
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < conditions.size(); i++) {
            String expression = conditions.get(i).stringOrEmpty("expression");
            ValuePath at = list.index(i).field("expression");
            if (expression.isBlank()) {
                errors.required(at, "");
            } else if (!seen.add(expression)) {
                errors.duplicate(at, expression);
            } else {
                try {
                    RequestConditions.compile(expression);
                } catch (IllegalArgumentException e) {
                    errors.invalid(at, expression, String.valueOf(e.getMessage()));
                }
            }
        }
    }
}

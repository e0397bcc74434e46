// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.kinds.WebhookClientRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parts of a definition beside its schemas: subresources, columns, conversion and deprecation. */
final class DefinitionParts {
    private static final Choice COLUMN_TYPES = Choice.of("integer", "number", "string", "boolean", "date");
    private static final Choice COLUMN_FORMATS =
            Choice.of("int32", "int64", "float", "double", "byte", "date", "date-time", "password");
    private static final Choice STRATEGIES = new Choice(List.of("None", "Webhook"));
    private static final List<String> REVIEW_VERSIONS = List.of("v1", "v1beta1");
    private static final int MAX_DEPRECATION = 256;

    private DefinitionParts() {}

    static boolean hasStatus(ObjectValue subresources) {
        return subresources.getObject("status") != null;
    }

    static void subresources(ObjectValue subresources, ValuePath path, FieldErrors errors) {
        ObjectValue scale = subresources.getObject("scale");
        if (scale == null) {
            return;
        }
        replicas(scale, "specReplicasPath", ".spec.", path, errors);
        replicas(scale, "statusReplicasPath", ".status.", path, errors);
        String selector = scale.stringOrEmpty("labelSelectorPath");
        ValuePath at = path.field("scale").field("labelSelectorPath");
        if (!selector.isEmpty()
                && simplePath(selector, at, errors)
                && !selector.startsWith(".spec.")
                && !selector.startsWith(".status.")) {
            errors.invalid(at, selector, "should be a json path under either .spec or .status");
        }
    }

    private static void replicas(ObjectValue scale, String name, String prefix, ValuePath path, FieldErrors errors) {
        String text = scale.stringOrEmpty(name);
        ValuePath at = path.field("scale").field(name);
        if (text.isEmpty()) {
            errors.required(at, "");
        } else if (simplePath(text, at, errors) && !text.startsWith(prefix)) {
            errors.invalid(at, text, "should be a json path under " + prefix.substring(0, prefix.length() - 1));
        }
    }

    private static boolean simplePath(String text, ValuePath path, FieldErrors errors) {
        if (text.startsWith(".")) {
            return true;
        }
        errors.invalid(path, text, "must be a simple json path starting with .");
        return false;
    }

    static void columns(ArrayValue columns, ValuePath path, FieldErrors errors) {
        for (int i = 0; i < columns.size(); i++) {
            column(columns.objectAt(i), path.index(i), errors);
        }
    }

    private static void column(ObjectValue column, ValuePath path, FieldErrors errors) {
        if (column.stringOrEmpty("name").isEmpty()) {
            errors.required(path.field("name"), "");
        }
        String type = column.stringOrEmpty("type");
        String types = "must be one of " + String.join(",", COLUMN_TYPES.supported());
        if (type.isEmpty()) {
            errors.required(path.field("type"), types);
        } else if (!COLUMN_TYPES.has(type)) {
            errors.invalid(path.field("type"), type, types);
        }
        String format = column.stringOrEmpty("format");
        if (!format.isEmpty() && !COLUMN_FORMATS.has(format)) {
            errors.invalid(
                    path.field("format"), format, "must be one of " + String.join(",", COLUMN_FORMATS.supported()));
        }
        String value = column.stringOrEmpty("jsonPath");
        if (value.isEmpty()) {
            errors.required(path.field("JSONPath"), "");
        } else {
            simplePath(value, path.field("JSONPath"), errors);
        }
    }

    static void deprecation(ObjectValue version, ValuePath path, FieldErrors errors) {
        String warning = version.getString("deprecationWarning");
        if (warning == null) {
            return;
        }
        if (!version.isTrue("deprecated")) {
            errors.invalid(path, warning, "can only be set for deprecated versions");
            return;
        }
        if (GoText.byteLength(warning) > MAX_DEPRECATION) {
            errors.invalid(path, warning, "must be <= 256 characters long");
        }
        if (warning.isEmpty()) {
            errors.invalid(path, warning, "must not be an empty string");
        }
        int position = 0;
        for (int i = 0; i < warning.length(); i += Character.charCount(warning.codePointAt(i))) {
            if (!GoText.printable(warning.codePointAt(i))) {
                errors.invalid(
                        path,
                        warning,
                        "must only contain printable UTF-8 characters; non-printable character found at index "
                                + position);
                return;
            }
            position += GoText.byteLength(Character.toString(warning.codePointAt(i)));
        }
    }

    /** Checks a conversion; versions that were unknown before may stay so. */
    static void conversion(ObjectValue conversion, ObjectValue before, ValuePath path, FieldErrors errors) {
        String strategy = conversion.stringOrEmpty("strategy");
        if (strategy.isEmpty()) {
            errors.required(path.field("strategy"), "");
        } else {
            STRATEGIES.check(strategy, path.field("strategy"), errors);
        }
        ObjectValue client = conversion.getObject("webhookClientConfig");
        List<String> versions =
                conversion.arrayOrEmpty("conversionReviewVersions").strings();
        ValuePath clientPath = path.field("webhookClientConfig");
        ValuePath versionsPath = path.field("conversionReviewVersions");
        if (!strategy.equals("Webhook")) {
            String detail = "should not be set when strategy is not set to Webhook";
            if (client != null) {
                errors.forbidden(clientPath, detail);
            }
            if (!versions.isEmpty()) {
                errors.forbidden(versionsPath, detail);
            }
            return;
        }
        if (client == null) {
            errors.required(clientPath, "required when strategy is set to Webhook");
        } else {
            WebhookClientRules.check(client, "exactly one of url or service is required", clientPath, errors);
        }
        List<String> versionsBefore =
                before.arrayOrEmpty("conversionReviewVersions").strings();
        boolean known = versionsBefore.isEmpty() || versionsBefore.stream().anyMatch(REVIEW_VERSIONS::contains);
        reviewVersions(versions, known, versionsPath, errors);
    }

    private static void reviewVersions(List<String> versions, boolean known, ValuePath path, FieldErrors errors) {
        if (versions.isEmpty()) {
            errors.required(path, "");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < versions.size(); i++) {
            if (seen.add(versions.get(i))) {
                errors.invalidAll(path.index(i), versions.get(i), NameRules.dns1035Label(versions.get(i)));
            } else {
                errors.invalid(path.index(i), versions.get(i), "duplicate version");
            }
        }
        if (known && versions.stream().noneMatch(REVIEW_VERSIONS::contains)) {
            errors.invalidShown(
                    path,
                    FieldErrors.json(versions),
                    "must include at least one of " + String.join(", ", REVIEW_VERSIONS));
        }
    }
}

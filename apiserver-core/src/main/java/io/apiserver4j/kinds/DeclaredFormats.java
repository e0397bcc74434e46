// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** The forms of texts that declarations name (k8s.io/apimachinery api/validate, {@code +k8s:format}). */
final class DeclaredFormats {
    private static final int MAX_POOL = 253;
    private static final int MAX_PREFIX = 63;
    private static final int MAX_IDENTIFIER = 32;

    private DeclaredFormats() {}

    /** Checks a text; fails with IllegalArgumentException where there is no such format. */
    static void check(String format, String text, ValuePath path, FieldErrors errors) {
        switch (format) {
            case "shortName" -> errors.invalidAll(path, text, NameRules.shortName(text));
            case "longName" -> errors.invalidAll(path, text, NameRules.longName(text));
            case "longNameCaseless" -> errors.invalidAll(path, text, NameRules.longNameCaseless(text));
            case "labelKey" -> errors.invalidAll(path, text, NameRules.qualifiedName(text));
            case "uuid" -> errors.invalidAll(path, text, NameRules.uuid(text));
            case "poolName" -> poolName(text, path, errors);
            case "fullyQualifiedName" -> fullyQualifiedName(text, path, errors);
            case "extendedResourceName" -> extendedResourceName(text, path, errors);
            default -> throw new IllegalArgumentException("no format " + format);
        }
    }

    private static void poolName(String text, ValuePath path, FieldErrors errors) {
        if (GoText.byteLength(text) > MAX_POOL) {
            errors.tooLong(path, MAX_POOL);
        }
        String[] segments = text.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].isEmpty()) {
                errors.invalid(path, text, "segment " + i + ": must not be empty");
                continue;
            }
            for (String problem : NameRules.longName(segments[i])) {
                errors.invalid(path, segments[i], "segment " + i + ": " + problem);
            }
        }
    }

    private static void fullyQualifiedName(String text, ValuePath path, FieldErrors errors) {
        String[] parts = text.split("/", -1);
        if (parts.length == 1) {
            identifier(text, path, errors);
            errors.invalid(path, text, "a fully qualified name must be a domain and a name separated by a slash");
        } else if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                errors.invalid(path, "", "prefix must not be empty");
            } else {
                if (GoText.byteLength(parts[0]) > MAX_PREFIX) {
                    errors.tooLong(path, MAX_PREFIX);
                }
                for (String problem : NameRules.longName(parts[0])) {
                    errors.invalid(path, parts[0], "prefix: " + problem);
                }
            }
            if (parts[1].isEmpty()) {
                errors.invalid(path, "", "name must not be empty");
            } else {
                identifier(parts[1], path, errors);
            }
        }
    }

    private static void identifier(String text, ValuePath path, FieldErrors errors) {
        if (GoText.byteLength(text) > MAX_IDENTIFIER) {
            errors.tooLong(path, MAX_IDENTIFIER);
        }
        errors.invalidAll(path, text, NameRules.cIdentifier(text));
    }

    private static void extendedResourceName(String text, ValuePath path, FieldErrors errors) {
        if (text.indexOf('/') < 0) {
            errors.invalid(path, text, "a name must be a domain-prefixed path, such as 'example.com/my-prop'");
        } else if (text.contains("kubernetes.io/")) {
            errors.invalid(path, text, "must not have \"kubernetes.io/\" domain");
        }
        if (text.startsWith("requests.")) {
            errors.invalid(path, text, "must not have \"requests.\" prefix");
        }
        List<String> problems = NameRules.qualifiedName("requests." + text);
        errors.invalidAll(path, text, problems);
    }
}

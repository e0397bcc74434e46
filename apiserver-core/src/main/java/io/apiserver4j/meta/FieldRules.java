// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ValuePath;
import java.util.List;

/**
 * Rules of texts that blame more than the text as a whole, or tell a missing one apart: they write into
 * {@link FieldErrors} themselves. Texts are those of Kubernetes (k8s.io/apimachinery util/validation).
 */
public final class FieldRules {
    private static final String PATH_FORM = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";

    private FieldRules() {}

    /** A subdomain of at least three labels. */
    public static void fullyQualifiedName(ValuePath path, String name, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required(path, "");
            return;
        }
        List<String> problems = NameRules.dns1123Subdomain(name);
        if (!problems.isEmpty()) {
            errors.invalid(path, name, String.join(",", problems));
        } else if (dots(name) < 2) {
            errors.invalid(path, name, "should be a domain with at least three segments separated by dots");
        }
    }

    /** A subdomain of at least two labels, each within the length of a label; it may end with a dot. */
    public static void fullyQualifiedDomainName(ValuePath path, String name, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required(path, "");
            return;
        }
        String domain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        List<String> problems = NameRules.dns1123Subdomain(domain);
        if (!problems.isEmpty()) {
            errors.invalid(path, domain, String.join(",", problems));
            return;
        }
        if (dots(domain) < 1) {
            errors.invalid(path, domain, "should be a domain with at least two segments separated by dots");
            return;
        }
        for (String label : domain.split("\\.", -1)) {
            List<String> labelProblems = NameRules.dns1123Label(label);
            if (!labelProblems.isEmpty()) {
                errors.invalid(path, label, String.join(",", labelProblems));
                return;
            }
        }
    }

    private static int dots(String name) {
        return (int) name.chars().filter(c -> c == '.').count();
    }

    /** A subdomain, a slash and the path of a URL: {@code acme.io/foo}. */
    public static void domainPrefixedPath(ValuePath path, String value, FieldErrors errors) {
        if (value.isEmpty()) {
            errors.required(path, "");
            return;
        }
        int slash = value.indexOf('/');
        if (slash <= 0 || slash == value.length() - 1) {
            errors.invalid(path, value, "must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }
        String host = value.substring(0, slash);
        errors.invalidAll(path, host, NameRules.dns1123Subdomain(host));
        String rest = value.substring(slash + 1);
        if (!rest.chars().allMatch(FieldRules::inPath)) {
            errors.invalid(path, rest, NameRules.regexError("Invalid path", PATH_FORM));
        }
    }

    private static boolean inPath(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || "/-._~%!$&'()*+,;=:".indexOf(c) >= 0;
    }

    /** A label key that must have its prefix: {@code acme.io/foo}. */
    public static void domainPrefixedKey(ValuePath path, String key, FieldErrors errors) {
        if (key.isEmpty()) {
            errors.required(path, "");
            return;
        }
        List<String> problems = NameRules.qualifiedName(key);
        errors.invalidAll(path, key, problems);
        if (problems.isEmpty() && key.indexOf('/') < 0) {
            errors.invalid(path, key, "must be a domain-prefixed key (such as \"acme.io/foo\")");
        }
    }

    /** The name of a field manager: at most 128 bytes, all printable. */
    public static void fieldManager(ValuePath path, String manager, FieldErrors errors) {
        if (GoText.byteLength(manager) > 128) {
            errors.tooLong(path, 128);
        }
        int position = 0;
        for (int i = 0; i < manager.length(); ) {
            int c = manager.codePointAt(i);
            if (!GoText.printable(c)) {
                errors.invalid(path, manager, "invalid character U+" + hex(c) + " (at position " + position + ")");
            }
            i += Character.charCount(c);
            position += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        }
    }

    private static String hex(int c) {
        return String.format("%04X", c);
    }
}

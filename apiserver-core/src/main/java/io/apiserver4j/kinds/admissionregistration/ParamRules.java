// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.admissionregistration;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parameters of policies: their kind, and how a binding names them. */
final class ParamRules {
    private static final Choice NOT_FOUND_ACTIONS = new Choice(List.of("Deny", "Allow"));

    private ParamRules() {}

    static void kind(@Nullable ObjectValue kind, ValuePath path, FieldErrors errors) {
        if (kind == null) {
            return;
        }
        version(kind.stringOrEmpty("apiVersion"), path.field("apiVersion"), errors);
        String name = kind.stringOrEmpty("kind");
        List<String> problems = NameRules.dns1035Label(name.toLowerCase(Locale.ROOT));
        if (name.isEmpty()) {
            errors.required(path.field("kind"), "");
        } else if (!problems.isEmpty()) {
            errors.invalid(
                    path.field("kind"),
                    name,
                    "may have mixed case, but should otherwise match: " + String.join(",", problems));
        }
    }

    private static void version(String text, ValuePath path, FieldErrors errors) {
        if (text.isEmpty()) {
            errors.required(path, "");
            return;
        }
        int slash = text.indexOf('/');
        if (slash != text.lastIndexOf('/')) {
            errors.invalid(path, text, "unexpected GroupVersion string: " + text);
            return;
        }
        String group = slash < 0 ? "" : text.substring(0, slash);
        String version = text.substring(slash + 1);
        joined(group, group.isEmpty() ? List.of() : NameRules.dns1123Subdomain(group), path, errors);
        if (version.isEmpty()) {
            errors.invalid(path, text, "version must be specified");
        } else {
            joined(version, NameRules.dns1035Label(version), path, errors);
        }
    }

    private static void joined(String text, List<String> problems, ValuePath path, FieldErrors errors) {
        if (!problems.isEmpty()) {
            errors.invalid(path, text, String.join(",", problems));
        }
    }

    static void reference(@Nullable ObjectValue reference, ValuePath path, FieldErrors errors) {
        if (reference == null) {
            return;
        }
        String name = reference.stringOrEmpty("name");
        ObjectValue selector = reference.getObject("selector");
        boolean both = !name.isEmpty() && selector != null;
        String exclusive = "name and selector are mutually exclusive";
        if (!name.isEmpty()) {
            errors.invalidAll(path.field("name"), name, NameRules.pathSegmentName(name));
        }
        if (both) {
            errors.forbidden(path.field("name"), exclusive);
        }
        if (selector != null) {
            EmbeddedRules.labelSelector(selector, EmbeddedRules.Leniency.NONE, path.field("selector"), errors);
        }
        if (both) {
            errors.forbidden(path.field("selector"), exclusive);
        }
        if (name.isEmpty() && selector == null) {
            errors.required(path, "one of name or selector must be specified");
        }
        NOT_FOUND_ACTIONS.require(reference, "parameterNotFoundAction", path, errors);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Locale;

/** Names of drivers, pools, devices and their attributes. */
final class DeviceNames {
    private static final int MAX_DRIVER = 63;
    private static final int MAX_POOL = 253;
    private static final int MAX_IDENTIFIER = 32;

    private DeviceNames() {}

    static void driver(String name, ValuePath path, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required(path, "");
            return;
        }
        if (GoText.byteLength(name) > MAX_DRIVER) {
            errors.tooLong(path, MAX_DRIVER);
        }
        errors.invalidAll(path, name, NameRules.dns1123Subdomain(name.toLowerCase(Locale.ROOT)));
    }

    static void pool(String name, ValuePath path, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required(path, "");
            return;
        }
        if (GoText.byteLength(name) > MAX_POOL) {
            errors.tooLong(path, MAX_POOL);
        }
        for (String part : name.split("/", -1)) {
            errors.invalidAll(path, part, NameRules.dns1123Subdomain(part));
        }
    }

    /** A device, a request or a counter. */
    static void label(String name, ValuePath path, FieldErrors errors) {
        errors.invalidAll(path, name, NameRules.dns1123Label(name));
    }

    /** The name of an attribute or a capacity: an identifier, with a domain before it or without. */
    static void qualified(String name, ValuePath path, FieldErrors errors) {
        String[] parts = name.split("/", -1);
        if (parts.length == 1) {
            identifier(name, path, errors);
        } else if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                errors.invalid(path, "", "the domain must not be empty");
            } else {
                driver(parts[0], path, errors);
            }
            if (parts[1].isEmpty()) {
                errors.invalid(path, "", "the name must not be empty");
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

    /** The key of a map as paths show it: a long one without its middle. */
    static String shownKey(String key) {
        int most = MAX_DRIVER + 1 + MAX_IDENTIFIER;
        if (key.length() <= most) {
            return key;
        }
        int kept = most - 3;
        return key.substring(0, (kept + 1) / 2) + "..." + key.substring(key.length() - kept / 2);
    }

    static void labelNames(List<String> names, ValuePath path, FieldErrors errors) {
        for (int i = 0; i < names.size(); i++) {
            errors.invalidAll(path.index(i), names.get(i), NameRules.qualifiedName(names.get(i)));
        }
    }
}

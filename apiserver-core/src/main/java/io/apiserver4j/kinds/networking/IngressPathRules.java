// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.networking;

import io.apiserver4j.kinds.PortRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules of an ingress's paths and backends. */
final class IngressPathRules {
    private static final List<String> TYPES = List.of("Exact", "ImplementationSpecific", "Prefix");
    private static final List<String> NOT_INSIDE = List.of("//", "/./", "/../", "%2f", "%2F");
    private static final List<String> NOT_AT_END = List.of("/..", "/.");

    private IngressPathRules() {}

    /** The paths of a rule, where it has any. */
    static void http(ObjectValue rule, ValuePath path, FieldErrors errors) {
        ObjectValue http = rule.getObject("http");
        if (http == null) {
            return;
        }
        ValuePath paths = path.fields("http", "paths");
        List<ObjectValue> all = http.arrayOrEmpty("paths").objects();
        if (all.isEmpty()) {
            errors.required(paths, "");
        }
        for (int i = 0; i < all.size(); i++) {
            path(all.get(i), paths.index(i), errors);
        }
    }

    private static void path(ObjectValue one, ValuePath path, FieldErrors errors) {
        String type = one.getString("pathType");
        if (type == null) {
            errors.required(path.field("pathType"), "pathType must be specified");
            return;
        }
        String text = one.stringOrEmpty("path");
        switch (type) {
            case "Exact", "Prefix" -> {
                absolute(text, path.field("path"), errors);
                plain(text, path.field("path"), errors);
            }
            case "ImplementationSpecific" -> {
                if (!text.isEmpty()) {
                    absolute(text, path.field("path"), errors);
                }
            }
            default -> errors.notSupportedShown(path.field("pathType"), FieldErrors.json(type), TYPES);
        }
        backend(one.objectOrEmpty("backend"), path.field("backend"), errors);
    }

    private static void absolute(String text, ValuePath path, FieldErrors errors) {
        if (!text.startsWith("/")) {
            errors.invalid(path, text, "must be an absolute path");
        }
    }

    private static void plain(String text, ValuePath path, FieldErrors errors) {
        for (String part : NOT_INSIDE) {
            if (text.contains(part)) {
                errors.invalid(path, text, "must not contain '" + part + "'");
            }
        }
        for (String end : NOT_AT_END) {
            if (text.endsWith(end)) {
                errors.invalid(path, text, "cannot end with '" + end + "'");
            }
        }
    }

    /** Exactly one of a service and another object. */
    static void backend(ObjectValue backend, ValuePath path, FieldErrors errors) {
        ObjectValue resource = backend.getObject("resource");
        ObjectValue service = backend.getObject("service");
        if (resource != null && service != null) {
            errors.invalid(path, "", "cannot set both resource and service backends");
        } else if (resource != null) {
            reference(resource, path.field("resource"), errors);
        } else if (service != null) {
            service(service, path, errors);
        } else {
            errors.invalid(path, "", "resource or service backend is required");
        }
    }

    private static void reference(ObjectValue resource, ValuePath path, FieldErrors errors) {
        group(resource.getString("apiGroup"), path.field("apiGroup"), errors);
        segment(resource.stringOrEmpty("kind"), path.field("kind"), errors);
        segment(resource.stringOrEmpty("name"), path.field("name"), errors);
    }

    /** The group of a reference; null where nothing is said. */
    static void group(@Nullable String group, ValuePath path, FieldErrors errors) {
        if (group != null) {
            errors.invalidAll(path, group, NameRules.dns1123Subdomain(group));
        }
    }

    private static void segment(String text, ValuePath path, FieldErrors errors) {
        if (text.isEmpty()) {
            errors.required(path, "");
        } else {
            errors.invalidAll(path, text, NameRules.pathSegmentName(text));
        }
    }

    private static void service(ObjectValue service, ValuePath path, FieldErrors errors) {
        ValuePath namePath = path.fields("service", "name");
        String name = service.stringOrEmpty("name");
        if (name.isEmpty()) {
            errors.required(namePath, "");
        } else {
            errors.invalidAll(namePath, name, NameRules.dns1123Label(name));
        }
        ObjectValue port = service.objectOrEmpty("port");
        String portName = port.stringOrEmpty("name");
        long number = port.longOr("number", 0);
        if (!portName.isEmpty() && number != 0) {
            errors.invalid(path, "", "cannot set both port name & port number");
        } else if (!portName.isEmpty()) {
            errors.invalidAll(path.fields("service", "port", "name"), portName, NameRules.portName(portName));
        } else if (number != 0) {
            PortRules.number(path.fields("service", "port", "number"), number, errors);
        } else {
            errors.required(path, "port name or number is required");
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** Where a webhook is called: by a URL or a service, exactly one of them (k8s.io/apiserver util/webhook). */
public final class WebhookClientRules {
    private static final String FORM = "; desired format: https://host[/path]";

    private WebhookClientRules() {}

    /** Checks a {@code clientConfig}; {@code detail} is what is said where not exactly one is there. */
    public static void check(ObjectValue config, String detail, ValuePath path, FieldErrors errors) {
        String url = config.getString("url");
        ObjectValue service = config.getObject("service");
        if ((url == null) == (service == null)) {
            errors.required(path, detail);
        } else if (url != null) {
            url(url, path.field("url"), errors);
        } else if (service != null) {
            service(service, path.field("service"), errors);
        }
    }

    private static void url(String text, ValuePath path, FieldErrors errors) {
        GoUrl url;
        try {
            url = GoUrl.parse(text);
        } catch (GoUrl.MalformedUrlException e) {
            errors.required(path, "url must be a valid URL: " + e.getMessage() + FORM);
            return;
        }
        if (!url.scheme().equals("https")) {
            errors.invalid(path, url.scheme(), "'https' is the only allowed URL scheme" + FORM);
        }
        if (url.host().isEmpty()) {
            errors.invalid(path, "", "host must be specified" + FORM);
        }
        if (url.user() != null) {
            errors.invalid(path, url.user(), "user information is not permitted in the URL");
        }
        if (!url.fragment().isEmpty()) {
            errors.invalid(path, url.fragment(), "fragments are not permitted in the URL");
        }
        if (!url.query().isEmpty()) {
            errors.invalid(path, url.query(), "query parameters are not permitted in the URL");
        }
    }

    private static void service(ObjectValue service, ValuePath path, FieldErrors errors) {
        // Kubernetes blames the name for a missing namespace, and the other way round
        if (service.stringOrEmpty("namespace").isEmpty()) {
            errors.required(path.field("name"), "");
        }
        if (service.stringOrEmpty("name").isEmpty()) {
            errors.required(path.field("namespace"), "");
        }
        long port = service.longOr("port", 0);
        List<String> problems = NameRules.portNumber(port);
        if (!problems.isEmpty()) {
            errors.invalid(path.field("port"), port, "port is not valid: " + String.join(", ", problems));
        }
        path(service.stringOrEmpty("path"), path.field("path"), errors);
    }

    private static void path(String text, ValuePath path, FieldErrors errors) {
        if (text.isEmpty() || text.equals("/")) {
            return;
        }
        if (text.equals("//")) {
            errors.invalid(path, text, "segment[0] may not be empty");
            return;
        }
        if (!text.startsWith("/")) {
            errors.invalid(path, text, "must start with a '/'");
        }
        String inner = text.substring(1);
        inner = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
        String[] segments = inner.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].isEmpty()) {
                errors.invalid(path, text, "segment[" + i + "] may not be empty");
                continue;
            }
            for (String problem : NameRules.dns1123Subdomain(segments[i])) {
                errors.invalid(path, text, "segment[" + i + "]: " + problem);
            }
        }
    }
}

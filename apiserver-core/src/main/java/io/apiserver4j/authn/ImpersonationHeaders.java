// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads whom a caller wants to act as: the headers Impersonate-User, -Group, -Uid and -Extra-…. */
public final class ImpersonationHeaders {
    private static final String ANY = "impersonate-";
    private static final String EXTRA = "impersonate-extra-";

    private ImpersonationHeaders() {}

    /**
     * Whom the caller wants to act as, just as the headers say; null where they say nothing.
     *
     * @throws io.apiserver4j.meta.ApiException 400 where they name no user
     */
    public static @Nullable Identity wanted(Headers headers) {
        if (!isAsked(headers)) {
            return null;
        }
        Map<String, List<String>> extra = new TreeMap<>();
        headers.forEach((name, value) -> {
            if (name.startsWith(EXTRA)) {
                extra.computeIfAbsent(unescaped(name.substring(EXTRA.length())), k -> new ArrayList<>())
                        .add(value);
            }
        });
        Identity wanted = new Identity(
                headers.firstOrEmpty("Impersonate-User"),
                headers.firstOrEmpty("Impersonate-Uid"),
                headers.all("Impersonate-Group"),
                extra);
        if (!wanted.user().isEmpty()) {
            return wanted;
        }
        if (wanted.uid().isEmpty() && wanted.groups().isEmpty() && extra.isEmpty()) {
            return null;
        }
        throw Status.badRequest("requested " + shown(wanted, extra) + " without impersonating a user name")
                .asException();
    }

    private static boolean isAsked(Headers headers) {
        boolean[] asked = new boolean[1];
        headers.forEach((name, value) -> asked[0] |= name.startsWith(ANY));
        return asked[0];
    }

    /** The headers without those that say whom to act as: nothing behind is to know. */
    public static Headers without(Headers headers) {
        Headers.Builder out = Headers.builder();
        headers.forEach((name, value) -> {
            if (!name.startsWith(ANY)) {
                out.add(name, value);
            }
        });
        return out.build();
    }

    /** A key with its escapes undone; as it is where they are broken. */
    static String unescaped(String key) {
        if (key.indexOf('%') < 0) {
            return key;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.write(bytes[i]);
                continue;
            }
            int high = i + 2 <= bytes.length - 1 ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low < 0) {
                return key;
            }
            out.write(high << 4 | low);
            i += 2;
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** An identity as Go prints its structure. */
    private static String shown(Identity identity, Map<String, List<String>> extra) {
        List<String> entries = new ArrayList<>();
        extra.forEach((key, values) -> entries.add(GoText.quote(key) + ":" + shown(values)));
        return "&user.DefaultInfo{Name:" + GoText.quote(identity.user()) + ", UID:" + GoText.quote(identity.uid())
                + ", Groups:" + shown(identity.groups()) + ", Extra:map[string][]string"
                + (entries.isEmpty() ? "(nil)" : "{" + String.join(", ", entries) + "}") + "}";
    }

    private static String shown(List<String> texts) {
        return texts.isEmpty()
                ? "[]string(nil)"
                : "[]string{"
                        + String.join(", ", texts.stream().map(GoText::quote).toList()) + "}";
    }
}

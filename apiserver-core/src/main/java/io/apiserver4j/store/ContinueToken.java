// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.util.Base64;

/**
 * The opaque text that continues a list, in the form that kube-apiserver uses, so that a list can go on at another replica.
 *
 * @param revision the revision of the list; -1 for a list that goes on with whatever is there now
 * @param start the first key, relative to the resource's prefix
 */
public record ContinueToken(long revision, String start) {
    private static final String VERSION = "meta.k8s.io/v1";

    /** Reads a token; 400 where it is none. */
    public static ContinueToken decode(String token) {
        byte[] text;
        try {
            text = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            throw notValid("illegal base64 data at input byte " + firstBad(token));
        }
        ObjectValue fields;
        try {
            fields = JsonReader.readObject(text);
        } catch (JsonSyntaxException e) {
            throw notValid(e.getMessage());
        }
        String version = fields.stringOrEmpty("v");
        if (!version.equals(VERSION)) {
            throw notValid("server does not recognize this encoded version " + version);
        }
        long revision = fields.longOr("rv", 0);
        if (revision == 0) {
            throw notValid("incorrect encoded start resourceVersion (version " + VERSION + ")");
        }
        String start = fields.stringOrEmpty("start");
        if (start.isEmpty()) {
            throw notValid("encoded start key empty (version " + VERSION + ")");
        }
        if (start.contains("/../") || start.startsWith("../") || start.endsWith("/..")) {
            throw notValid(start);
        }
        return new ContinueToken(revision, start);
    }

    private static ApiException notValid(String why) {
        return Status.badRequest("invalid continue token: continue key is not valid: " + why)
                .asException();
    }

    private static int firstBad(String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                return i;
            }
        }
        return token.length();
    }

    /** The text of this token. */
    public String encode() {
        ObjectValue fields = ObjectValue.builder()
                .put("v", VERSION)
                .put("rv", revision)
                .put("start", start)
                .build();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.toBytes(fields));
    }
}

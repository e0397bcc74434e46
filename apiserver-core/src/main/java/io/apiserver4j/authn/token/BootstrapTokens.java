// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn.token;

import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.authn.TokenAuthenticator;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Identity;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by bootstrap tokens, {@code ID.SECRET}, which are kept in secrets {@code bootstrap-token-ID} of the namespace
 * kube-system: joining nodes show them.
 */
public final class BootstrapTokens implements TokenAuthenticator {
    private static final int ID = 6;
    private static final int SECRET = 16;
    private static final String NAMESPACE = "kube-system";
    private static final String PREFIX = "bootstrap-token-";
    private static final String TYPE = "bootstrap.kubernetes.io/token";
    private static final String GROUP = "system:bootstrappers";

    private final Supplier<ObjectStore> secrets;
    private final InstantSource clock;

    /** An authenticator over the store of secrets, asked when a token of the form is seen. */
    public BootstrapTokens(Supplier<ObjectStore> secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public AuthResult authenticate(String token, List<String> audiences, CallNotes notes) {
        if (token.length() != ID + 1 + SECRET || token.charAt(ID) != '.' || !isPlain(token)) {
            return AuthResult.NO_OPINION;
        }
        String id = token.substring(0, ID);
        StoredObject found = secrets.get().recent(NAMESPACE, PREFIX + id);
        Identity identity = found == null ? null : identity(found.tree(), id, token.substring(ID + 1));
        return identity == null ? AuthResult.NO_OPINION : new AuthResult.Known(identity);
    }

    private static boolean isPlain(String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (i != ID && (c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Identity identity(ObjectValue secret, String id, String shown) {
        if (ObjectMeta.of(secret).isDeleting() || !secret.stringOrEmpty("type").equals(TYPE)) {
            return null;
        }
        ObjectValue data = secret.objectOrEmpty("data");
        boolean right = MessageDigest.isEqual(bytes(data, "token-secret"), shown.getBytes(StandardCharsets.UTF_8));
        if (!right
                || !text(data, "token-id").equals(id)
                || isOver(text(data, "expiration"))
                || !text(data, "usage-bootstrap-authentication").equals("true")) {
            return null;
        }
        TreeSet<String> groups = new TreeSet<>(List.of(GROUP));
        for (String group : text(data, "auth-extra-groups").split(",")) {
            if (!group.isEmpty() && !isBootstrapGroup(group)) {
                return null;
            }
            if (!group.isEmpty()) {
                groups.add(group);
            }
        }
        List<String> all = new ArrayList<>(groups);
        all.add(Identity.AUTHENTICATED);
        return new Identity("system:bootstrap:" + id, "", all, Map.of());
    }

    /** Such groups only may be given: {@code system:bootstrappers:} and words of letters, digits, colons and dashes. */
    private static boolean isBootstrapGroup(String group) {
        String rest = group.startsWith(GROUP + ":") ? group.substring(GROUP.length() + 1) : "";
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            boolean inner = c == ':' || c == '-';
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            if (!plain && (!inner || i == rest.length() - 1)) {
                return false;
            }
        }
        return !rest.isEmpty();
    }

    private boolean isOver(String expiration) {
        if (expiration.isEmpty()) {
            return false;
        }
        try {
            Instant end = Timestamp.parse(expiration);
            return !clock.instant().isBefore(end);
        } catch (ScalarSyntaxException e) {
            return true; // what can't be read does not count
        }
    }

    private static String text(ObjectValue data, String key) {
        return new String(bytes(data, key), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ObjectValue data, String key) {
        try {
            return Base64.getDecoder().decode(data.stringOrEmpty(key));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}

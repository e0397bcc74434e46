// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.Call;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Knows callers by what a proxy says of them in headers. The proxy must show a client certificate of its own authority;
 * nobody else is believed, whatever headers come.
 */
public final class RequestHeaders implements Authenticator {
    private final ClientCertificates proxies;
    private final Names names;

    /**
     * Which headers say what; names of users, uids and groups are each looked for in order.
     *
     * @param proxies common names of proxies; empty for all of their authority
     * @param extraPrefixes what names of headers with extra facts begin with
     */
    public record Names(
            List<String> proxies,
            List<String> users,
            List<String> uids,
            List<String> groups,
            List<String> extraPrefixes) {
        /** Copies the lists. */
        public Names {
            proxies = List.copyOf(proxies);
            users = List.copyOf(users);
            uids = List.copyOf(uids);
            groups = List.copyOf(groups);
            extraPrefixes = List.copyOf(extraPrefixes);
        }
    }

    /** Believes proxies that these authorities made certificates for. */
    public RequestHeaders(List<X509Certificate> authorities, Names names, InstantSource clock) {
        this.proxies = new ClientCertificates(authorities, clock);
        this.names = names;
    }

    @Override
    public AuthResult authenticate(Call call) {
        AuthResult proxy = proxies.authenticate(call);
        if (!(proxy instanceof AuthResult.Known known)) {
            // a certificate of another authority is another authenticator's to look at
            return AuthResult.NO_OPINION;
        }
        String name = known.identity().user();
        if (!names.proxies().isEmpty() && !names.proxies().contains(name)) {
            return new AuthResult.Refused("x509: subject with cn=" + name + " is not in the allowed list");
        }
        Headers headers = call.request().headers();
        String user = first(headers, names.users());
        if (user.isEmpty()) {
            return AuthResult.NO_OPINION;
        }
        List<String> groups = new ArrayList<>();
        names.groups().forEach(header -> groups.addAll(headers.all(header)));
        if (!groups.contains(Identity.AUTHENTICATED)) {
            groups.add(Identity.AUTHENTICATED);
        }
        return new AuthResult.Known(new Identity(user, first(headers, names.uids()), groups, extra(headers)));
    }

    private static String first(Headers headers, List<String> names) {
        for (String name : names) {
            String value = headers.firstOrEmpty(name);
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private Map<String, List<String>> extra(Headers headers) {
        Map<String, List<String>> out = new TreeMap<>();
        headers.forEach((name, value) -> {
            for (String prefix : names.extraPrefixes()) {
                if (name.startsWith(prefix.toLowerCase(Locale.ROOT))) {
                    String key = ImpersonationHeaders.unescaped(name.substring(prefix.length()));
                    out.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
                }
            }
        });
        return out;
    }
}

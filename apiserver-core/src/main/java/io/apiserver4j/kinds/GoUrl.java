// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.IpAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a URL as Go's net/url tells them, which rules of webhooks look at and show.
 *
 * @param scheme in lower case, empty where there is none
 * @param user what stands before the @, null where there is none
 */
record GoUrl(String scheme, @Nullable String user, String host, String query, String fragment) {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2}).{0,2}", Pattern.DOTALL);
    private static final String USER_CHARACTERS = "-._:~!$&'()*+,;=%@";
    private static final String HOST_CHARACTERS = "-._~!$&'()*+,;=:[]<>\"%";

    /** A text that is no URL; the message is Go's. */
    static final class MalformedUrlException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedUrlException(String message) {
            super(message, null, false, false);
        }
    }

    static GoUrl parse(String text) throws MalformedUrlException {
        int hash = text.indexOf('#');
        String url = hash < 0 ? text : text.substring(0, hash);
        String fragment = hash < 0 ? "" : text.substring(hash + 1);
        GoUrl parsed;
        try {
            parsed = parse(url, fragment);
        } catch (MalformedUrlException e) {
            throw new MalformedUrlException("parse " + GoText.quote(url) + ": " + e.getMessage());
        }
        try {
            escapes(fragment);
        } catch (MalformedUrlException e) {
            throw new MalformedUrlException("parse " + GoText.quote(text) + ": " + e.getMessage());
        }
        return parsed;
    }

    private static GoUrl parse(String url, String fragment) throws MalformedUrlException {
        if (url.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw new MalformedUrlException("net/url: invalid control character in URL");
        }
        int colon = url.indexOf(':');
        if (colon == 0) {
            throw new MalformedUrlException("missing protocol scheme");
        }
        boolean hasScheme = colon > 0 && SCHEME.matcher(url.substring(0, colon)).matches();
        String scheme = hasScheme ? url.substring(0, colon).toLowerCase(Locale.ROOT) : "";
        String rest = hasScheme ? url.substring(colon + 1) : url;
        int mark = rest.indexOf('?');
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        rest = mark < 0 ? rest : rest.substring(0, mark);
        if (!rest.startsWith("/")) {
            if (hasScheme) {
                return new GoUrl(scheme, null, "", query, fragment);
            }
            int slash = rest.indexOf('/');
            if ((slash < 0 ? rest : rest.substring(0, slash)).indexOf(':') >= 0) {
                throw new MalformedUrlException("first path segment in URL cannot contain colon");
            }
        }
        String user = null;
        String host = "";
        if ((hasScheme || !rest.startsWith("///")) && rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
            rest = slash < 0 ? "" : rest.substring(slash);
            int at = authority.lastIndexOf('@');
            host = host(scheme, authority.substring(at + 1));
            user = at < 0 ? null : user(authority.substring(0, at));
        }
        escapes(rest);
        return new GoUrl(scheme, user, host, query, fragment);
    }

    private static String user(String user) throws MalformedUrlException {
        for (int i = 0; i < user.length(); i++) {
            if (!isAlphanumeric(user.charAt(i)) && USER_CHARACTERS.indexOf(user.charAt(i)) < 0) {
                throw new MalformedUrlException("net/url: invalid userinfo");
            }
        }
        escapes(user);
        return user;
    }

    private static String host(String scheme, String host) throws MalformedUrlException {
        int bracket = host.lastIndexOf('[');
        if (bracket > 0) {
            throw new MalformedUrlException("invalid IP-literal");
        }
        if (bracket == 0) {
            int end = host.lastIndexOf(']');
            if (end < 0) {
                throw new MalformedUrlException("missing ']' in host");
            }
            port(host.substring(end + 1));
            String address = host.substring(1, end);
            int zone = address.indexOf("%25");
            IpAddress parsed = IpAddress.parse(zone < 0 ? address : address.substring(0, zone));
            if (parsed == null) {
                throw new MalformedUrlException(
                        "invalid host: ParseAddr(" + GoText.quote(address) + "): unable to parse IP");
            }
            if (address.indexOf(':') < 0) {
                throw new MalformedUrlException("invalid IP-literal");
            }
            return host;
        }
        boolean strict = scheme.equals("http") || scheme.equals("https");
        int colon = strict ? host.indexOf(':') : host.lastIndexOf(':');
        if (colon >= 0) {
            port(host.substring(colon));
        }
        hostCharacters(host);
        return host;
    }

    private static void port(String colonPort) throws MalformedUrlException {
        boolean fits = colonPort.isEmpty()
                || colonPort.startsWith(":") && colonPort.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        if (!fits) {
            throw new MalformedUrlException("invalid port " + GoText.quote(colonPort) + " after host");
        }
    }

    private static void hostCharacters(String host) throws MalformedUrlException {
        escapes(host);
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '%' && Character.digit(host.charAt(i + 1), 16) < 8) {
                // only what is no ASCII may be escaped in a host
                throw new MalformedUrlException("invalid URL escape " + GoText.quote(host.substring(i, i + 3)));
            }
            if (c < 0x80 && !isAlphanumeric(c) && HOST_CHARACTERS.indexOf(c) < 0) {
                throw new MalformedUrlException(
                        "invalid character " + GoText.quote(String.valueOf(c)) + " in host name");
            }
        }
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static void escapes(String text) throws MalformedUrlException {
        Matcher bad = BAD_ESCAPE.matcher(text);
        if (bad.find()) {
            throw new MalformedUrlException("invalid URL escape " + GoText.quote(bad.group()));
        }
    }
}

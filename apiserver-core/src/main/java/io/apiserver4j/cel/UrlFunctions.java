// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static io.apiserver4j.cel.CelType.BOOL;
import static io.apiserver4j.cel.CelType.STRING;

import io.apiserver4j.meta.GoText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code url('https://example.com:80/x?y=1')}, absolute or with a path from the root, and its parts. */
final class UrlFunctions {
    private static final CelType URL = CelType.opaque("kubernetes.URL");
    private static final Pattern PARTS = Pattern.compile(
            "(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?", Pattern.DOTALL);

    private UrlFunctions() {}

    private record Url(String text, String scheme, String host, String path, String query) implements CelOpaque {
        @Override
        public CelType type() {
            return URL;
        }

        String hostname() {
            if (host.startsWith("[")) {
                int end = host.indexOf(']');
                return end < 0 ? host : host.substring(1, end);
            }
            int colon = host.lastIndexOf(':');
            return colon < 0 ? host : host.substring(0, colon);
        }

        String port() {
            int colon = host.lastIndexOf(':');
            return colon < 0 || colon < host.lastIndexOf(']') ? "" : host.substring(colon + 1);
        }
    }

    static void addTo(FunctionTable table) {
        List<CelType> text = List.of(STRING);
        table.global("url", "string_to_url", URL, text, a -> url((String) a[0]), Costs.TRAVERSE);
        table.global("isURL", "is_url_string", BOOL, text, a -> parsed((String) a[0]) != null, FunctionTable.Cost.ONE);
        part(table, "getScheme", "url_get_scheme", STRING, Url::scheme);
        part(table, "getHost", "url_get_host", STRING, Url::host);
        part(table, "getHostname", "url_get_hostname", STRING, Url::hostname);
        part(table, "getPort", "url_get_port", STRING, Url::port);
        part(table, "getEscapedPath", "url_get_escaped_path", STRING, Url::path);
        part(table, "getQuery", "url_get_query", NetworkFunctions.queryType(), url -> query(url.query()));
    }

    private static void part(
            FunctionTable table, String function, String id, CelType result, Function<Url, Object> read) {
        table.member(function, id, result, List.of(URL), a -> read.apply((Url) a[0]), FunctionTable.Cost.ONE);
    }

    private static Url url(String text) {
        Url url = parsed(text);
        if (url == null) {
            throw new CelEvaluationException("URL parse error during conversion from string: parse "
                    + GoText.quote(text) + ": " + (text.isEmpty() ? "empty url" : "invalid URI for request"));
        }
        return url;
    }

    private static @Nullable Url parsed(String text) {
        Matcher parts = PARTS.matcher(text);
        if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ' || c == 0x7f) || !parts.matches()) {
            return null;
        }
        String scheme = or(parts.group(1));
        String path = or(parts.group(3));
        if (scheme.isEmpty() && !text.startsWith("/") || or(parts.group(2)).indexOf(' ') >= 0) {
            return null;
        }
        String host = or(parts.group(2));
        int user = host.lastIndexOf('@');
        host = user < 0 ? host : host.substring(user + 1);
        int colon = host.lastIndexOf(':');
        if (colon > host.lastIndexOf(']') && !host.substring(colon + 1).chars().allMatch(Character::isDigit)) {
            return null;
        }
        if (host.startsWith("[") && host.indexOf(']') < 0 || !hasGoodEscapes(path) || !hasGoodEscapes(host)) {
            return null;
        }
        return new Url(
                text, scheme.toLowerCase(java.util.Locale.ROOT), host, path.replace(" ", "%20"), or(parts.group(4)));
    }

    private static boolean hasGoodEscapes(String text) {
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
            if (i + 2 >= text.length()
                    || Character.digit(text.charAt(i + 1), 16) < 0
                    || Character.digit(text.charAt(i + 2), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String or(@Nullable String part) {
        return part == null ? "" : part;
    }

    private static CelMap query(String query) {
        Map<String, List<Object>> out = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (pair.isEmpty() || !hasGoodEscapes(pair) || pair.indexOf(';') >= 0) {
                continue;
            }
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            out.computeIfAbsent(URLDecoder.decode(key, StandardCharsets.UTF_8), name -> new ArrayList<>())
                    .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        Map<String, CelList> lists = new LinkedHashMap<>();
        out.forEach((key, values) -> lists.put(key, CelList.of(values)));
        return CelMap.of(lists);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import java.util.Locale;
import java.util.Map;

/**
 * Names of container images: {@code [domain[:port]/]path[:tag][@digest]}, as github.com/distribution/reference reads them.
 * Written by hand and in one pass, since names come from clients and may be long.
 */
final class ImageName {
    private static final int LONGEST_PATH = 255;
    private static final int LONGEST_TAG = 128;
    private static final int LIBRARY = "library/".length();
    private static final int IDENTIFIER = 64;
    private static final Map<String, Integer> DIGEST_DIGITS = Map.of("sha256", 64, "sha384", 96, "sha512", 128);

    private ImageName() {}

    /** True for a name with the tag {@code latest}, or with neither tag nor digest; false for what is no name, too. */
    static boolean isLatest(String image) {
        if (image.length() == IDENTIFIER && allHex(image)) {
            return false;
        }
        int at = image.indexOf('@');
        if (at >= 0 && !isDigest(image.substring(at + 1))) {
            return false;
        }
        String tagged = at < 0 ? image : image.substring(0, at);
        int colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
        String tag = colon < 0 ? "" : tagged.substring(colon + 1);
        if (colon >= 0 && !isTag(tag) || !isRepository(colon < 0 ? tagged : tagged.substring(0, colon))) {
            return false;
        }
        return colon < 0 ? at < 0 : tag.equals("latest");
    }

    private static boolean isRepository(String name) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return name.length() + LIBRARY <= LONGEST_PATH && isComponent(name);
        }
        String first = name.substring(0, slash);
        boolean named = first.equals("localhost")
                || first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || !lower(first).equals(first);
        boolean domain = named && isDomain(first);
        String path = domain ? name.substring(slash + 1) : name;
        int added = domain && isDockerHub(first) && path.indexOf('/') < 0 ? LIBRARY : 0;
        if (path.length() + added > LONGEST_PATH) {
            return false;
        }
        for (String component : path.split("/", -1)) {
            if (!isComponent(component)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDockerHub(String domain) {
        return domain.equals("docker.io") || domain.equals("index.docker.io");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean isDomain(String text) {
        int port = text.endsWith("]") ? -1 : text.lastIndexOf(':');
        if (port >= 0) {
            for (int i = port + 1; i < text.length(); i++) {
                if (!isDigit(text.charAt(i))) {
                    return false;
                }
            }
            if (port + 1 == text.length()) {
                return false;
            }
        }
        String host = port < 0 ? text : text.substring(0, port);
        if (host.startsWith("[") && host.endsWith("]") && host.length() > 2) {
            return host.substring(1, host.length() - 1).chars().allMatch(c -> c == ':' || isHex((char) c));
        }
        for (String label : host.split("\\.", -1)) {
            if (label.isEmpty() || label.startsWith("-") || label.endsWith("-")) {
                return false;
            }
            if (!label.chars().allMatch(c -> c == '-' || isLetter((char) c) || isDigit((char) c))) {
                return false;
            }
        }
        return true;
    }

    /** Lower case letters and digits in runs, with one dot, one or two underscores, or dashes between them. */
    private static boolean isComponent(String text) {
        boolean inRun = false;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (isDigit(c) || c >= 'a' && c <= 'z') {
                inRun = true;
                i++;
                continue;
            }
            int end = i;
            while (end < text.length() && text.charAt(end) == c) {
                end++;
            }
            boolean separates = c == '-' || c == '.' && end - i == 1 || c == '_' && end - i <= 2;
            if (!inRun || !separates) {
                return false;
            }
            inRun = false;
            i = end;
        }
        return inRun;
    }

    private static boolean isTag(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TAG || text.charAt(0) == '.' || text.charAt(0) == '-') {
            return false;
        }
        return text.chars().allMatch(c -> c == '.' || c == '-' || c == '_' || isLetter((char) c) || isDigit((char) c));
    }

    private static boolean isDigest(String text) {
        int colon = text.indexOf(':');
        String digits = text.substring(colon + 1);
        Integer length = colon < 0 ? null : DIGEST_DIGITS.get(text.substring(0, colon));
        return length != null && digits.length() == length && allHex(digits);
    }

    private static boolean allHex(String text) {
        return text.chars().allMatch(c -> isDigit((char) c) || c >= 'a' && c <= 'f');
    }

    private static boolean isHex(char c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

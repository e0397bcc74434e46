// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import java.util.ArrayList;
import java.util.List;

/**
 * What names, keys and other small texts of the API may look like. Each method answers what is wrong, as the texts that
 * Kubernetes 1.37 shows (k8s.io/apimachinery util/validation and api/validate/content), empty where nothing is. The texts
 * quote regular expressions; the checks are scans over the text, without any.
 *
 * <p>Two families differ only in how they name a length: {@link #dns1123Label} and {@link #dns1123Subdomain} speak of
 * characters, {@link #shortName} and {@link #longName}, used by label keys and newer kinds, of bytes.
 */
public final class NameRules {
    private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String LABEL = regexError(
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and"
                    + " end with an alphanumeric character",
            LABEL_FORM,
            "my-name",
            "123-abc");
    private static final String SUBDOMAIN_FORM = LABEL_FORM + "(\\." + LABEL_FORM + ")*";
    private static final String SUBDOMAIN = regexError(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must"
                    + " start and end with an alphanumeric character",
            SUBDOMAIN_FORM,
            "example.com");
    private static final String CASELESS_SUBDOMAIN = regexError(
            "an RFC 1123 subdomain must consist of alphanumeric characters, '-' or '.', and must start and end with an"
                    + " alphanumeric character",
            SUBDOMAIN_FORM,
            "Example.com");
    private static final String UNDERSCORE_LABEL_FORM = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final String UNDERSCORE_SUBDOMAIN = regexError(
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and"
                    + " must start and end with an alphanumeric character",
            UNDERSCORE_LABEL_FORM + "(\\." + UNDERSCORE_LABEL_FORM + ")*",
            "example.com");
    private static final String WILDCARD = regexError(
            "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist"
                    + " of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
            "\\*\\." + SUBDOMAIN_FORM,
            "*.example.com");
    private static final String DNS_1035_LABEL = regexError(
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character",
            "[a-z]([-a-z0-9]*[a-z0-9])?",
            "my-name",
            "abc-123");
    private static final String KEY_FORM = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String KEY = regexError(
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                    + " character",
            KEY_FORM,
            "MyName",
            "my.name",
            "123-abc");
    private static final String LABEL_VALUE = regexError(
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must"
                    + " start and end with an alphanumeric character",
            "(" + KEY_FORM + ")?",
            "MyValue",
            "my_value",
            "12345");
    private static final String C_IDENTIFIER = regexError(
            "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric"
                    + " characters or '_'",
            "[A-Za-z_][A-Za-z0-9_]*",
            "my_name",
            "MY_NAME",
            "MyName");
    private static final String PERCENT = regexError(
            "a valid percent string must be a numeric string followed by an ending '%'", "[0-9]+%", "1%", "93%");
    private static final String HTTP_HEADER = regexError(
            "a valid HTTP header must consist of alphanumeric characters or '-'", "[-A-Za-z0-9]+", "X-Header-Name");
    private static final String ENV_NAME = regexError(
            "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and"
                    + " must not start with a digit",
            "[-._a-zA-Z][-._a-zA-Z0-9]*",
            "my.env-name",
            "MY_ENV.NAME",
            "MyEnvName1");
    private static final String CONFIG_KEY = regexError(
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
            "[-._a-zA-Z0-9]+",
            "key.name",
            "KEY_NAME",
            "key-name");
    private static final String CONDITION_REASON = regexError(
            "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric"
                    + " characters or '_,:', and must end with an alphanumeric character or '_'",
            "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?",
            "my_name",
            "MY_NAME",
            "MyName",
            "ReasonA,ReasonB",
            "ReasonA:ReasonB");
    private static final String EMPTY = "must be non-empty";
    private static final String DECIMAL = "must be a valid decimal integer in canonical form";
    private static final String UUID = "must be a lowercase UUID in 8-4-4-4-12 format";

    private NameRules() {}

    /** A label of DNS, at most 63 characters: {@code my-name}. */
    public static List<String> dns1123Label(String value) {
        return label(value, " characters");
    }

    /** As {@link #dns1123Label}, a length told in bytes. */
    public static List<String> shortName(String value) {
        return label(value, " bytes");
    }

    private static List<String> label(String value, String unit) {
        if (isDns1123Label(value)) {
            return List.of();
        }
        List<String> problems = new ArrayList<>(2);
        lengthProblem(value, 63, unit, problems);
        if (!labelForm(value, 0, value.length())) {
            problems.add(subdomainForm(value, 0) ? "must not contain dots" : LABEL);
        }
        return problems;
    }

    /** True where {@link #dns1123Label} finds nothing. */
    public static boolean isDns1123Label(String value) {
        return value.length() <= 63 && labelForm(value, 0, value.length());
    }

    /** Labels of DNS with dots between, at most 253 characters: {@code example.com}. */
    public static List<String> dns1123Subdomain(String value) {
        return subdomain(value, " characters");
    }

    /** As {@link #dns1123Subdomain}, a length told in bytes. */
    public static List<String> longName(String value) {
        return subdomain(value, " bytes");
    }

    private static List<String> subdomain(String value, String unit) {
        if (isDns1123Subdomain(value)) {
            return List.of();
        }
        List<String> problems = new ArrayList<>(2);
        lengthProblem(value, 253, unit, problems);
        if (!subdomainForm(value, 0)) {
            problems.add(SUBDOMAIN);
        }
        return problems;
    }

    /** True where {@link #dns1123Subdomain} finds nothing. */
    public static boolean isDns1123Subdomain(String value) {
        return value.length() <= 253 && subdomainForm(value, 0);
    }

    /** As {@link #longName}, upper case letters allowed. */
    public static List<String> longNameCaseless(String value) {
        List<String> problems = new ArrayList<>(0);
        lengthProblem(value, 253, " bytes", problems);
        StringBuilder folded = new StringBuilder(value);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + 32));
            } else if (c == '\u212a') { // the Kelvin sign and the long s fold to k and s, also for Go's expressions
                folded.setCharAt(i, 'k');
            } else if (c == '\u017f') {
                folded.setCharAt(i, 's');
            }
        }
        if (!subdomainForm(folded.toString(), 0)) {
            problems.add(CASELESS_SUBDOMAIN);
        }
        return problems;
    }

    /** As {@link #dns1123Subdomain}, with underscores inside or before labels: {@code _tcp.example.com}. */
    public static List<String> dns1123SubdomainWithUnderscore(String value) {
        List<String> problems = new ArrayList<>(0);
        lengthProblem(value, 253, " characters", problems);
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i == value.length() || value.charAt(i) == '.') {
                int from = start < i && value.charAt(start) == '_' ? start + 1 : start;
                if (!form(value, from, i, "-_")) {
                    problems.add(UNDERSCORE_SUBDOMAIN);
                    break;
                }
                start = i + 1;
            }
        }
        return problems;
    }

    /** {@code *.} before a subdomain: {@code *.example.com}. */
    public static List<String> wildcardDns1123Subdomain(String value) {
        List<String> problems = new ArrayList<>(0);
        lengthProblem(value, 253, " characters", problems);
        if (!value.startsWith("*.") || !subdomainForm(value, 2)) {
            problems.add(WILDCARD);
        }
        return problems;
    }

    /** A label of DNS that starts with a letter, at most 63 characters: the older rule for services. */
    public static List<String> dns1035Label(String value) {
        List<String> problems = new ArrayList<>(0);
        lengthProblem(value, 63, " characters", problems);
        if (!labelForm(value, 0, value.length()) || value.charAt(0) < 'a') {
            problems.add(DNS_1035_LABEL);
        }
        return problems;
    }

    /** A label key: a name with an optional subdomain and slash before it. Kubernetes' qualified name. */
    public static List<String> qualifiedName(String value) {
        if (isQualifiedName(value)) {
            return List.of();
        }
        List<String> problems = new ArrayList<>(2);
        int slash = value.indexOf('/');
        if (slash != value.lastIndexOf('/')) {
            problems.add("a valid label key " + KEY
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return problems;
        }
        if (slash == 0) {
            problems.add("prefix part " + EMPTY);
        } else if (slash > 0) {
            for (String problem : longName(value.substring(0, slash))) {
                problems.add("prefix part " + problem);
            }
        }
        String name = value.substring(slash + 1);
        if (name.isEmpty()) {
            problems.add("name part " + EMPTY);
        } else if (GoText.byteLength(name) > 63) {
            problems.add("name part must be no more than 63 bytes");
        }
        if (!keyForm(name, 0)) {
            problems.add("name part " + KEY);
        }
        return problems;
    }

    /** True where {@link #qualifiedName} finds nothing. */
    public static boolean isQualifiedName(String value) {
        int slash = value.indexOf('/');
        if (!keyForm(value, slash + 1) || value.length() - slash - 1 > 63) {
            return false;
        }
        return slash < 0 || slash <= 253 && subdomainForm(value.substring(0, slash), 0);
    }

    /** A label key that has a subdomain before its slash. */
    public static List<String> prefixedLabelKey(String value) {
        List<String> problems = qualifiedName(value);
        return problems.isEmpty() && value.indexOf('/') < 0
                ? List.of("must include a prefix (e.g. 'example.com/key')")
                : problems;
    }

    /** The value of a label; empty is fine. */
    public static List<String> labelValue(String value) {
        if (isLabelValue(value)) {
            return List.of();
        }
        List<String> problems = new ArrayList<>(2);
        lengthProblem(value, 63, " bytes", problems);
        if (!value.isEmpty() && !keyForm(value, 0)) {
            problems.add(LABEL_VALUE);
        }
        return problems;
    }

    /** True where {@link #labelValue} finds nothing. */
    public static boolean isLabelValue(String value) {
        return value.isEmpty() || value.length() <= 63 && keyForm(value, 0);
    }

    /** An identifier of the language C. */
    public static List<String> cIdentifier(String value) {
        boolean fits = !value.isEmpty() && !digit(value.charAt(0));
        for (int i = 0; i < value.length() && fits; i++) {
            fits = alphanumeric(value.charAt(i)) || value.charAt(i) == '_';
        }
        return fits ? List.of() : List.of(C_IDENTIFIER);
    }

    /** A port from 1 to 65535. */
    public static List<String> portNumber(long port) {
        return inRange(port, 1, 65535);
    }

    /** A number between two bounds, both included. */
    public static List<String> inRange(long value, long minimum, long maximum) {
        return value >= minimum && value <= maximum ? List.of() : List.of(rangeError(minimum, maximum));
    }

    /** A user or group of Unix: from 0 to 2147483647. */
    public static List<String> userOrGroupId(long id) {
        return inRange(id, 0, Integer.MAX_VALUE);
    }

    /** The name of a port: at most 15 characters. */
    public static List<String> portName(String port) {
        List<String> problems = new ArrayList<>(0);
        lengthProblem(port, 15, " characters", problems);
        boolean charset = !port.isEmpty();
        boolean letter = false;
        for (int i = 0; i < port.length(); i++) {
            char c = port.charAt(i);
            letter |= c >= 'a' && c <= 'z';
            charset &= lowerAlphanumeric(c) || c == '-';
        }
        if (!charset) {
            problems.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (!letter) {
            problems.add("must contain at least one letter (a-z)");
        }
        if (port.contains("--")) {
            problems.add("must not contain consecutive hyphens");
        }
        if (port.startsWith("-") || port.endsWith("-")) {
            problems.add("must not begin or end with a hyphen");
        }
        return problems;
    }

    /** Digits and a percent sign. */
    public static List<String> percent(String value) {
        int digits = value.length() - 1;
        boolean fits = digits > 0 && value.charAt(digits) == '%';
        for (int i = 0; i < digits && fits; i++) {
            fits = digit(value.charAt(i));
        }
        return fits ? List.of() : List.of(PERCENT);
    }

    /** The name of an HTTP header. */
    public static List<String> httpHeaderName(String value) {
        return consistsOf(value, "-") ? List.of() : List.of(HTTP_HEADER);
    }

    /** The name of an environment variable, by the older, stricter rule. */
    public static List<String> envVarName(String value) {
        List<String> problems = new ArrayList<>(0);
        if (!consistsOf(value, "-._") || digit(value.charAt(0))) {
            problems.add(ENV_NAME);
        }
        directoryProblem(value, problems);
        return problems;
    }

    /** The name of an environment variable: any printable ASCII but the equals sign. */
    public static List<String> relaxedEnvVarName(String value) {
        if (value.isEmpty()) {
            return List.of("environment variable name " + EMPTY);
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '=') {
                return List.of("a valid environment variable name must consist only of printable ASCII characters other"
                        + " than '='");
            }
        }
        return List.of();
    }

    /** A key of a ConfigMap or Secret. */
    public static List<String> configMapKey(String value) {
        List<String> problems = new ArrayList<>(0);
        lengthProblem(value, 253, " characters", problems);
        if (!consistsOf(value, "-._")) {
            problems.add(CONFIG_KEY);
        }
        directoryProblem(value, problems);
        return problems;
    }

    /** A name that can stand in a path. There is no limit of its length. */
    public static List<String> pathSegmentName(String value) {
        if (value.equals(".") || value.equals("..")) {
            return List.of("may not be '" + value + "'");
        }
        return pathSegmentPrefix(value);
    }

    /** As {@link #pathSegmentName}, for a text that something will follow. */
    public static List<String> pathSegmentPrefix(String value) {
        List<String> problems = new ArrayList<>(0);
        if (value.indexOf('/') >= 0) {
            problems.add("may not contain '/'");
        }
        if (value.indexOf('%') >= 0) {
            problems.add("may not contain '%'");
        }
        return problems;
    }

    /** The reason of a condition; its length is another rule. */
    public static List<String> conditionReason(String value) {
        boolean fits = !value.isEmpty() && letter(value.charAt(0));
        for (int i = 1; i < value.length() && fits; i++) {
            char c = value.charAt(i);
            boolean last = i == value.length() - 1;
            fits = alphanumeric(c) || c == '_' || !last && (c == ',' || c == ':');
        }
        return fits ? List.of() : List.of(CONDITION_REASON);
    }

    /** An integer as people write it: no plus sign, no leading zeros, no {@code -0}. */
    public static List<String> decimalInteger(String value) {
        if (value.isEmpty()) {
            return List.of(EMPTY);
        }
        int start = value.charAt(0) == '-' ? 1 : 0;
        boolean fits = start < value.length() && (value.charAt(start) != '0' || value.equals("0"));
        for (int i = start; i < value.length() && fits; i++) {
            fits = digit(value.charAt(i));
        }
        return fits ? List.of() : List.of(DECIMAL);
    }

    /** A UUID in lower case, with dashes. */
    public static List<String> uuid(String value) {
        boolean fits = value.length() == 36;
        for (int i = 0; i < value.length() && fits; i++) {
            char c = value.charAt(i);
            fits = i == 8 || i == 13 || i == 18 || i == 23 ? c == '-' : digit(c) || c >= 'a' && c <= 'f';
        }
        return fits ? List.of() : List.of(UUID);
    }

    /**
     * A prefix of a name made ready to be checked as if it were a whole name: a dash at its end, which would be wrong
     * there, and the character before it become an {@code a}, as in Kubernetes.
     */
    public static String maskTrailingDash(String prefix) {
        int kept = prefix.length() - 2;
        boolean masked = kept >= 0 && prefix.endsWith("-") && prefix.charAt(kept) < 0x80;
        return masked ? prefix.substring(0, kept) + "a" : prefix;
    }

    /** The text about a number out of bounds. */
    public static String rangeError(long minimum, long maximum) {
        return "must be between " + minimum + " and " + maximum + ", inclusive";
    }

    /** The text about a text that is too long, in characters. */
    public static String maxLengthError(int maximum) {
        return "must be no more than " + maximum + " characters";
    }

    /** The text about something empty. */
    public static String emptyError() {
        return EMPTY;
    }

    /** The text about a form: what is allowed, examples, and the regular expression. */
    public static String regexError(String message, String expression, String... examples) {
        StringBuilder out = new StringBuilder(message).append(" (");
        String before = "e.g. '";
        for (String example : examples) {
            out.append(before).append(example).append("', ");
            before = " or '";
        }
        return out.append("regex used for validation is '")
                .append(expression)
                .append("')")
                .toString();
    }

    private static void lengthProblem(String value, int maximum, String unit, List<String> problems) {
        if (value.length() > maximum || value.length() * 3 > maximum && GoText.byteLength(value) > maximum) {
            problems.add("must be no more than " + maximum + unit);
        }
    }

    private static void directoryProblem(String value, List<String> problems) {
        if (value.equals(".") || value.equals("..")) {
            problems.add("must not be '" + value + "'");
        } else if (value.startsWith("..")) {
            problems.add("must not start with '..'");
        }
    }

    private static boolean labelForm(String value, int from, int to) {
        return form(value, from, to, "-");
    }

    /** Lower case letters and digits, and inside also some others. */
    private static boolean form(String value, int from, int to, String inside) {
        if (from >= to || !lowerAlphanumeric(value.charAt(from)) || !lowerAlphanumeric(value.charAt(to - 1))) {
            return false;
        }
        for (int i = from + 1; i < to - 1; i++) {
            char c = value.charAt(i);
            if (!lowerAlphanumeric(c) && inside.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean subdomainForm(String value, int from) {
        char before = '.';
        for (int i = from; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '.' || c == '-') {
                if (before == '.' || c == '.' && before == '-') {
                    return false;
                }
            } else if (!lowerAlphanumeric(c)) {
                return false;
            }
            before = c;
        }
        return before != '.' && before != '-';
    }

    private static boolean keyForm(String value, int from) {
        int last = value.length() - 1;
        if (from > last || !alphanumeric(value.charAt(from)) || !alphanumeric(value.charAt(last))) {
            return false;
        }
        for (int i = from + 1; i < last; i++) {
            char c = value.charAt(i);
            if (!alphanumeric(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean consistsOf(String value, String besides) {
        for (int i = 0; i < value.length(); i++) {
            if (!alphanumeric(value.charAt(i)) && besides.indexOf(value.charAt(i)) < 0) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private static boolean lowerAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || digit(c);
    }

    private static boolean alphanumeric(char c) {
        return letter(c) || digit(c);
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}

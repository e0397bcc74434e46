// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import com.google.re2j.Pattern;
import io.apiserver4j.meta.GoDuration;
import io.apiserver4j.meta.NameRules;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The string formats that custom schemas may ask for; texts of other formats are not looked at. */
final class Formats {
    private static final String UUID = "(?i)^[0-9A-F]{8}-?[0-9A-F]{4}-?%s[0-9A-F]{3}-?%s[0-9A-F]{3}-?[0-9A-F]{12}$";
    private static final Map<String, Predicate<String>> KNOWN = Map.ofEntries(
            Map.entry("bsonobjectid", regex("^[0-9a-fA-F]{24}$")),
            Map.entry("uri", Formats::isUri),
            Map.entry("email", regex("^[^@\\s]+@[^@\\s]+$")),
            Map.entry(
                    "hostname",
                    regex("^([a-zA-Z0-9\\p{S}\\p{L}]((-?[a-zA-Z0-9\\p{S}\\p{L}]{0,62})?)|([a-zA-Z0-9\\p{S}\\p{L}]"
                            + "(([a-zA-Z0-9-\\p{S}\\p{L}]{0,61}[a-zA-Z0-9\\p{S}\\p{L}])?)(\\.)){1,}"
                            + "([a-zA-Z\\p{L}]){2,63})$")),
            Map.entry("ipv4", text -> isAddress(text) && text.indexOf(':') < 0),
            Map.entry("ipv6", text -> isAddress(text) && text.indexOf(':') >= 0),
            Map.entry("cidr", Formats::isCidr),
            Map.entry("mac", regex("^(?i)([0-9a-f]{2}[:-]){5}([0-9a-f]{2}|([0-9a-f]{2}[:-]){2}[0-9a-f]{2})$")),
            Map.entry("uuid", uuid("[0-9A-F]", "[0-9A-F]")),
            Map.entry("uuid3", uuid("3", "[0-9A-F]")),
            Map.entry("uuid4", uuid("4", "[89AB]")),
            Map.entry("uuid5", uuid("5", "[89AB]")),
            Map.entry("isbn", text -> isIsbn10(text) || isIsbn13(text)),
            Map.entry("isbn10", Formats::isIsbn10),
            Map.entry("isbn13", Formats::isIsbn13),
            Map.entry("creditcard", Formats::isCreditCard),
            Map.entry("ssn", regex("^\\d{3}[- ]?\\d{2}[- ]?\\d{4}$")),
            Map.entry("hexcolor", regex("^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")),
            Map.entry(
                    "rgbcolor",
                    regex("^rgb\\(\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*,\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d"
                            + "|25[0-5])\\s*,\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*\\)$")),
            Map.entry("byte", Formats::isBase64),
            Map.entry("date", Formats::isDate),
            Map.entry("duration", Formats::isDuration),
            Map.entry("date-time", Formats::isDateTime),
            Map.entry("datetime", Formats::isDateTime),
            Map.entry("k8s-short-name", text -> NameRules.dns1123Label(text).isEmpty()),
            Map.entry("k8s-long-name", text -> NameRules.dns1123Subdomain(text).isEmpty()));

    private static final Pattern DATE = Pattern.compile("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    private static final Pattern DATE_TIME = Pattern.compile("^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]"
            + "([0-9]{2}):([0-9]{2}):([0-9]{2})(\\.[0-9]+)?([zZ]|([+-])([0-9]{2}):([0-9]{2}))$");
    private static final Pattern SCHEME = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*:[^\\s]*|/[^\\s]*)$");
    private static final Pattern WORDY_DURATION =
            Pattern.compile("^([0-9]+)\\s*(ns|nano|us|µs|micro|ms|milli|s|sec|m|min|h|hr|hour|d|day|w|week|wk)s?$");
    private static final Set<String> CARD_STARTS = Set.of("4", "5", "6", "3");

    private Formats() {}

    /** True for a format that texts are checked for. */
    static boolean isKnown(String format) {
        return KNOWN.containsKey(format) || format.equals("password");
    }

    /** True where a text is of the format, or the format is none of these. */
    static boolean fits(String format, String text) {
        Predicate<String> known = KNOWN.get(format);
        return known == null || known.test(text);
    }

    private static Predicate<String> regex(String text) {
        Pattern pattern = Pattern.compile(text);
        return candidate -> pattern.matcher(candidate).find();
    }

    private static Predicate<String> uuid(String version, String variant) {
        return regex(String.format(UUID, version, variant));
    }

    private static boolean isAddress(String text) {
        return io.apiserver4j.meta.IpAddress.parse(text) != null;
    }

    private static boolean isCidr(String text) {
        return io.apiserver4j.meta.Cidr.parse(text) != null;
    }

    private static boolean isUri(String text) {
        return SCHEME.matcher(text).find();
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return text.length() % 4 == 0 && !text.isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        if (!DATE.matcher(text).find()) {
            return false;
        }
        try {
            java.time.LocalDate.parse(text);
            return true;
        } catch (java.time.DateTimeException e) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        return DATE_TIME.matcher(text).find()
                && isDate(text.substring(0, 10))
                && text.substring(11, 13).compareTo("24") < 0
                && text.substring(14, 16).compareTo("60") < 0
                && text.substring(17, 19).compareTo("60") < 0;
    }

    private static boolean isDuration(String text) {
        if (WORDY_DURATION.matcher(text).find()) {
            return true;
        }
        try {
            GoDuration.parse(text);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static boolean isIsbn10(String text) {
        String digits = text.replace("-", "").replace(" ", "");
        if (digits.length() != 10) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            char c = digits.charAt(i);
            int digit = i == 9 && c == 'X' ? 10 : Character.digit(c, 10);
            if (digit < 0) {
                return false;
            }
            sum += (i + 1) * digit;
        }
        return sum % 11 == 0;
    }

    private static boolean isIsbn13(String text) {
        String digits = text.replace("-", "").replace(" ", "");
        if (digits.length() != 13 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < 13; i++) {
            sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    private static boolean isCreditCard(String text) {
        String digits = text.replaceAll("[^0-9]", "");
        if (digits.length() < 13 || digits.length() > 19 || !CARD_STARTS.contains(digits.substring(0, 1))) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            digit = i % 2 == 1 ? digit * 2 : digit;
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0;
    }
}

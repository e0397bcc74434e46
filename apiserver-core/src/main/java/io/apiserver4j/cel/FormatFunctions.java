// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static io.apiserver4j.cel.CelType.LIST_OF_STRINGS;
import static io.apiserver4j.cel.CelType.STRING;

import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.Timestamp;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** {@code format.dns1123Label().validate('x')}: named formats, which tell what is wrong, or nothing. */
final class FormatFunctions {
    private static final CelType FORMAT = CelType.opaque("kubernetes.NamedFormat");
    private static final Pattern UUID =
            Pattern.compile("(?i)^[0-9A-F]{8}-?[0-9A-F]{4}-?[0-9A-F]{4}-?[0-9A-F]{4}-?[0-9A-F]{12}$");
    private static final Pattern URI = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*:\\S*|/\\S*)$");

    private record Format(String name, Function<String, List<String>> check, int regexSize) implements CelOpaque {
        @Override
        public CelType type() {
            return FORMAT;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Format that && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    private static final Map<String, Format> FORMATS = Map.ofEntries(
            format("dns1123Label", "DNS1123Label", NameRules::dns1123Label, 30),
            format("dns1123Subdomain", "DNS1123Subdomain", NameRules::dns1123Subdomain, 60),
            format("dns1035Label", "DNS1035Label", NameRules::dns1035Label, 30),
            format("qualifiedName", "QualifiedName", NameRules::qualifiedName, 60),
            format("dns1123LabelPrefix", "DNS1123LabelPrefix", prefix(NameRules::dns1123Label), 30),
            format("dns1123SubdomainPrefix", "DNS1123SubdomainPrefix", prefix(NameRules::dns1123Subdomain), 60),
            format("dns1035LabelPrefix", "DNS1035LabelPrefix", prefix(NameRules::dns1035Label), 30),
            format("labelValue", "LabelValue", NameRules::labelValue, 40),
            format("uri", "URI", FormatFunctions::uri, 1142),
            format("uuid", "uuid", text -> told(UUID.matcher(text).matches(), "does not match the UUID format"), 90),
            format("byte", "byte", text -> told(isBase64(text), "invalid base64"), 84),
            format("date", "date", text -> told(isDate(text), "invalid date"), 102),
            format("datetime", "datetime", text -> told(Timestamp.canonical(text) != null, "invalid datetime"), 102));

    private FormatFunctions() {}

    private static Map.Entry<String, Format> format(
            String key, String name, Function<String, List<String>> check, int regexSize) {
        return Map.entry(key, new Format(name, check, regexSize));
    }

    private static Function<String, List<String>> prefix(Function<String, List<String>> whole) {
        return text -> whole.apply(NameRules.maskTrailingDash(text));
    }

    private static List<String> told(boolean fits, String otherwise) {
        return fits ? List.of() : List.of(otherwise);
    }

    private static List<String> uri(String text) {
        return told(
                URI.matcher(text).matches(),
                "parse " + io.apiserver4j.meta.GoText.quote(text) + ": "
                        + (text.isEmpty() ? "empty url" : "invalid URI for request"));
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return text.length() % 4 == 0;
        } catch (IllegalArgumentException wrong) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            LocalDate.parse(text);
            return text.length() == 10;
        } catch (DateTimeParseException wrong) {
            return false;
        }
    }

    static void addTo(FunctionTable table) {
        table.global(
                "format.named",
                "format-named",
                CelType.optional(FORMAT),
                List.of(STRING),
                a -> new CelOptional(FORMATS.get((String) a[0])),
                FunctionTable.Cost.ONE);
        FORMATS.forEach((key, format) ->
                table.global("format." + key, "format-" + key, FORMAT, List.of(), a -> format, FunctionTable.Cost.ONE));
        table.member(
                "validate",
                "format-validate",
                CelType.optional(LIST_OF_STRINGS),
                List.of(FORMAT, STRING),
                a -> {
                    List<String> wrong = ((Format) a[0]).check().apply((String) a[1]);
                    return wrong.isEmpty() ? CelOptional.NONE : new CelOptional(CelList.of(wrong));
                },
                (arguments, result) -> Costs.tenth(1 + Costs.size(arguments[1]))
                        * (long) Math.ceil(((Format) arguments[0]).regexSize() * 0.25));
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static io.apiserver4j.cel.CelType.INT;
import static io.apiserver4j.cel.CelType.LIST_OF_STRINGS;
import static io.apiserver4j.cel.CelType.STRING;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Texts: cel-go's extension of strings in its second version, and Kubernetes' regular expressions. Places count code points. */
final class TextFunctions {
    private static final FunctionTable.Cost TWICE =
            (arguments, result) -> (long) Math.ceil(Costs.size(arguments[0]) * 0.2);
    private static final FunctionTable.Cost JOIN = (arguments, result) -> (long) Math.ceil(Costs.size(result) * 0.2);
    private static final FunctionTable.Cost SEARCH = (arguments, result) -> Costs.traverse(arguments[0]);

    private TextFunctions() {}

    static void addTo(FunctionTable table) {
        List<CelType> one = List.of(STRING);
        List<CelType> two = List.of(STRING, STRING);
        table.member(
                "charAt",
                "string_char_at_int",
                STRING,
                List.of(STRING, INT),
                TextFunctions::charAt,
                FunctionTable.Cost.ONE);
        table.member("indexOf", "string_index_of_string", INT, two, a -> indexOf(a, 0L), SEARCH);
        List<CelType> from = List.of(STRING, STRING, INT);
        table.member("indexOf", "string_index_of_string_int", INT, from, a -> indexOf(a, (Long) a[2]), SEARCH);
        table.member("lastIndexOf", "string_last_index_of_string", INT, two, a -> lastIndexOf(a, null), SEARCH);
        table.member(
                "lastIndexOf", "string_last_index_of_string_int", INT, from, a -> lastIndexOf(a, (Long) a[2]), SEARCH);
        table.member("lowerAscii", "string_lower_ascii", STRING, one, a -> ascii((String) a[0], false), Costs.TRAVERSE);
        table.member("upperAscii", "string_upper_ascii", STRING, one, a -> ascii((String) a[0], true), Costs.TRAVERSE);
        table.member("trim", "string_trim", STRING, one, a -> trimmed((String) a[0]), Costs.TRAVERSE);
        table.member(
                "replace",
                "string_replace_string_string",
                STRING,
                List.of(STRING, STRING, STRING),
                a -> replaced(a, -1),
                TWICE);
        table.member(
                "replace",
                "string_replace_string_string_int",
                STRING,
                List.of(STRING, STRING, STRING, INT),
                a -> replaced(a, (Long) a[3]),
                TWICE);
        table.member("split", "string_split_string", LIST_OF_STRINGS, two, a -> split(a, -1), TWICE);
        table.member("split", "string_split_string_int", LIST_OF_STRINGS, from, a -> split(a, (Long) a[2]), TWICE);
        table.member(
                "substring", "string_substring_int", STRING, List.of(STRING, INT), a -> part(a, null), Costs.TRAVERSE);
        table.member(
                "substring",
                "string_substring_int_int",
                STRING,
                List.of(STRING, INT, INT),
                a -> part(a, (Long) a[2]),
                Costs.TRAVERSE);
        table.member("join", "list_join", STRING, List.of(LIST_OF_STRINGS), a -> joined((CelList) a[0], ""), JOIN);
        table.member(
                "join",
                "list_join_string",
                STRING,
                List.of(LIST_OF_STRINGS, STRING),
                a -> joined((CelList) a[0], (String) a[1]),
                JOIN);
        table.member(
                "format",
                "string_format",
                STRING,
                List.of(STRING, CelType.list(CelType.DYN)),
                a -> TextFormat.format((String) a[0], (CelList) a[1]),
                Costs.TRAVERSE);
        table.global("strings.quote", "strings_quote", STRING, one, a -> quoted((String) a[0]), Costs.TRAVERSE);
        table.member("find", "string_find_string", STRING, two, TextFunctions::find, Costs.MATCHES);
        table.member("findAll", "string_find_all_string", LIST_OF_STRINGS, two, a -> findAll(a, -1), Costs.MATCHES);
        table.member(
                "findAll",
                "string_find_all_string_int",
                LIST_OF_STRINGS,
                from,
                a -> findAll(a, (Long) a[2]),
                Costs.MATCHES);
    }

    private static CelEvaluationException outside(long index) {
        return new CelEvaluationException("index out of range: " + index);
    }

    private static Object charAt(Object[] arguments) {
        String text = (String) arguments[0];
        long index = (Long) arguments[1];
        int length = Texts.length(text);
        if (index < 0 || index > length) {
            throw outside(index);
        }
        return index == length ? "" : between(text, index, index + 1);
    }

    private static String between(String text, long start, long end) {
        int from = text.offsetByCodePoints(0, (int) start);
        return text.substring(from, text.offsetByCodePoints(from, (int) (end - start)));
    }

    private static Object indexOf(Object[] arguments, long from) {
        String text = (String) arguments[0];
        String part = (String) arguments[1];
        if (part.isEmpty() && from == 0) {
            return 0L;
        }
        int length = Texts.length(text);
        if (from < 0) {
            throw outside(from);
        }
        if (from > length) {
            if (part.isEmpty()) {
                throw outside(from);
            }
            return -1L;
        }
        int found = text.indexOf(part, text.offsetByCodePoints(0, (int) from));
        return found < 0 ? -1L : (long) text.codePointCount(0, found);
    }

    private static Object lastIndexOf(Object[] arguments, @org.jspecify.annotations.Nullable Long from) {
        String text = (String) arguments[0];
        String part = (String) arguments[1];
        int length = Texts.length(text);
        if (from == null) {
            int found = text.lastIndexOf(part);
            return found < 0 ? -1L : (long) text.codePointCount(0, found);
        }
        if (from < 0) {
            throw outside(from);
        }
        int found = text.lastIndexOf(part, text.offsetByCodePoints(0, (int) Math.min(from, length)));
        return found < 0 ? -1L : (long) text.codePointCount(0, found);
    }

    private static String ascii(String text, boolean upper) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z') {
                out.setCharAt(i, (char) (c ^ 0x20));
            }
        }
        return out.toString();
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || c == 0xA0 || c == 0x85 || Character.isSpaceChar(c);
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String replaced(Object[] arguments, long times) {
        String text = (String) arguments[0];
        String old = (String) arguments[1];
        String by = (String) arguments[2];
        if (times < 0) {
            return text.replace(old, by);
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (long i = 0; i < times; i++) {
            int found = old.isEmpty() && i > 0
                    ? (at < text.length() ? text.offsetByCodePoints(at, 1) : -1)
                    : text.indexOf(old, at);
            if (found < 0) {
                break;
            }
            out.append(text, at, found).append(by);
            at = found + old.length();
        }
        return out.append(text.substring(at)).toString();
    }

    private static CelList split(Object[] arguments, long most) {
        String text = (String) arguments[0];
        String separator = (String) arguments[1];
        List<String> out = new ArrayList<>();
        if (most == 0) {
            return CelList.of(out);
        }
        int at = 0;
        while (most < 0 || out.size() < most - 1) {
            int found = separator.isEmpty()
                    ? (at < text.length() && text.offsetByCodePoints(at, 1) < text.length()
                            ? text.offsetByCodePoints(at, 1)
                            : -1)
                    : text.indexOf(separator, at);
            if (found < 0) {
                break;
            }
            out.add(text.substring(at, found));
            at = found + separator.length();
        }
        if (!separator.isEmpty() || at < text.length()) {
            out.add(text.substring(at));
        }
        return CelList.of(out);
    }

    private static String part(Object[] arguments, @org.jspecify.annotations.Nullable Long until) {
        String text = (String) arguments[0];
        long start = (Long) arguments[1];
        long length = Texts.length(text);
        long end = until == null ? length : until;
        if (until != null && start > end) {
            throw new CelEvaluationException("invalid substring range. start: " + start + ", end: " + end);
        }
        if (start < 0 || start > length) {
            throw outside(start);
        }
        if (end < 0 || end > length) {
            throw outside(end);
        }
        return between(text, start, end);
    }

    private static String joined(CelList list, String separator) {
        return list.items().stream()
                .map(item -> {
                    if (item instanceof String text) {
                        return text;
                    }
                    throw new CelEvaluationException("join: invalid input: " + Texts.of(item));
                })
                .collect(Collectors.joining(separator));
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case 7 -> out.append("\\a");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 11 -> out.append("\\v");
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                default -> out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }

    private static Pattern pattern(Object text) {
        try {
            return Pattern.compile((String) text);
        } catch (PatternSyntaxException wrong) {
            throw new CelEvaluationException("Illegal regex: error parsing regexp: " + wrong.getDescription()
                    + (wrong.getPattern().isEmpty() ? "" : ": `" + wrong.getPattern() + "`"));
        }
    }

    private static Object find(Object[] arguments) {
        Matcher matcher = pattern(arguments[1]).matcher((String) arguments[0]);
        return matcher.find() ? matcher.group() : "";
    }

    private static Object findAll(Object[] arguments, long most) {
        Matcher matcher = pattern(arguments[1]).matcher((String) arguments[0]);
        List<String> out = new ArrayList<>();
        while ((most < 0 || out.size() < most) && matcher.find()) {
            out.add(matcher.group());
        }
        return CelList.of(out);
    }
}

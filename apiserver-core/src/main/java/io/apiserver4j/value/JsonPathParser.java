// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the text of a {@link JsonPath} into steps. Belongs to one thread and one text. */
final class JsonPathParser {
    private static final Pattern QUOTED_KEY = Pattern.compile("'([^']*)'");
    private static final Pattern SLICE = Pattern.compile("(-?\\d*)(:-?\\d*)?(:-?\\d*)?");
    private static final Pattern COMPARISON = Pattern.compile("([^!<>=]+)([!<>=]+)(.+)", Pattern.DOTALL);

    private final String text;
    private final List<JsonPathStep> steps = new ArrayList<>();
    private int at;

    JsonPathParser(String text) {
        this.text = text;
    }

    List<JsonPathStep> parse() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("[?(", at)) {
                filter();
            } else if (text.startsWith("..", at)) {
                recursive();
            } else if (c == '\n' || c == '\r') {
                throw new JsonPathException("unclosed action");
            } else if (c == ' ' || c == '@' || c == '$') {
                at++; // the node itself
            } else if (c == '[') {
                bracket();
            } else if (c == '"' || c == '\'') {
                quoted(c);
            } else if (c == '.') {
                at++;
                field();
            } else if (c == '+' || c == '-' || Character.isDigit(c)) {
                number();
            } else if (c == '_' || Character.isLetter(c)) {
                word();
            } else {
                throw new JsonPathException(
                        String.format("unrecognized character in action: U+%04X '%s'", (int) c, Character.toString(c)));
            }
        }
        return steps;
    }

    private static boolean ends(char c) {
        return " \t\r\n.,[]$@{}".indexOf(c) >= 0;
    }

    private void field() {
        StringBuilder name = new StringBuilder();
        while (at < text.length() && !ends(text.charAt(at))) {
            if (text.charAt(at) == '\\') {
                at++; // the next character is part of the name, whatever it is
                if (at == text.length()) {
                    break;
                }
            }
            name.append(text.charAt(at++));
        }
        steps.add(name.toString().equals("*") ? new JsonPathStep.Wildcard() : new JsonPathStep.Field(name.toString()));
    }

    private void recursive() {
        if (!steps.isEmpty() && steps.get(steps.size() - 1) instanceof JsonPathStep.Recursive) {
            throw new JsonPathException("invalid multiple recursive descent");
        }
        at += 2;
        steps.add(new JsonPathStep.Recursive());
        if (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            field();
        }
    }

    private void word() {
        int from = at;
        while (at < text.length() && !ends(text.charAt(at))) {
            at++;
        }
        String word = text.substring(from, at);
        if (word.equals("true") || word.equals("false")) {
            steps.add(new JsonPathStep.Literal(Value.of(word.equals("true")), false));
        } else {
            steps.add(new JsonPathStep.Word(word));
        }
    }

    private void number() {
        int from = at++;
        while (at < text.length() && (text.charAt(at) == '.' || Character.isDigit(text.charAt(at)))) {
            at++;
        }
        String number = text.substring(from, at);
        try {
            Value value = number.indexOf('.') < 0
                    ? Value.of(Long.parseLong(number))
                    : NumberValue.of(Double.parseDouble(number));
            steps.add(new JsonPathStep.Literal(value, false));
        } catch (NumberFormatException e) {
            throw new JsonPathException("cannot parse number " + number);
        }
    }

    private void quoted(char quote) {
        int from = at++;
        while (true) {
            if (at >= text.length() || text.charAt(at) == '\n') {
                throw new JsonPathException("unterminated quoted string");
            }
            if (text.charAt(at) == quote && text.charAt(at - 1) != '\\') {
                break;
            }
            at++;
        }
        String inner = text.substring(from + 1, at++);
        steps.add(new JsonPathStep.Literal(Value.of(unescape(inner)), true));
    }

    private static String unescape(String inner) {
        if (inner.indexOf('\\') < 0) {
            return inner;
        }
        StringBuilder out = new StringBuilder(inner.length());
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c != '\\' || i + 1 == inner.length()) {
                out.append(c);
                continue;
            }
            char escaped = inner.charAt(++i);
            switch (escaped) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                default -> out.append(escaped);
            }
        }
        return out.toString();
    }

    private void bracket() {
        int close = text.indexOf(']', at);
        int line = text.indexOf('\n', at);
        if (close < 0 || (line >= 0 && line < close)) {
            throw new JsonPathException("unterminated array");
        }
        String inside = text.substring(at + 1, close);
        at = close + 1;
        if (inside.indexOf(',') >= 0) {
            List<List<JsonPathStep>> branches = new ArrayList<>();
            for (String branch : inside.split(",", -1)) {
                branches.add(new JsonPathParser("[" + branch.trim() + "]").parse());
            }
            steps.add(new JsonPathStep.Union(branches));
            return;
        }
        Matcher key = QUOTED_KEY.matcher(inside);
        if (key.matches()) {
            steps.addAll(new JsonPathParser("." + key.group(1)).parse());
            return;
        }
        Matcher slice = SLICE.matcher(inside.equals("*") ? ":" : inside);
        if (!slice.matches()) {
            throw new JsonPathException("invalid array index " + inside);
        }
        boolean single = slice.group(2) == null;
        Integer start = bound(slice.group(1));
        Integer end = single ? Integer.valueOf((start == null ? 0 : start) + 1) : bound(slice.group(2));
        steps.add(new JsonPathStep.Slice(start, end, bound(slice.group(3)), single));
    }

    private static @Nullable Integer bound(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String digits = text.startsWith(":") ? text.substring(1) : text;
        if (digits.isEmpty()) {
            return null;
        }
        try {
            return Integer.valueOf(digits);
        } catch (NumberFormatException e) {
            throw new JsonPathException("array index " + digits + " is not a number");
        }
    }

    private void filter() {
        at += 3;
        int from = at;
        char quote = 0; // the kind of quotes we are in, 0 outside
        while (true) {
            if (at >= text.length() || text.charAt(at) == '\n') {
                throw new JsonPathException("unterminated filter");
            }
            char c = text.charAt(at);
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote && text.charAt(at - 1) != '\\') {
                quote = 0;
            } else if (c == ')' && quote == 0) {
                break;
            }
            at++;
        }
        String inside = text.substring(from, at++);
        if (at >= text.length() || text.charAt(at++) != ']') {
            throw new JsonPathException("unclosed array expect ]");
        }
        Matcher comparison = COMPARISON.matcher(inside);
        if (comparison.matches()) {
            steps.add(new JsonPathStep.Filter(
                    new JsonPathParser(comparison.group(1)).parse(),
                    comparison.group(2),
                    new JsonPathParser(comparison.group(3)).parse()));
        } else {
            steps.add(new JsonPathStep.Filter(new JsonPathParser(inside).parse(), null, List.of()));
        }
    }
}

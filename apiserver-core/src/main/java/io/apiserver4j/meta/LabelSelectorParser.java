// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.meta.LabelRequirement.Operator;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads label selectors of query strings. A text is cut into words first; {@code in} and {@code notin} are operators only
 * where one can stand. What is accepted beyond the documented form ({@code in ()}, {@code in (,a)}, {@code a=}) is as in
 * Kubernetes (k8s.io/apimachinery labels).
 */
final class LabelSelectorParser {
    private static final String SYMBOLS = "=!(),><";
    private static final Set<String> OPERATORS = Set.of(")", ",", "!", "==", "=", ">", "in", "<", "!=", "notin", "(");
    private static final String EXPECTED_OPERATORS = "in, notin, =, ==, !=, gt, lt";

    /** A word and whether it is a keyword; the end is the keyword of the empty text. */
    private record Word(String text, boolean keyword) {
        static final Word END = new Word("", true);

        boolean is(String symbol) {
            return keyword && text.equals(symbol);
        }

        /** True for a name, and for {@code in} and {@code notin} where they can only be names. */
        boolean isName() {
            return !keyword || text.equals("in") || text.equals("notin");
        }
    }

    private final List<Word> words = new ArrayList<>();
    private int next;

    LabelSelectorParser(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == 0) { // ends the text, as it does in Go
                break;
            }
            if (isBlank(c)) {
                at++;
                continue;
            }
            int end = SYMBOLS.indexOf(c) >= 0 ? endOfSymbol(text, at) : endOfName(text, at);
            String word = text.substring(at, end);
            words.add(new Word(word, OPERATORS.contains(word)));
            at = end < text.length() && text.charAt(end) == 0 ? end + 1 : end;
        }
        words.add(Word.END);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static int endOfSymbol(String text, int start) {
        boolean two = start + 1 < text.length() && OPERATORS.contains(text.substring(start, start + 2));
        return two ? start + 2 : start + 1;
    }

    private static int endOfName(String text, int start) {
        int end = start;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == 0 || isBlank(c) || SYMBOLS.indexOf(c) >= 0) {
                break;
            }
            end++;
        }
        return end;
    }

    List<LabelRequirement> parse() {
        List<LabelRequirement> out = new ArrayList<>();
        while (true) {
            Word word = peek();
            if (word == Word.END) {
                return out;
            }
            if (!startsRequirement(word)) {
                throw bad("found '" + word.text() + "', expected: !, identifier, or 'end of string'");
            }
            try {
                out.add(requirement());
            } catch (ApiException e) {
                throw bad("unable to parse requirement: " + e.status().message());
            }
            Word after = take();
            if (after == Word.END) {
                return out;
            }
            if (!after.is(",")) {
                throw bad("found '" + after.text() + "', expected: ',' or 'end of string'");
            }
            if (!startsRequirement(peek())) {
                throw bad("found '" + peek().text() + "', expected: identifier after ','");
            }
        }
    }

    private static boolean startsRequirement(Word word) {
        return word.isName() || word.is("!");
    }

    private LabelRequirement requirement() {
        Word word = take();
        boolean absent = word.is("!");
        if (absent) {
            word = take();
        }
        if (!word.isName()) {
            throw bad("found '" + word.text() + "', expected: identifier");
        }
        String key = word.text();
        List<String> problems = NameRules.qualifiedName(key);
        if (!problems.isEmpty()) {
            FieldErrors errors = new FieldErrors();
            errors.invalid(ValuePath.ROOT, key, String.join("; ", problems));
            throw bad(errors.aggregate());
        }
        if (absent) {
            return LabelRequirement.of(key, Operator.DOES_NOT_EXIST, List.of());
        }
        if (peek() == Word.END || peek().is(",")) {
            return LabelRequirement.of(key, Operator.EXISTS, List.of());
        }
        Operator operator = operator();
        boolean set = operator == Operator.IN || operator == Operator.NOT_IN;
        return LabelRequirement.of(key, operator, set ? values() : List.of(exactValue()));
    }

    private Operator operator() {
        Word word = take();
        if (word.keyword()) {
            switch (word.text()) {
                case "in":
                    return Operator.IN;
                case "notin":
                    return Operator.NOT_IN;
                case "=":
                    return Operator.EQUALS;
                case "==":
                    return Operator.DOUBLE_EQUALS;
                case "!=":
                    return Operator.NOT_EQUALS;
                case ">":
                    return Operator.GREATER_THAN;
                case "<":
                    return Operator.LESS_THAN;
                default:
                    break;
            }
        }
        throw bad("found '" + word.text() + "', expected: " + EXPECTED_OPERATORS);
    }

    private String exactValue() {
        if (peek() == Word.END || peek().is(",")) {
            return "";
        }
        Word word = take();
        if (!word.isName()) {
            throw bad("found '" + word.text() + "', expected: identifier");
        }
        return word.text();
    }

    /** The values in parentheses, sorted, each once; nothing between two commas is the empty value. */
    private List<String> values() {
        Word open = take();
        if (!open.is("(")) {
            throw bad("found '" + open.text() + "' expected: '('");
        }
        Word first = peek();
        if (first.is(")")) {
            take();
            return List.of("");
        }
        if (!first.isName() && !first.is(",")) {
            throw bad("found '" + first.text() + "', expected: ',', ')' or identifier");
        }
        Set<String> out = new TreeSet<>();
        while (true) {
            Word word = take();
            if (word.isName()) {
                out.add(word.text());
                if (peek().is(")")) {
                    break;
                }
                if (!peek().is(",")) {
                    throw bad("found '" + peek().text() + "', expected: ',' or ')'");
                }
            } else if (word.is(",")) {
                if (out.isEmpty() || peek().is(")") || peek().is(",")) {
                    out.add("");
                }
                if (peek().is(")")) {
                    break;
                }
            } else {
                throw bad("found '" + word.text() + "', expected: ',', or identifier");
            }
        }
        take();
        return List.copyOf(out);
    }

    private Word peek() {
        return words.get(next);
    }

    private Word take() {
        return words.get(next++);
    }

    private static ApiException bad(String text) {
        return Status.badRequest(text).asException();
    }
}

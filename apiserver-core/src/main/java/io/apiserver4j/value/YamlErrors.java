// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.scanner.ScannerException;

/**
 * Says what is wrong with a YAML text in the words of the parser that Kubernetes uses. Both parsers descend from the same
 * one and find the same faults at the same places; only the words and the way lines are counted differ.
 */
final class YamlErrors {
    /** Beginnings of the library's problems, with the words of Kubernetes' parser; the first that fits counts. */
    private static final String[][] PROBLEMS = {
        {"found character '", "found character that cannot start any token"},
        {"sequence entries are not allowed here", "block sequence entries are not allowed in this context"},
        {"mapping keys are not allowed here", "mapping keys are not allowed in this context"},
        {"mapping values are not allowed here", "mapping values are not allowed in this context"},
        {"unexpected character found", "did not find expected alphabetic or numeric character"},
        {"expected a digit or '.'", "did not find expected digit or '.' character"},
        {"expected a digit", "did not find expected version number"},
        {"found a number which cannot", "found extremely long version number"},
        {"expected a comment or a line break", "did not find expected comment or line break"},
        {"expected '>'", "did not find the expected '>'"},
        {"expected indentation indicator", "found an indentation indicator equal to 0"},
        {"expected chomping", "did not find expected comment or line break"},
        {"expected escape sequence of", "did not find expected hexdecimal number"},
        {"found unexpected document separator", "found unexpected document indicator"},
        {"expected '!'", "did not find expected '!'"},
        {"expected URI escape", "did not find URI escaped octet"},
        {"expected URI in UTF-8", "found an incorrect leading UTF-8 octet"},
        {"expected URI", "did not find expected tag URI"},
        {"expected '<document start>'", "did not find expected <document start>"},
        {"expected ',' or '}'", "did not find expected ',' or '}'"},
        {"expected ',' or ']'", "did not find expected ',' or ']'"},
        {"found duplicate YAML directive", "found duplicate %YAML directive"},
        {"found incompatible YAML document", "found incompatible YAML document"},
        {"duplicate tag handle", "found duplicate %TAG directive"},
        {"expected the node content", "did not find expected node content"},
    };

    private YamlErrors() {}

    static YamlException of(MarkedYAMLException fault) {
        String problem = fault.getProblem() == null ? "" : fault.getProblem();
        String context = fault.getContext() == null ? "" : fault.getContext();
        return new YamlException("yaml: " + where(fault, problem) + words(problem, context));
    }

    /**
     * A scanner's fault is counted from 1, a parser's from 0; what lies on the first line has no number, but that of its
     * context. The end of the text counts as a line of its own.
     */
    private static String where(MarkedYAMLException fault, String problem) {
        int line = lineOf(fault.getProblemMark());
        boolean scanner = fault instanceof ScannerException;
        if (!scanner
                && problem.contains("<stream end>")
                && fault.getProblemMark() != null
                && fault.getProblemMark().getColumn() != 0) {
            line++;
        }
        if (line != 0) {
            line += scanner ? 1 : 0;
        } else {
            line = lineOf(fault.getContextMark());
        }
        return line == 0 ? "" : "line " + line + ": ";
    }

    private static int lineOf(@Nullable Mark mark) {
        return mark == null ? 0 : mark.getLine();
    }

    private static String words(String problem, String context) {
        if (problem.startsWith("expected <block end>")) {
            return context.contains("mapping") ? "did not find expected key" : "did not find expected '-' indicator";
        }
        if (problem.startsWith("expected alphabetic or numeric")) {
            return context.contains("directive")
                    ? "could not find expected directive name"
                    : "did not find expected alphabetic or numeric character";
        }
        if (problem.startsWith("expected ' '")) {
            return context.contains("directive")
                    ? "did not find expected whitespace"
                    : "did not find expected whitespace or line break";
        }
        for (String[] pair : PROBLEMS) {
            if (problem.startsWith(pair[0])) {
                return pair[1];
            }
        }
        return problem;
    }
}

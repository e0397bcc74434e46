// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

/** Puts YAML's marks and scalars into a text, and knows where blanks and line breaks are needed. */
final class YamlEmitter {
    /** Column behind which texts are folded. */
    private static final int WIDTH = 80;

    /** Where a scalar stands. */
    enum Place {
        SIMPLE_KEY,
        VALUE
    }

    private final StringBuilder out = new StringBuilder(512);
    private int column;
    /** True where the last character was a blank or nothing. */
    private boolean whitespace = true;
    /** True where only blanks and marks of lists stand on this line. */
    private boolean indention = true;

    boolean indention() {
        return indention;
    }

    String finish() {
        indent(0);
        return out.toString();
    }

    void indent(int level) {
        int wanted = Math.max(level, 0);
        if (!indention || column > wanted || column == wanted && !whitespace) {
            lineBreak();
        }
        while (column < wanted) {
            put(' ');
        }
        whitespace = true;
        indention = true;
    }

    void indicator(String mark, boolean needsBlank, boolean isBlank, boolean isIndention) {
        if (needsBlank && !whitespace) {
            put(' ');
        }
        for (int i = 0; i < mark.length(); i++) {
            put(mark.charAt(i));
        }
        whitespace = isBlank;
        indention = indention && isIndention;
    }

    /** Writes a text in the plainest way that keeps it a text. */
    void text(String text, int level, Place place) {
        YamlText facts = YamlText.of(text);
        boolean key = place == Place.SIMPLE_KEY;
        if (text.indexOf('\n') >= 0) {
            if (facts.blockAllowed() && !key) {
                literal(text, level);
            } else {
                doubleQuoted(text, level, !key);
            }
        } else if (!YamlScalars.staysText(text)) {
            doubleQuoted(text, level, !key);
        } else if (facts.plainAllowed()) {
            plain(text, level, !key);
        } else if (facts.singleAllowed()) {
            singleQuoted(text, level, !key);
        } else {
            doubleQuoted(text, level, !key);
        }
    }

    void plain(String text, int level, boolean folds) {
        if (!whitespace) {
            put(' ');
        }
        words(text.codePoints().toArray(), level, folds, false);
        whitespace = false;
        indention = false;
    }

    private void singleQuoted(String text, int level, boolean folds) {
        indicator("'", true, false, false);
        words(text.codePoints().toArray(), level, folds, true);
        indicator("'", false, false, false);
        whitespace = false;
        indention = false;
    }

    private void words(int[] points, int level, boolean folds, boolean quoted) {
        boolean spaces = false;
        boolean breaks = false;
        for (int i = 0; i < points.length; i++) {
            int c = points[i];
            if (c == ' ') {
                boolean inside = !quoted || i > 0 && i < points.length - 1;
                boolean single = i + 1 >= points.length || points[i + 1] != ' ';
                if (folds && !spaces && column > WIDTH && inside && single) {
                    indent(level);
                } else {
                    put(c);
                }
                spaces = true;
            } else if (YamlText.lineBreak(c)) {
                if (!breaks && c == '\n') {
                    lineBreak();
                }
                copyBreak(c);
                indention = true;
                breaks = true;
            } else {
                if (breaks) {
                    indent(level);
                }
                if (quoted && c == '\'') {
                    put('\'');
                }
                put(c);
                indention = false;
                spaces = false;
                breaks = false;
            }
        }
    }

    private void doubleQuoted(String text, int level, boolean folds) {
        int[] points = text.codePoints().toArray();
        boolean spaces = false;
        indicator("\"", true, false, false);
        for (int i = 0; i < points.length; i++) {
            int c = points[i];
            if (!YamlText.printable(c) || YamlText.lineBreak(c) || c == '"' || c == '\\') {
                escape(c);
                spaces = false;
            } else if (c == ' ') {
                if (folds && !spaces && column > WIDTH && i > 0 && i < points.length - 1) {
                    indent(level);
                    if (points[i + 1] == ' ') {
                        put('\\');
                    }
                } else {
                    put(c);
                }
                spaces = true;
            } else {
                put(c);
                spaces = false;
            }
        }
        indicator("\"", false, false, false);
        whitespace = false;
        indention = false;
    }

    private void escape(int c) {
        put('\\');
        String named = switch (c) {
            case 0 -> "0";
            case 7 -> "a";
            case 8 -> "b";
            case 9 -> "t";
            case 10 -> "n";
            case 11 -> "v";
            case 12 -> "f";
            case 13 -> "r";
            case 27 -> "e";
            case '"' -> "\"";
            case '\\' -> "\\";
            case 0x85 -> "N";
            case 0xa0 -> "_";
            case 0x2028 -> "L";
            case 0x2029 -> "P";
            default ->
                c <= 0xff
                        ? String.format("x%02X", c)
                        : c <= 0xffff ? String.format("u%04X", c) : String.format("U%08X", c);
        };
        for (int i = 0; i < named.length(); i++) {
            put(named.charAt(i));
        }
    }

    private void literal(String text, int level) {
        indicator("|", true, false, false);
        int[] points = text.codePoints().toArray();
        int last = points.length - 1;
        if (points[0] == ' ' || YamlText.lineBreak(points[0])) {
            indicator("2", false, false, false);
        }
        if (!YamlText.lineBreak(points[last])) {
            indicator("-", false, false, false);
        } else if (last == 0 || YamlText.lineBreak(points[last - 1])) {
            indicator("+", false, false, false);
        }
        lineBreak();
        indention = true;
        whitespace = true;
        boolean breaks = true;
        for (int c : points) {
            if (YamlText.lineBreak(c)) {
                copyBreak(c);
                indention = true;
                breaks = true;
            } else {
                if (breaks) {
                    indent(level);
                }
                put(c);
                indention = false;
                breaks = false;
            }
        }
    }

    private void put(int c) {
        out.appendCodePoint(c);
        column++;
    }

    private void copyBreak(int c) {
        out.appendCodePoint(c);
        column = 0;
    }

    private void lineBreak() {
        out.append('\n');
        column = 0;
    }
}

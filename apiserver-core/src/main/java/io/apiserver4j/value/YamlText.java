// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

/**
 * What the characters of a text allow: which of YAML's ways of writing it keep it as it is.
 *
 * @param multiline true where it has line breaks
 * @param plainAllowed true where no quotes are needed for its characters
 * @param singleAllowed true where single quotes keep it
 * @param blockAllowed true where a literal block keeps it
 */
record YamlText(boolean multiline, boolean plainAllowed, boolean singleAllowed, boolean blockAllowed) {
    private static final String OPENING = "#,[]{}&*!|>'\"%@`";

    static YamlText of(String text) {
        if (text.isEmpty()) {
            return new YamlText(false, true, true, false);
        }
        int[] points = text.codePoints().toArray();
        boolean indicators = text.startsWith("---") || text.startsWith("...");
        boolean special = false;
        boolean breaks = false;
        boolean breakSpace = false;
        boolean spaceBreak = false;
        for (int i = 0; i < points.length; i++) {
            int c = points[i];
            boolean blankNext = i + 1 >= points.length || points[i + 1] == ' ' || points[i + 1] == '\t';
            if (i == 0) {
                indicators |= OPENING.indexOf(c) >= 0 || blankNext && (c == '?' || c == ':' || c == '-');
            } else {
                indicators |= c == ':' && blankNext || c == '#' && blank(points[i - 1]);
            }
            special |= !printable(c);
            if (c == ' ') {
                breakSpace |= i > 0 && lineBreak(points[i - 1]);
            } else if (lineBreak(c)) {
                breaks = true;
                spaceBreak |= i > 0 && points[i - 1] == ' ';
            }
        }
        int first = points[0];
        int last = points[points.length - 1];
        boolean edges = first == ' ' || last == ' ' || lineBreak(first) || lineBreak(last);
        boolean broken = spaceBreak || special;
        return new YamlText(
                breaks,
                !edges && !breakSpace && !broken && !breaks && !indicators,
                !breakSpace && !broken,
                last != ' ' && !broken);
    }

    private static boolean blank(int c) {
        return c == ' ' || c == '\t' || c == 0 || lineBreak(c);
    }

    static boolean lineBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** Characters that may stand as they are; those beyond the first plane and tabs may not. */
    static boolean printable(int c) {
        return c == '\n'
                || c >= 0x20 && c <= 0x7e
                || c >= 0xa0 && c < 0xd800
                || c >= 0xe000 && c <= 0xfffd && c != 0xfeff;
    }
}

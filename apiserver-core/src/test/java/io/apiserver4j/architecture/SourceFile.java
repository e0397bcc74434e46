// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One Java source: where it lives, what it says, and what it says as code (comments, strings and characters blanked out, so
 * that a word in a sentence is no reference).
 *
 * @param module the folder of its module
 * @param packageName the package below {@code io.apiserver4j}, from its folder; empty for the root package itself
 * @param name the file's path below the project's root, for messages
 */
record SourceFile(String module, String packageName, String name, String text, String code) {
    private static final Pattern TYPE =
            Pattern.compile("(?:^|(?<=[;}\\s]))((?:(?:public|protected|private|abstract|final"
                    + "|sealed|non-sealed|static|strictfp)\\s+)*)(?:class|interface|enum|record|@interface)\\s+(\\w+)");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^\\s*import\\s+(?:static\\s+)?([\\w.]+(?:\\.\\*)?)\\s*;");

    static SourceFile of(String module, String packageName, String name, String text) {
        return new SourceFile(module, packageName, name, text, blank(text));
    }

    /** The first segment of the package: sub-packages have their parent's place. */
    String place() {
        int dot = packageName.indexOf('.');
        return dot < 0 ? packageName : packageName.substring(0, dot);
    }

    int lines() {
        return (int) text.lines().count();
    }

    /** What is imported, a static import with its member, a wildcard with its star. */
    List<String> imports() {
        return all(IMPORT, code, 1);
    }

    /** Packages below {@code io.apiserver4j} that the code names, by import or in full; its own among them. */
    List<String> namedPackages() {
        return all(Pattern.compile("\\bio\\.apiserver4j\\.([a-z]\\w*(?:\\.[a-z]\\w*)*)(?=[.;\\s])"), code, 1);
    }

    boolean namesPackage(String prefix) {
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(prefix) + "\\.")
                .matcher(code)
                .find();
    }

    /** Modifiers of the top-level types. */
    List<String> topLevelTypes() {
        StringBuilder top = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '}') {
                depth--;
            }
            top.append(depth == 0 ? c : ' ');
            if (c == '{') {
                depth++;
            }
        }
        return all(TYPE, top.toString(), 1);
    }

    private static List<String> all(Pattern pattern, String text, int group) {
        List<String> found = new ArrayList<>();
        for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(matcher.group(group));
        }
        return found;
    }

    /** The text with comments and the insides of literals as spaces; line breaks stay. */
    static String blank(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            int end = skipped(text, at);
            if (end == at) {
                out.append(text.charAt(at++));
                continue;
            }
            for (; at < end; at++) {
                out.append(text.charAt(at) == '\n' ? '\n' : ' ');
            }
        }
        return out.toString();
    }

    /** The end of the comment or literal that begins here; the same place where none does. */
    private static int skipped(String text, int at) {
        if (text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        if (text.startsWith("/*", at)) {
            return after(text, "*/", at + 2);
        }
        if (text.startsWith("\"\"\"", at)) {
            return literal(text, "\"\"\"", at);
        }
        char c = text.charAt(at);
        return c == '"' || c == '\'' ? literal(text, String.valueOf(c), at) : at;
    }

    private static int literal(String text, String quote, int at) {
        for (int i = at + quote.length(); i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.startsWith(quote, i)) {
                return i + quote.length();
            }
        }
        return text.length();
    }

    private static int after(String text, String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? text.length() : found + mark.length();
    }
}

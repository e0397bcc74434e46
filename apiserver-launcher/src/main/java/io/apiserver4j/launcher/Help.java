// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import java.io.PrintStream;
import java.util.List;

/** The text of {@code --help}: all flags in their groups, with what is not served yet marked. */
final class Help {
    private static final int COLUMN = 58;

    private Help() {}

    static void print(FlagTable table, PrintStream out) {
        StringBuilder text = new StringBuilder(16_000);
        text.append(
                        "The Kubernetes API server, v1.37, in memory. Takes the flags of kube-apiserver; those marked (later) are\n")
                .append("known, but not served yet, and refused with any value but their default.\n\n")
                .append("Usage:\n  apiserver [flags]\n");
        String group = "";
        for (Flag flag : table.flags()) {
            if (!flag.group().equals(group)) {
                group = flag.group();
                text.append('\n')
                        .append(group.equals("Own") ? "Flags of apiserver4j" : group + " flags")
                        .append(":\n\n");
            }
            append(text, flag);
        }
        out.print(text);
        out.flush();
    }

    private static void append(StringBuilder text, Flag flag) {
        int start = text.length();
        text.append(flag.letter().isEmpty() ? "      " : "  -" + flag.letter() + ", ")
                .append("--")
                .append(flag.name());
        if (flag.type() != FlagType.BOOL) {
            text.append(' ').append(flag.type().shown());
        }
        int width = text.length() - start;
        if (width >= COLUMN) {
            text.append('\n');
            width = 0;
        }
        text.append(" ".repeat(COLUMN - width)).append(flag.help());
        List<String> values = flag.type().defaults(flag.defaultText());
        if (!flag.defaultText().isEmpty() && !values.isEmpty()) {
            text.append(" (default ").append(flag.defaultText()).append(')');
        }
        text.append(flag.state() == Flag.State.LATER ? " (later)\n" : "\n");
    }
}

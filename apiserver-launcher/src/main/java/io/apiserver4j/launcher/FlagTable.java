// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.launcher.Flag.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All flags that the program knows: those of kube-apiserver v1.37, and our own. Read from the resource flags.txt. */
final class FlagTable {
    private final List<Flag> flags;
    private final Map<String, Flag> byName = new HashMap<>();

    private FlagTable(List<Flag> flags) {
        this.flags = List.copyOf(flags);
        flags.forEach(flag -> byName.put(flag.name(), flag));
    }

    /** Reads the table. */
    static FlagTable load() {
        List<Flag> flags = new ArrayList<>(200);
        String group = "";
        for (String line : lines("flags.txt")) {
            if (line.startsWith("[")) {
                group = line.substring(1, line.length() - 1);
            } else {
                flags.add(flag(group, line));
            }
        }
        return new FlagTable(flags);
    }

    private static Flag flag(String group, String line) {
        String[] columns = line.split("\t", -1);
        State state = switch (columns[3]) {
            case "served" -> State.SERVED;
            case "accepted" -> State.ACCEPTED;
            case "later" -> State.LATER;
            default -> throw new IllegalArgumentException("no state of flags: " + columns[3]);
        };
        String defaultText = columns[2].equals("-") ? "" : columns[2];
        return new Flag(columns[0], group, FlagType.of(columns[1]), defaultText, state, columns[4]);
    }

    /** The lines of a resource of this package, without comments and empty ones. */
    static List<String> lines(String resource) {
        try (InputStream in = FlagTable.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: " + resource + " is missing");
            }
            List<String> lines = new ArrayList<>();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (int at = 0, end; at < text.length(); at = end + 1) {
                end = text.indexOf('\n', at);
                end = end < 0 ? text.length() : end;
                if (end > at && text.charAt(at) != '#') {
                    lines.add(text.substring(at, end));
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All flags, in the order of the help. */
    List<Flag> flags() {
        return flags;
    }

    /** The flag of a name, in which underscores are as good as dashes; null where there is none. */
    @Nullable
    Flag find(String name) {
        return byName.get(name.replace('_', '-'));
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.meta.GoDuration;
import io.apiserver4j.meta.GoNumbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the flags of a start say: what was given, and defaults for the rest. Values have been checked for their types. */
final class FlagValues {
    private final FlagTable table;
    private final Map<String, List<String>> given = new LinkedHashMap<>();

    FlagValues(FlagTable table) {
        this.table = table;
    }

    void add(Flag flag, List<String> values) {
        if (flag.type().isList()) {
            given.computeIfAbsent(flag.name(), name -> new ArrayList<>()).addAll(values);
        } else {
            given.put(flag.name(), values);
        }
    }

    /** The flags that were given with a value that is not their default, in the order of their first use. */
    List<Flag> changed() {
        List<Flag> changed = new ArrayList<>();
        given.forEach((name, values) -> {
            Flag flag = flag(name);
            if (!flag.isDefault(values)) {
                changed.add(flag);
            }
        });
        return changed;
    }

    /** True where the flag was given, be it with its default. */
    boolean has(String name) {
        return given.containsKey(name);
    }

    /** True where one of the flags was given. */
    boolean hasAny(List<String> names) {
        for (String name : names) {
            if (has(name)) {
                return true;
            }
        }
        return false;
    }

    /** The values of a list, or the single value. */
    List<String> all(String name) {
        Flag flag = flag(name);
        List<String> values = given.get(name);
        return List.copyOf(values != null ? values : flag.type().defaults(flag.defaultText()));
    }

    /** The value as text. */
    String text(String name) {
        List<String> values = all(name);
        return values.get(values.size() - 1);
    }

    /** The value of an integer. */
    long number(String name) {
        return GoIntegers.parse(text(name));
    }

    /** The value of a switch. */
    boolean on(String name) {
        return GoNumbers.parseBool(text(name));
    }

    /** The value of a duration. */
    Duration duration(String name) {
        return Duration.ofNanos(GoDuration.parse(text(name)));
    }

    /** All flags with their values as Go prints them, by name. */
    Map<String, String> shown() {
        Map<String, String> shown = new TreeMap<>();
        for (Flag flag : table.flags()) {
            List<String> values = given.get(flag.name());
            shown.put(
                    flag.name(),
                    flag.type().printed(values != null ? values : flag.type().defaults(flag.defaultText())));
        }
        return shown;
    }

    private Flag flag(String name) {
        Flag flag = table.find(name);
        if (flag == null) {
            throw new IllegalArgumentException("no such flag: " + name);
        }
        return flag;
    }
}

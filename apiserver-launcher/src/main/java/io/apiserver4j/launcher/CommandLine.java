// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ScalarSyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads command lines by the rules of pflag: {@code --flag=value}, {@code --flag value} but for switches, {@code -v 2},
 * {@code -v2}; a list adds up over several uses, otherwise the last use wins; {@code --} ends the flags.
 */
final class CommandLine {
    private final FlagTable table;
    private final FlagValues values;
    private final String[] args;
    private final List<String> others = new ArrayList<>();
    private int at;

    private CommandLine(FlagTable table, String[] args) {
        this.table = table;
        this.args = args;
        this.values = new FlagValues(table);
    }

    /**
     * The values of a command line.
     *
     * @throws Refusal with the text of the real program where it can't be read
     */
    static FlagValues read(FlagTable table, String... args) throws Refusal {
        return new CommandLine(table, args).read();
    }

    private FlagValues read() throws Refusal {
        while (at < args.length) {
            String arg = args[at++];
            if (arg.equals("--")) {
                others.addAll(List.of(args).subList(at, args.length));
                break;
            }
            if (arg.startsWith("--")) {
                readLong(arg);
            } else if (arg.length() > 1 && arg.charAt(0) == '-') {
                readLetters(arg.substring(1));
            } else {
                others.add(arg);
            }
        }
        if (!values.on("help") && others.stream().anyMatch(other -> !other.isEmpty())) {
            StringBuilder list = new StringBuilder();
            others.forEach(other -> list.append(list.isEmpty() ? "" : " ").append(GoText.quote(other)));
            throw Refusal.usage("\"kube-apiserver\" does not take any arguments, got [" + list + "]");
        }
        return values;
    }

    private void readLong(String arg) throws Refusal {
        int equals = arg.indexOf('=');
        String name = arg.substring(2, equals < 0 ? arg.length() : equals);
        if (name.isEmpty() || name.charAt(0) == '-') {
            throw Refusal.usage("bad flag syntax: " + arg);
        }
        Flag flag = table.find(name);
        if (flag == null) {
            throw Refusal.usage("unknown flag: --" + name);
        }
        if (equals >= 0) {
            set(flag, arg.substring(equals + 1));
        } else if (!flag.type().withoutValue().isEmpty()) {
            set(flag, flag.type().withoutValue());
        } else if (at < args.length) {
            set(flag, args[at++]);
        } else {
            throw Refusal.usage("flag needs an argument: --" + name);
        }
    }

    private void readLetters(String letters) throws Refusal {
        String rest = letters;
        while (!rest.isEmpty()) {
            String letter = rest.substring(0, 1);
            Flag flag = letter.equals("h") ? table.find("help") : letter.equals("v") ? table.find("v") : null;
            if (flag == null) {
                throw Refusal.usage("unknown shorthand flag: '" + letter + "' in -" + rest);
            }
            if (rest.length() > 2 && rest.charAt(1) == '=') {
                set(flag, rest.substring(2));
                return;
            }
            if (!flag.type().withoutValue().isEmpty()) {
                set(flag, flag.type().withoutValue());
                rest = rest.substring(1);
            } else if (rest.length() > 1) {
                set(flag, rest.substring(1));
                return;
            } else if (at < args.length) {
                set(flag, args[at++]);
                return;
            } else {
                throw Refusal.usage("flag needs an argument: '" + letter + "' in -" + rest);
            }
        }
    }

    private void set(Flag flag, String value) throws Refusal {
        try {
            values.add(flag, flag.type().read(value));
        } catch (ScalarSyntaxException e) {
            throw Refusal.usage("invalid argument " + GoText.quote(value) + " for " + GoText.quote(flag.shown())
                    + " flag: " + e.text());
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One clause of an Accept header. */
record AcceptClause(String type, String subtype, double quality, Map<String, String> parameters) {
    /** The clauses in the order in which they are tried: by quality, then exact ones before those with a star. */
    static List<AcceptClause> parse(String header) {
        List<AcceptClause> out = new ArrayList<>(4);
        for (String part : header.split(",", -1)) {
            parseOne(part, out);
        }
        sort(out);
        return out;
    }

    private static void parseOne(String part, List<AcceptClause> out) {
        String[] pieces = part.split(";", -1);
        String[] names = pieces[0].split("/", -1);
        String type = names[0].trim();
        String subtype;
        if (names.length == 1 || names.length == 2 && names[1].isEmpty()) {
            if (!type.equals("*")) {
                return;
            }
            subtype = "*";
        } else if (names.length == 2) {
            subtype = names[1].trim();
        } else {
            return;
        }
        double quality = 1;
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < pieces.length; i++) {
            String[] pair = pieces[i].split("=", -1);
            if (pair.length != 2 || pair[1].isEmpty()) {
                continue;
            }
            String name = pair[0].trim();
            if (name.equals("q")) {
                quality = number(pair[1]);
            } else {
                parameters.put(name, pair[1].trim());
            }
        }
        out.add(new AcceptClause(type, subtype, quality, parameters));
    }

    private static double number(String text) {
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * The rule of the real server is no order (a star loses even with the higher quality, and the other way round), so the
     * way of sorting is part of the rule: insertion from the left.
     */
    private static void sort(List<AcceptClause> clauses) {
        for (int i = 1; i < clauses.size(); i++) {
            for (int j = i; j > 0 && clauses.get(j).before(clauses.get(j - 1)); j--) {
                AcceptClause moved = clauses.get(j);
                clauses.set(j, clauses.get(j - 1));
                clauses.set(j - 1, moved);
            }
        }
    }

    private boolean before(AcceptClause other) {
        return quality > other.quality
                || !type.equals("*") && other.type.equals("*")
                || !subtype.equals("*") && other.subtype.equals("*");
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of the media types that a document comes in a client likes best. */
final class AcceptedType {
    private record Clause(String type, double quality) {}

    private AcceptedType() {}

    /** The best of the offered types, those offered first winning over others; null where none is accepted. */
    static @Nullable String best(String accept, List<String> offered) {
        for (Clause clause : clauses(accept.isEmpty() ? "*/*" : accept)) {
            for (String type : offered) {
                if (matches(clause.type(), type)) {
                    return type;
                }
            }
        }
        return null;
    }

    private static boolean matches(String wanted, String type) {
        int slash = type.indexOf('/');
        return wanted.equals("*/*") || wanted.equals(type) || wanted.equals(type.substring(0, slash) + "/*");
    }

    private static List<Clause> clauses(String accept) {
        List<Clause> out = new ArrayList<>();
        for (String part : accept.split(",")) {
            String[] pieces = part.split(";");
            double quality = 1;
            for (int i = 1; i < pieces.length; i++) {
                String parameter = pieces[i].trim();
                if (parameter.startsWith("q=")) {
                    quality = quality(parameter.substring(2));
                }
            }
            out.add(new Clause(pieces.length == 0 ? "" : pieces[0].trim(), quality));
        }
        out.sort(Comparator.comparingDouble(Clause::quality).reversed());
        return out;
    }

    private static double quality(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 1;
        }
    }
}

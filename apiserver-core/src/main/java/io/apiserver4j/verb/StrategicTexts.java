// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.schema.TypeMismatchException;

/** Type errors in the words of the converter from maps, which strategic merge uses instead of the JSON decoder. */
final class StrategicTexts {
    private static final String PREFIX = "json: cannot unmarshal ";

    private StrategicTexts() {}

    /** {@code cannot convert int64 to string} for {@code json: cannot unmarshal number into … of type string}. */
    static String of(TypeMismatchException mismatch) {
        String text = mismatch.text();
        if (text.startsWith("illegal base64 ")) {
            return "error decoding from json: " + text;
        }
        int end = text.lastIndexOf(" of type ");
        if (!text.startsWith(PREFIX) || end < 0) {
            return text;
        }
        String given = text.substring(PREFIX.length()).split(" ", 2)[0];
        String wanted = text.substring(end + " of type ".length());
        String goGiven = switch (given) {
            case "number" ->
                text.startsWith(PREFIX + "number ") && text.contains(".") && hasFraction(text) ? "float64" : "int64";
            case "object" -> "map[string]interface {}";
            case "array" -> "[]interface {}";
            default -> given;
        };
        if (wanted.startsWith("map[")) {
            return "cannot restore map from " + shape(given);
        }
        if (wanted.startsWith("[]")) {
            return "cannot restore slice from " + shape(given);
        }
        if (wanted.contains(".") || wanted.startsWith("struct")) {
            return "cannot restore struct from: " + shape(given);
        }
        return "cannot convert " + goGiven + " to " + wanted;
    }

    private static boolean hasFraction(String text) {
        String number = text.substring(PREFIX.length() + "number ".length()).split(" ", 2)[0];
        return number.indexOf('.') >= 0 && Character.isDigit(number.charAt(0));
    }

    private static String shape(String given) {
        return switch (given) {
            case "number" -> "int64";
            case "object" -> "map";
            case "array" -> "slice";
            default -> given;
        };
    }
}

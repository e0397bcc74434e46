// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.meta.GoDuration;
import io.apiserver4j.meta.GoNumbers;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.meta.ScalarSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How values of flags are read: the types of pflag and of Kubernetes' own flags, with the texts of their failures. A value
 * is kept as a list of texts, of which single-valued types use the last.
 */
enum FlagType {
    BOOL("bool"),
    INT("int"),
    INT32_SLICE("int32Slice"),
    FLOAT("float"),
    FLOAT32("float32"),
    DURATION("duration"),
    IP("ip"),
    STRING("string"),
    STRINGS("strings"),
    STRING_ARRAY("stringArray"),
    MULTIMAP("colonSeparatedMultimapStringString"),
    MAP("mapStringString"),
    LABELS("stringToString"),
    NAMED_CERT_KEY("namedCertKey"),
    PORT_RANGE("portRange"),
    QUANTITY("quantity"),
    LEVEL("Level"),
    PATTERN("pattern=N,..."),
    VERSION("version[=true]");

    private final String shown;

    FlagType(String shown) {
        this.shown = shown;
    }

    static FlagType of(String shown) {
        for (FlagType type : values()) {
            if (type.shown.equals(shown)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no type of flags: " + shown);
    }

    /** The name of the type in the help. */
    String shown() {
        return shown;
    }

    /** What a flag without a value means, or the empty text where it must have one. */
    String withoutValue() {
        return this == BOOL || this == VERSION ? "true" : "";
    }

    /** True where several uses of the flag add up. */
    boolean isList() {
        return switch (this) {
            case STRINGS, STRING_ARRAY, MULTIMAP, MAP, LABELS, NAMED_CERT_KEY, INT32_SLICE -> true;
            default -> false;
        };
    }

    /**
     * The values of one use of the flag.
     *
     * @throws ScalarSyntaxException with the text of the real one where the value is none of this type
     */
    List<String> read(String text) {
        switch (this) {
            case BOOL -> GoNumbers.parseBool(text);
            case VERSION -> {
                if (!text.equals("raw") && !text.startsWith("v")) {
                    GoNumbers.parseBool(text);
                }
            }
            case INT -> GoIntegers.parse(text);
            case LEVEL -> GoNumbers.parseInt32(text);
            case FLOAT, FLOAT32 -> checkFloat(text);
            case DURATION -> GoDuration.parse(text);
            case IP -> {
                if (!text.isEmpty() && IpAddress.parse(text.trim()) == null) {
                    throw new ScalarSyntaxException("failed to parse IP: " + GoText.quote(text));
                }
            }
            case PORT_RANGE -> Ports.parse(text);
            case PATTERN -> LogLevels.check(text);
            case STRINGS, LABELS, INT32_SLICE -> {
                return CommaSeparated.record(text);
            }
            case MULTIMAP, MAP -> {
                return pairs(text);
            }
            default -> {
                // any text is one
            }
        }
        return List.of(text);
    }

    private List<String> pairs(String text) {
        List<String> pairs = new ArrayList<>();
        for (String pair : text.split(",", -1)) {
            if (!pair.isEmpty()) {
                pairs.add(pair);
            }
        }
        return pairs;
    }

    private static void checkFloat(String text) {
        try {
            Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ScalarSyntaxException("strconv.ParseFloat: parsing " + GoText.quote(text) + ": invalid syntax");
        }
    }

    /** The values of a default as the help spells it. */
    List<String> defaults(String text) {
        if (text.isEmpty()) {
            return isList() ? List.of() : List.of(empty());
        }
        String bare = text.charAt(0) == '"' || text.charAt(0) == '[' ? text.substring(1, text.length() - 1) : text;
        return bare.isEmpty() && isList() ? List.of() : this == STRING_ARRAY ? List.of(bare) : read(bare);
    }

    private String empty() {
        return switch (this) {
            case BOOL, VERSION -> "false";
            case INT, LEVEL, FLOAT, FLOAT32, DURATION, QUANTITY -> "0";
            default -> "";
        };
    }

    /** The same text for equal values. */
    String normal(List<String> values) {
        if (isList()) {
            return String.join(",", values);
        }
        String last = values.get(values.size() - 1);
        return switch (this) {
            case BOOL -> String.valueOf(GoNumbers.parseBool(last));
            case INT -> String.valueOf(GoIntegers.parse(last));
            case FLOAT, FLOAT32 -> String.valueOf(Double.parseDouble(last));
            case DURATION -> String.valueOf(GoDuration.parse(last));
            default -> last;
        };
    }

    /** Values as Go prints them. */
    String printed(List<String> values) {
        if (this == MULTIMAP || this == MAP) {
            return values.stream().sorted().collect(Collectors.joining(","));
        }
        if (isList()) {
            return "[" + String.join(this == NAMED_CERT_KEY ? ";" : ",", values) + "]";
        }
        String last = values.get(values.size() - 1);
        return switch (this) {
            case DURATION -> GoDuration.format(GoDuration.parse(last));
            case BOOL, INT -> normal(values);
            default -> last;
        };
    }
}

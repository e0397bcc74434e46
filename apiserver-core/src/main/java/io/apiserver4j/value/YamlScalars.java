// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an unquoted YAML word means to Kubernetes: YAML 1.1 booleans with their one-letter forms, octal with and without
 * {@code o}, no base 60, dates as text. The table is that of the parser behind {@code sigs.k8s.io/yaml}.
 */
final class YamlScalars {
    static final String STR = "tag:yaml.org,2002:str";
    private static final String PREFIX = "tag:yaml.org,2002:";
    private static final String BOOL = PREFIX + "bool";
    private static final String INT = PREFIX + "int";
    private static final String FLOAT = PREFIX + "float";
    private static final String NULL = PREFIX + "null";
    private static final String TIMESTAMP = PREFIX + "timestamp";
    private static final String BINARY = PREFIX + "binary";
    private static final String MERGE = PREFIX + "merge";

    private static final Set<String> RESOLVED = Set.of("", STR, BOOL, INT, FLOAT, NULL, TIMESTAMP);
    private static final BigInteger UINT64_END = BigInteger.ONE.shiftLeft(64);
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern DATE = Pattern.compile(
            "\\d{4}-\\d{1,2}-\\d{1,2}([Tt ]\\d{1,2}:\\d{1,2}:\\d{1,2}(\\.\\d*)?(Z|[-+]\\d{2}:\\d{2})?)?");
    private static final Pattern BASE60 = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
    private static final Map<String, Meaning> WORDS = words();

    private YamlScalars() {}

    /**
     * What a word means: its tag, and its value. A number that is no finite one has no value but {@code special}, the form
     * that a key gets.
     */
    record Meaning(String tag, Value value, String special) {
        Meaning(String tag, Value value) {
            this(tag, value, "");
        }
    }

    private static Map<String, Meaning> words() {
        Map<String, Meaning> out = new HashMap<>();
        put(out, new Meaning(BOOL, BooleanValue.TRUE), "y Y yes Yes YES true True TRUE on On ON");
        put(out, new Meaning(BOOL, BooleanValue.FALSE), "n N no No NO false False FALSE off Off OFF");
        put(out, new Meaning(NULL, NullValue.NULL), "~ null Null NULL");
        out.put("", new Meaning(NULL, NullValue.NULL));
        put(out, new Meaning(FLOAT, NullValue.NULL, ".nan"), ".nan .NaN .NAN");
        put(out, new Meaning(FLOAT, NullValue.NULL, ".inf"), ".inf .Inf .INF +.inf +.Inf +.INF");
        put(out, new Meaning(FLOAT, NullValue.NULL, "-.inf"), "-.inf -.Inf -.INF");
        return out;
    }

    private static void put(Map<String, Meaning> out, Meaning meaning, String words) {
        for (String word : words.split(" ")) {
            out.put(word, meaning);
        }
    }

    /** The meaning of a scalar node. */
    static Meaning meaning(YamlNode node) {
        if (node.tag.isEmpty() && !node.plain) {
            return new Meaning(STR, StringValue.of(node.text));
        }
        if (node.tag.equals(BINARY)) {
            try {
                byte[] bytes =
                        Base64.getDecoder().decode(node.text.replace("\n", "").replace("\r", ""));
                return new Meaning(BINARY, StringValue.of(new String(bytes, StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException e) {
                throw new YamlException("yaml: !!binary value contains invalid base64 data");
            }
        }
        if (!RESOLVED.contains(node.tag)) {
            return new Meaning(node.tag, StringValue.of(node.text));
        }
        if (node.tag.equals(STR)) {
            return new Meaning(STR, StringValue.of(node.text));
        }
        Meaning meaning = resolve(node.text, node.tag.equals(TIMESTAMP));
        if (node.tag.isEmpty() || node.tag.equals(meaning.tag)) {
            return meaning;
        }
        if (node.tag.equals(FLOAT) && meaning.tag.equals(INT)) {
            return meaning;
        }
        throw new YamlException(
                "yaml: cannot decode " + shortTag(meaning.tag) + " `" + node.text + "` as a " + shortTag(node.tag));
    }

    private static String shortTag(String tag) {
        return tag.startsWith(PREFIX) ? "!!" + tag.substring(PREFIX.length()) : tag;
    }

    /** True where a text, written without quotes, is read as that text again. */
    static boolean staysText(String text) {
        return resolve(text, true).tag.equals(STR) && !base60(text);
    }

    private static boolean base60(String text) {
        return text.indexOf(':') > 0 && BASE60.matcher(text).matches();
    }

    private static Meaning resolve(String text, boolean dates) {
        char first = text.isEmpty() ? '~' : text.charAt(0);
        boolean number = first >= '0' && first <= '9' || first == '+' || first == '-';
        if (number || first == '.' || "yYnNtTfFoO~".indexOf(first) >= 0) {
            Meaning word = WORDS.get(text);
            if (word != null) {
                return word;
            }
            if (first == '.') {
                if (DECIMAL.matcher(text).matches()) {
                    return decimal(text);
                }
            } else if (number) {
                if (dates && DATE.matcher(text).matches()) {
                    return new Meaning(TIMESTAMP, StringValue.of(text));
                }
                Meaning found = number(text.replace("_", ""));
                if (found != null) {
                    return found;
                }
            }
        }
        return text.equals("<<") ? new Meaning(MERGE, StringValue.of(text)) : new Meaning(STR, StringValue.of(text));
    }

    private static @Nullable Meaning number(String text) {
        BigInteger integer = integer(text);
        if (integer != null && integer.bitLength() < 64) {
            return new Meaning(INT, NumberValue.of(integer.longValue()));
        }
        if (integer != null && integer.signum() > 0 && integer.compareTo(UINT64_END) < 0 && text.charAt(0) != '+') {
            return new Meaning(INT, NumberValue.of(integer.doubleValue(), integer.toString()), "uint64");
        }
        if (DECIMAL.matcher(text).matches()) {
            Meaning decimal = decimal(text);
            return decimal.special.isEmpty() ? decimal : null;
        }
        return integer == null ? null : new Meaning(INT, NumberValue.of(integer.doubleValue(), integer.toString()));
    }

    /** An integer in Go's forms of base 0: 0x, 0o, 0b, a leading 0 for octal; null where it is none. */
    private static @Nullable BigInteger integer(String text) {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int base = 10;
        if (text.length() > at + 1 && text.charAt(at) == '0') {
            switch (text.charAt(at + 1)) {
                case 'x', 'X' -> base = 16;
                case 'o', 'O' -> base = 8;
                case 'b', 'B' -> base = 2;
                default -> {
                    base = 8;
                    at--;
                }
            }
            at += 2;
        }
        if (at >= text.length()) {
            return null;
        }
        for (int i = at; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80 || Character.digit(text.charAt(i), base) < 0) {
                return null;
            }
        }
        BigInteger size = new BigInteger(text.substring(at), base);
        return text.charAt(0) == '-' ? size.negate() : size;
    }

    private static Meaning decimal(String text) {
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            return new Meaning(FLOAT, NullValue.NULL, value > 0 ? ".inf" : "-.inf");
        }
        return new Meaning(FLOAT, NumberValue.of(value));
    }

    /** A decimal as the JSON text between YAML and object has it: one without fraction is an integer again. */
    static NumberValue throughJson(NumberValue number) {
        if (number.isInteger()) {
            return number;
        }
        String text = number.canonical();
        if (text.equals("-0") || text.indexOf('.') >= 0 || text.indexOf('e') >= 0) {
            return number;
        }
        BigInteger exact = new BigInteger(text);
        return exact.bitLength() < 64 ? NumberValue.of(exact.longValue()) : number;
    }

    /** A double in the shortest form of Go's {@code %g}, as YAML texts carry it. */
    static String shortest(String javaText, double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(javaText).stripTrailingZeros();
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - exact.scale();
        if (exponent >= -4 && exponent < 6) {
            return exact.toPlainString();
        }
        StringBuilder out = new StringBuilder(value < 0 ? "-" : "").append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+');
        int power = Math.abs(exponent);
        return out.append(power < 10 ? "0" : "").append(power).toString();
    }
}

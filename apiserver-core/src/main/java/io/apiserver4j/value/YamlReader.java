// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads YAML texts into the trees that Kubernetes makes of them: YAML 1.1 words, merge keys, aliases within bounds, keys of
 * any scalar type as texts, members in the order of their names. Of a stream of documents the first counts; an empty text is
 * null. Safe for use by several threads.
 */
public final class YamlReader {
    private YamlReader() {}

    /**
     * What was read: the tree, and what strict reading has to say about keys that came more than once, a line each:
     * {@code line 4: key "k" already set in map}.
     */
    public record Result(Value value, List<String> duplicates) {}

    /** Reads the first document; throws {@link YamlException}. */
    public static Value read(byte[] text) {
        return readWithFindings(text).value();
    }

    /** Reads the first document with its findings; throws {@link YamlException}. */
    public static Result readWithFindings(byte[] text) {
        try {
            YamlNode root = YamlParser.parse(decode(text));
            if (root == null) {
                return new Result(NullValue.NULL, List.of());
            }
            YamlDecoder decoder = new YamlDecoder();
            Value value = decoder.document(root);
            return new Result(value, decoder.duplicates());
        } catch (StackOverflowError e) {
            throw new YamlException("yaml: exceeded max depth of " + YamlParser.MAX_DEPTH);
        }
    }

    /** UTF-8, or UTF-16 where the text begins with its mark; only characters that YAML allows. */
    private static String decode(byte[] text) {
        String out;
        if (starts(text, 0xff, 0xfe)) {
            out = new String(text, 2, text.length - 2, StandardCharsets.UTF_16LE);
        } else if (starts(text, 0xfe, 0xff)) {
            out = new String(text, 2, text.length - 2, StandardCharsets.UTF_16BE);
        } else {
            int start = text.length > 2 && starts(text, 0xef, 0xbb) && (text[2] & 0xff) == 0xbf ? 3 : 0;
            checkOctets(text, start);
            out = new String(text, start, text.length - start, StandardCharsets.UTF_8);
        }
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            boolean allowed = c >= 0x20 && c < 0x7f
                    || c == '\n'
                    || c == '\t'
                    || c == '\r'
                    || c == 0x85
                    || c >= 0xa0 && c <= 0xfffd;
            if (!allowed) {
                throw new YamlException("yaml: control characters are not allowed");
            }
        }
        return out;
    }

    private static boolean starts(byte[] text, int first, int second) {
        return text.length > 1 && (text[0] & 0xff) == first && (text[1] & 0xff) == second;
    }

    private static void checkOctets(byte[] text, int start) {
        for (int i = start; i < text.length; ) {
            int first = text[i] & 0xff;
            int width = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
            if (width == 0) {
                throw new YamlException("yaml: invalid leading UTF-8 octet");
            }
            if (i + width > text.length) {
                throw new YamlException("yaml: incomplete UTF-8 octet sequence");
            }
            int point = width == 1 ? first : first & 0xff >> width + 1;
            for (int k = 1; k < width; k++) {
                if ((text[i + k] & 0xc0) != 0x80) {
                    throw new YamlException("yaml: invalid trailing UTF-8 octet");
                }
                point = point << 6 | text[i + k] & 0x3f;
            }
            if (width > 1 && point < (width == 2 ? 0x80 : width == 3 ? 0x800 : 0x10000)) {
                throw new YamlException("yaml: invalid length of a UTF-8 sequence");
            }
            if (point >= 0xd800 && point < 0xe000 || point > 0x10ffff) {
                throw new YamlException("yaml: invalid Unicode character");
            }
            i += width;
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.JsonTokenId;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads JSON texts in UTF-8 into trees. A name that comes twice in an object is a finding, not an error: the last value
 * stands, as in Go. Safe for use by several threads.
 */
public final class JsonReader {
    /** Nesting that is refused, as Go's decoder refuses it. */
    public static final int MAX_DEPTH = 10_000;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(64 << 20)
                    .maxNumberLength(1 << 20)
                    .maxNameLength(16 << 20)
                    .build())
            .build();

    private JsonReader() {}

    /** What was read: the tree, and the addresses of names that came more than once, in reading order. */
    public record Result(Value value, List<ValuePath> duplicates) {}

    /** Reads one document; throws {@link JsonSyntaxException} where the text is no single JSON document. */
    public static Value read(byte[] text) {
        return readWithFindings(text).value();
    }

    /** Reads one document that was written by this server: an object. */
    public static ObjectValue readObject(byte[] text) {
        ObjectValue object = read(text).asObject();
        if (object == null) {
            throw new JsonSyntaxException("the document is no object");
        }
        return object;
    }

    /** Reads one document with its findings. */
    public static Result readWithFindings(byte[] text) {
        List<ValuePath> duplicates = new ArrayList<>(0);
        if (isOtherEncoding(text)) {
            throw new JsonSyntaxException(GoSyntax.describe(text));
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new JsonSyntaxException("unexpected end of JSON input");
            }
            Value value = new Reading(parser, duplicates).value();
            if (parser.nextToken() != null) {
                throw new JsonSyntaxException(GoSyntax.describe(text));
            }
            return new Result(value, duplicates);
        } catch (JsonSyntaxException e) {
            throw e;
        } catch (IOException e) {
            byte[] repaired = Utf8.repair(text);
            if (repaired != text) {
                try {
                    return readWithFindings(repaired);
                } catch (JsonSyntaxException again) {
                    throw new JsonSyntaxException(GoSyntax.describe(text)); // what is wrong with the text as it came
                }
            }
            throw new JsonSyntaxException(GoSyntax.describe(text));
        } catch (StackOverflowError e) {
            throw new JsonSyntaxException(GoSyntax.describe(text));
        }
    }

    /** True for texts that the parser would take for UTF-16 or UTF-32, or whose mark of UTF-8 it would skip: Go takes neither. */
    private static boolean isOtherEncoding(byte[] text) {
        for (int i = 0; i < Math.min(text.length, 4); i++) {
            if (text[i] == 0) {
                return true;
            }
        }
        return text.length > 0 && text[0] < 0;
    }

    private record Reading(JsonParser parser, List<ValuePath> duplicates) {
        Value value() throws IOException {
            return switch (parser.currentTokenId()) {
                case JsonTokenId.ID_START_OBJECT -> object();
                case JsonTokenId.ID_START_ARRAY -> array();
                case JsonTokenId.ID_STRING -> StringValue.of(parser.getText());
                case JsonTokenId.ID_NUMBER_INT -> integer();
                case JsonTokenId.ID_NUMBER_FLOAT -> decimal();
                case JsonTokenId.ID_TRUE -> BooleanValue.TRUE;
                case JsonTokenId.ID_FALSE -> BooleanValue.FALSE;
                default -> NullValue.NULL;
            };
        }

        private Value object() throws IOException {
            if (parser.nextToken() == JsonToken.END_OBJECT) {
                return ObjectValue.EMPTY;
            }
            String[] keys = new String[8];
            Value[] values = new Value[8];
            int size = 0;
            ObjectEditor large = null;
            do {
                String key = parser.currentName();
                parser.nextToken();
                Value value = value();
                if (large == null && size == 16) {
                    large = new ObjectEditor(64);
                    for (int i = 0; i < size; i++) {
                        large.append(keys[i], values[i]);
                    }
                }
                if (large != null) {
                    if (large.has(key)) {
                        duplicates.add(pathHere(key));
                    }
                    large.put(key, value);
                    continue;
                }
                int known = position(keys, size, key);
                if (known >= 0) {
                    duplicates.add(pathHere(key));
                    values[known] = value;
                    continue;
                }
                if (size == keys.length) {
                    keys = Arrays.copyOf(keys, size * 2);
                    values = Arrays.copyOf(values, size * 2);
                }
                keys[size] = key;
                values[size++] = value;
            } while (parser.nextToken() != JsonToken.END_OBJECT);
            return large != null
                    ? large.build()
                    : ObjectValue.adopt(Arrays.copyOf(keys, size), Arrays.copyOf(values, size), size);
        }

        private static int position(String[] keys, int size, String key) {
            for (int i = 0; i < size; i++) {
                if (keys[i].equals(key)) {
                    return i;
                }
            }
            return -1;
        }

        private Value array() throws IOException {
            if (parser.nextToken() == JsonToken.END_ARRAY) {
                return ArrayValue.EMPTY;
            }
            Value[] items = new Value[8];
            int size = 0;
            do {
                if (size == items.length) {
                    items = Arrays.copyOf(items, size * 2);
                }
                items[size++] = value();
            } while (parser.nextToken() != JsonToken.END_ARRAY);
            return ArrayValue.adopt(Arrays.copyOf(items, size));
        }

        private Value integer() throws IOException {
            return switch (parser.getNumberType()) {
                case INT, LONG -> NumberValue.of(parser.getLongValue());
                default -> decimal();
            };
        }

        private Value decimal() throws IOException {
            String literal = parser.getText();
            double number = Double.parseDouble(literal);
            if (Double.isInfinite(number)) {
                throw new JsonSyntaxException(
                        "json: cannot unmarshal number " + literal + " into Go value of type float64");
            }
            return NumberValue.of(number, literal);
        }

        /** Address of a member of the object that is being read, from the parser's own context. */
        private ValuePath pathHere(String key) {
            return parent(parser.getParsingContext()).field(key);
        }

        private static ValuePath parent(JsonStreamContext context) {
            JsonStreamContext outer = context.getParent();
            if (outer == null || outer.inRoot()) {
                return ValuePath.ROOT;
            }
            ValuePath path = parent(outer);
            return outer.inArray() ? path.index(outer.getCurrentIndex()) : path.field(outer.getCurrentName());
        }
    }
}

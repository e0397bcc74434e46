// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree of a document's nodes: resolves aliases and merge keys, turns keys into texts, finds keys that come twice.
 * How much of a document may come from aliases is bounded by the same counts as in Kubernetes' parser.
 */
final class YamlDecoder {
    private static final int LOW = 400_000;
    private static final int HIGH = 4_000_000;

    private final List<String> duplicates = new ArrayList<>(0);
    private final Set<YamlNode> open = new HashSet<>();
    private int decoded;
    private int decodedByAlias;
    private int aliasDepth;

    /** What strict reading has to say, so far. */
    List<String> duplicates() {
        return List.copyOf(duplicates);
    }

    Value document(YamlNode root) {
        decoded++;
        return value(root);
    }

    private void count() {
        decoded++;
        if (aliasDepth > 0) {
            decodedByAlias++;
        }
        if (decodedByAlias > 100 && decoded > 1000 && (double) decodedByAlias / decoded > allowedRatio()) {
            throw new YamlException("yaml: document contains excessive aliasing");
        }
    }

    private double allowedRatio() {
        if (decoded <= LOW) {
            return 0.99;
        }
        return decoded >= HIGH ? 0.10 : 0.99 - 0.89 * ((double) (decoded - LOW) / (HIGH - LOW));
    }

    private Value value(YamlNode node) {
        count();
        switch (node.form) {
            case ALIAS -> {
                YamlNode target = enter(node);
                Value value = value(target);
                leave(node);
                return value;
            }
            case SEQUENCE -> {
                Value[] items = new Value[node.children.size()];
                for (int i = 0; i < items.length; i++) {
                    items[i] = value(node.children.get(i));
                }
                return ArrayValue.adopt(items);
            }
            case MAPPING -> {
                Mapping mapping = new Mapping();
                fill(node, mapping);
                return mapping.members.build().sorted();
            }
            default -> {
                YamlScalars.Meaning meaning = YamlScalars.meaning(node);
                if (!meaning.special().isEmpty() && meaning.value().isNull()) {
                    throw new YamlException("json: unsupported value: " + goNumber(meaning.special()));
                }
                NumberValue number = meaning.value().asNumber();
                return number == null ? meaning.value() : YamlScalars.throughJson(number);
            }
        }
    }

    private static String goNumber(String special) {
        return special.equals(".nan") ? "NaN" : special.equals(".inf") ? "+Inf" : "-Inf";
    }

    private YamlNode enter(YamlNode alias) {
        YamlNode target = alias.target;
        if (target == null || !open.add(alias)) {
            throw new YamlException("yaml: anchor '" + alias.text + "' value contains itself");
        }
        aliasDepth++;
        return target;
    }

    private void leave(YamlNode alias) {
        aliasDepth--;
        open.remove(alias);
    }

    /** A mapping as it is filled; keys of different types are different keys until all become texts. */
    private static final class Mapping {
        final ObjectEditor members = ObjectValue.builder();
        final Set<String> typedKeys = new HashSet<>();
    }

    private void fill(YamlNode node, Mapping out) {
        for (int i = 0; i + 1 < node.children.size(); i += 2) {
            YamlNode key = node.children.get(i);
            YamlNode item = node.children.get(i + 1);
            if (key.isMerge()) {
                merge(item, out);
                continue;
            }
            Key read = key(key, item);
            Value value = value(item);
            if (!out.typedKeys.add(read.shown)) {
                duplicates.add("line " + item.line + ": key " + read.shown + " already set in map");
            }
            out.members.put(read.text, value);
        }
    }

    /** A key as text, and in Go's form, which tells types apart. */
    private record Key(String text, String shown) {}

    private Key key(YamlNode written, YamlNode item) {
        count();
        YamlNode key = written;
        if (written.form == YamlNode.Form.ALIAS) {
            key = enter(written);
            count();
            leave(written);
        }
        if (key.form == YamlNode.Form.MAPPING || key.form == YamlNode.Form.SEQUENCE) {
            throw new YamlException("yaml: invalid map key: " + GoLiteral.of(value(key)));
        }
        YamlScalars.Meaning meaning = YamlScalars.meaning(key);
        String text = keyText(meaning);
        if (text.isEmpty() && meaning.value().isNull()) {
            throw new YamlException(
                    "unsupported map key of type: %!s(<nil>), key: <nil>, value: " + GoLiteral.of(value(item)));
        }
        if (meaning.special().equals("uint64")) {
            throw new YamlException("unsupported map key of type: uint64, key: 0x" + new BigInteger(text).toString(16)
                    + ", value: " + GoLiteral.of(value(item)));
        }
        return new Key(text, meaning.value().asString() != null ? GoLiteral.quote(text) : text);
    }

    private static String keyText(YamlScalars.Meaning meaning) {
        Value value = meaning.value();
        if (value instanceof StringValue text) {
            return text.value();
        }
        if (value instanceof NumberValue number) {
            if (number.isInteger() || meaning.special().equals("uint64")) {
                return number.literal();
            }
            float narrow = (float) number.doubleValue();
            return YamlScalars.shortest(Float.toString(narrow), narrow);
        }
        return value instanceof BooleanValue flag ? Boolean.toString(flag.value()) : meaning.special();
    }

    private void merge(YamlNode item, Mapping out) {
        switch (item.form) {
            case MAPPING -> mergeOne(item, out);
            case ALIAS -> {
                requireMapping(item.target);
                mergeOne(item, out);
            }
            case SEQUENCE -> {
                // from the end, so that earlier ones win
                for (int i = item.children.size() - 1; i >= 0; i--) {
                    YamlNode one = item.children.get(i);
                    requireMapping(one.form == YamlNode.Form.ALIAS ? one.target : one);
                    mergeOne(one, out);
                }
            }
            default -> requireMapping(null);
        }
    }

    private void mergeOne(YamlNode item, Mapping out) {
        count();
        if (item.form == YamlNode.Form.ALIAS) {
            YamlNode target = enter(item);
            count();
            fill(target, out);
            leave(item);
        } else {
            fill(item, out);
        }
    }

    private static void requireMapping(@Nullable YamlNode node) {
        if (node == null || node.form != YamlNode.Form.MAPPING) {
            throw new YamlException("yaml: map merge requires map or sequence of maps as the value");
        }
    }
}

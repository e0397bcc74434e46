// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node that makes a list, a map or an object. */
abstract class BuildNode extends Node {
    BuildNode(long id, CelType type) {
        super(id, type);
    }

    /** {@code [a, ?b]}. */
    static final class ListOf extends BuildNode {
        final List<Node> items;
        final Set<Integer> optional;

        ListOf(long id, CelType type, List<Node> items, Set<Integer> optional) {
            super(id, type);
            this.items = items;
            this.optional = optional;
        }

        @Override
        Object eval(Frame frame) {
            List<Object> out = new ArrayList<>(items.size());
            for (int i = 0; i < items.size(); i++) {
                Object item = items.get(i).eval(frame);
                Object present = optional.contains(i) ? unwrap(item) : item;
                if (present != null) {
                    out.add(present);
                }
            }
            frame.charge(10);
            return new GrowingList(out);
        }

        @Override
        List<Node> parts() {
            return items;
        }
    }

    private static @Nullable Object unwrap(Object item) {
        if (item instanceof CelOptional optional) {
            return optional.value();
        }
        throw new CelEvaluationException("cannot initialize optional entry from non-optional value");
    }

    /** {@code {a: b, ?c: d}}. */
    static final class MapOf extends BuildNode {
        final List<Node> keys;
        final List<Node> values;
        final Set<Integer> optional;

        MapOf(long id, CelType type, List<Node> keys, List<Node> values, Set<Integer> optional) {
            super(id, type);
            this.keys = keys;
            this.values = values;
            this.optional = optional;
        }

        @Override
        Object eval(Frame frame) {
            PlainMap out = new PlainMap();
            for (int i = 0; i < keys.size(); i++) {
                Object key = keys.get(i).eval(frame);
                Object value = values.get(i).eval(frame);
                Object present = optional.contains(i) ? unwrap(value) : value;
                if (present != null && !out.insert(key, present)) {
                    throw new CelEvaluationException("Failed with repeated key: " + Texts.of(key));
                }
            }
            frame.charge(30);
            return out;
        }

        @Override
        List<Node> parts() {
            List<Node> out = new ArrayList<>(keys);
            out.addAll(values);
            return out;
        }
    }

    /** {@code Name{field: value}}. */
    static final class ObjectOf extends BuildNode {
        final Map<String, Node> fields;
        final Set<String> optional;

        ObjectOf(long id, CelType type, Map<String, Node> fields, Set<String> optional) {
            super(id, type);
            this.fields = fields;
            this.optional = optional;
        }

        @Override
        Object eval(Frame frame) {
            Map<String, Object> out = new LinkedHashMap<>();
            for (Map.Entry<String, Node> field : fields.entrySet()) {
                Object value = field.getValue().eval(frame);
                Object present = optional.contains(field.getKey()) ? unwrap(value) : value;
                if (present != null) {
                    out.put(field.getKey(), present);
                }
            }
            frame.charge(40);
            return new PlainMap(out, type);
        }

        @Override
        List<Node> parts() {
            return List.copyOf(fields.values());
        }
    }
}

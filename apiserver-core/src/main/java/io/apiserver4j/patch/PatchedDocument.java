// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.NumberValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A document while the operations of one JSON patch run over it: opened where they go, untouched elsewhere. */
final class PatchedDocument {
    private Node root;

    /** One opened or untouched place; a null node stands for JSON null. */
    private static final class Node {
        private @Nullable Value untouched;
        private @Nullable Map<String, @Nullable Node> members;
        private @Nullable List<@Nullable Node> items;

        Node(Value untouched) {
            this.untouched = untouched;
        }

        static @Nullable Node of(@Nullable Value value) {
            return value == null || value.isNull() ? null : new Node(value);
        }

        /** Opens the node; false for scalars. */
        boolean open() {
            Value value = untouched;
            if (value == null) {
                return true;
            }
            ObjectValue object = value.asObject();
            ArrayValue array = value.asArray();
            if (object != null) {
                Map<String, @Nullable Node> opened = new TreeMap<>();
                for (int i = 0; i < object.size(); i++) {
                    opened.put(object.keyAt(i), of(object.valueAt(i)));
                }
                members = opened;
            } else if (array != null) {
                List<@Nullable Node> opened = new ArrayList<>(array.size());
                for (Value item : array) {
                    opened.add(of(item));
                }
                items = opened;
            } else {
                return false;
            }
            untouched = null;
            return true;
        }

        Value value() {
            Value value = untouched;
            Map<String, @Nullable Node> opened = members;
            if (value != null) {
                return value;
            }
            if (opened != null) {
                ObjectEditor out = ObjectValue.builder();
                opened.forEach((name, node) -> out.append(name, valueOf(node)));
                return out.build();
            }
            List<Value> out = new ArrayList<>();
            if (items != null) {
                for (Node item : items) {
                    out.add(valueOf(item));
                }
            }
            return ArrayValue.of(out);
        }
    }

    /** A container and the name or position in it that a pointer's last part means. */
    private record Place(Node container, String key) {}

    PatchedDocument(ObjectValue document) {
        root = new Node(document);
        root.open();
    }

    Value value() {
        return root.value();
    }

    private static Value valueOf(@Nullable Node node) {
        return node == null ? Value.nul() : node.value();
    }

    /** Runs one operation; false where it does not apply. */
    boolean run(JsonPatch.Operation operation) {
        String path = operation.path();
        return switch (operation.kind()) {
            case "add" -> path != null && add(find(path), Node.of(operation.value()));
            case "remove" -> path != null && remove(find(path));
            case "replace" -> path != null && replace(path, operation.value());
            case "test" -> path != null && test(path, operation.value());
            case "move" -> move(operation.from(), path);
            case "copy" -> copy(operation.from(), path);
            default -> false;
        };
    }

    /** Why an operation did not apply to the document as it is. */
    String refusal(JsonPatch.Operation operation) {
        String kind = operation.kind();
        String path = operation.path();
        boolean moves = kind.equals("move") || kind.equals("copy");
        if (!moves && !List.of("add", "remove", "replace", "test").contains(kind)) {
            return "Unexpected kind: " + kind;
        }
        String from = operation.from();
        if (moves) {
            if (from == null) {
                return kind + " operation failed to decode from: missing value";
            }
            Place source = find(from);
            if (source == null) {
                return kind + " operation does not apply: doc is missing from path: " + from + ": missing value";
            }
            if (get(source.container(), source.key()) == null) {
                return kind.equals("copy")
                        ? "error in copy for from: '" + from + "': " + outside(source)
                        : "error in move for path: '" + source.key() + "': " + outside(source);
            }
        }
        if (path == null) {
            return kind + " operation failed to decode path: missing value";
        }
        Place place = find(path);
        if (place == null) {
            return switch (kind) {
                case "add", "remove" ->
                    kind + " operation does not apply: doc is missing path: \"" + path + "\": missing value";
                case "replace" -> "replace operation does not apply: doc is missing path: " + path + ": missing value";
                case "test" -> "test operation does not apply: is missing path: " + path + ": missing value";
                default ->
                    kind + " operation does not apply: doc is missing destination path: " + path + ": missing value";
            };
        }
        return switch (kind) {
            case "add" -> "error in add for path: '" + path + "': " + outside(place);
            case "remove" -> "error in remove for path: '" + path + "': " + outside(place);
            case "replace" -> "replace operation does not apply: doc is missing key: " + path + ": missing value";
            case "test" ->
                get(place.container(), place.key()) == null
                        ? "error in test for path: '" + path + "': " + outside(place)
                        : "testing path " + path + " failed: test failed";
            case "copy" -> "error while adding value during copy: " + outside(place);
            default -> "error in move for path: '" + path + "': " + outside(place);
        };
    }

    /** What is wrong with the last part of a pointer. */
    private static String outside(Place place) {
        if (place.container().members != null) {
            return "Unable to remove nonexistent key: " + place.key() + ": missing value";
        }
        try {
            return "Unable to access invalid index: " + Integer.parseInt(place.key()) + ": invalid index referenced";
        } catch (NumberFormatException e) {
            return "strconv.Atoi: parsing \"" + place.key() + "\": invalid syntax";
        }
    }

    private @Nullable Place find(String pointer) {
        String[] parts = pointer.split("/", -1);
        if (parts.length < 2) {
            return null;
        }
        Node current = root;
        for (int i = 1; i < parts.length - 1; i++) {
            Found found = get(current, unescape(parts[i]));
            Node next = found == null ? null : found.node();
            if (next == null || !next.open()) {
                return null;
            }
            current = next;
        }
        return new Place(current, unescape(parts[parts.length - 1]));
    }

    private static String unescape(String part) {
        return part.indexOf('~') < 0 ? part : part.replace("~1", "/").replace("~0", "~");
    }

    /** The answer of a look-up: null inside stands for null and for a member that is not there. */
    private record Found(@Nullable Node node) {}

    /** Null where a position is none of the array. */
    private static @Nullable Found get(Node container, String key) {
        Map<String, @Nullable Node> members = container.members;
        if (members != null) {
            return new Found(members.get(key));
        }
        List<@Nullable Node> items = itemsOf(container);
        int at = position(key, items.size());
        return at < 0 || at >= items.size() ? null : new Found(items.get(at));
    }

    private static List<@Nullable Node> itemsOf(Node container) {
        List<@Nullable Node> items = container.items;
        return items == null ? List.of() : items;
    }

    /** The position that a text means in a list of a length, negative ones from its end; -1 for none. */
    private static int position(String key, int length) {
        try {
            int at = Integer.parseInt(key);
            return at < 0 ? Math.max(at + length, -1) : at;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static boolean add(@Nullable Place place, @Nullable Node value) {
        if (place == null) {
            return false;
        }
        if (place.container().members != null) {
            place.container().members.put(place.key(), value);
            return true;
        }
        List<@Nullable Node> items = itemsOf(place.container());
        if (place.key().equals("-")) {
            items.add(value);
            return true;
        }
        int at = position(place.key(), items.size() + 1);
        if (at < 0 || at > items.size()) {
            return false;
        }
        items.add(at, value);
        return true;
    }

    private static boolean remove(@Nullable Place place) {
        if (place == null) {
            return false;
        }
        Map<String, @Nullable Node> members = place.container().members;
        if (members != null) {
            boolean there = members.containsKey(place.key());
            members.remove(place.key());
            return there;
        }
        List<@Nullable Node> items = itemsOf(place.container());
        int at = position(place.key(), items.size());
        if (at < 0 || at >= items.size()) {
            return false;
        }
        items.remove(at);
        return true;
    }

    private boolean replace(String path, @Nullable Value value) {
        if (path.isEmpty()) {
            Node replacement = Node.of(value);
            if (replacement == null || !replacement.open()) {
                return false;
            }
            root = replacement;
            return true;
        }
        Place place = find(path);
        if (place == null || get(place.container(), place.key()) == null) {
            return false;
        }
        if (place.container().members != null) {
            place.container().members.put(place.key(), Node.of(value));
        } else {
            List<@Nullable Node> items = itemsOf(place.container());
            items.set(position(place.key(), items.size()), Node.of(value));
        }
        return true;
    }

    private boolean test(String path, @Nullable Value expected) {
        Node actual = root;
        if (!path.isEmpty()) {
            Place place = find(path);
            Found found = place == null ? null : get(place.container(), place.key());
            if (found == null) {
                return false;
            }
            actual = found.node();
        }
        return same(valueOf(actual), expected == null ? Value.nul() : expected);
    }

    private boolean move(@Nullable String from, @Nullable String path) {
        Place source = from == null ? null : find(from);
        Found found = source == null ? null : get(source.container(), source.key());
        return found != null && remove(source) && path != null && add(find(path), found.node());
    }

    private boolean copy(@Nullable String from, @Nullable String path) {
        Place source = from == null ? null : find(from);
        Found found = source == null ? null : get(source.container(), source.key());
        return found != null && path != null && add(find(path), Node.of(valueOf(found.node())));
    }

    /** Equality as the operation {@code test} sees it: numbers are equal when they are written alike. */
    private static boolean same(Value one, Value other) {
        if (one instanceof NumberValue number) {
            return other instanceof NumberValue that && number.literal().equals(that.literal());
        }
        ObjectValue object = one.asObject();
        if (object != null) {
            ObjectValue that = other.asObject();
            if (that == null || that.size() != object.size()) {
                return false;
            }
            for (int i = 0; i < object.size(); i++) {
                Value member = that.get(object.keyAt(i));
                if (member == null || !same(object.valueAt(i), member)) {
                    return false;
                }
            }
            return true;
        }
        ArrayValue array = one.asArray();
        if (array != null) {
            ArrayValue that = other.asArray();
            if (that == null || that.size() != array.size()) {
                return false;
            }
            for (int i = 0; i < array.size(); i++) {
                if (!same(array.get(i), that.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return one.equals(other);
    }
}

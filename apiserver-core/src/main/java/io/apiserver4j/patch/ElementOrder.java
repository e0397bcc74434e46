// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of merged lists. What a patch names keeps the patch's order, what only the server has keeps the server's;
 * the two are interleaved by the order of the live list where that is known for both. {@code $setElementOrder} stands
 * above all.
 */
final class ElementOrder {
    private ElementOrder() {}

    /** Carries out all {@code $setElementOrder/list} directives of one object; used-up members leave {@code rest}. */
    static void apply(ObjectValue patch, ObjectEditor result, ObjectEditor rest, PatchMeta meta) {
        for (int i = 0; i < patch.size(); i++) {
            String member = patch.keyAt(i);
            if (!member.startsWith(Directives.ELEMENT_ORDER)) {
                continue;
            }
            rest.remove(member);
            ArrayValue order = patch.valueAt(i).asArray();
            if (order == null) {
                throw Directives.badType("[]interface {}", patch.valueAt(i));
            }
            String name = Directives.listName(member, Directives.ELEMENT_ORDER);
            ArrayValue live = StrategicMergePatch.listOrNull(result.get(name));
            ArrayValue changes = StrategicMergePatch.listOrNull(rest.get(name));
            PatchMeta list = meta.list(name);
            check(changes, order, list.mergeKey());
            ArrayValue merged = merge(live, changes, list);
            if (merged == null) {
                continue;
            }
            ArrayValue arranged = arrange(
                    merged.items(),
                    order,
                    order,
                    live == null ? ArrayValue.EMPTY : live,
                    list.mergeKey(),
                    ListMerge.itemsAreObjects(live, changes));
            result.put(name, arranged);
            rest.remove(name);
        }
    }

    private static @Nullable ArrayValue merge(@Nullable ArrayValue live, @Nullable ArrayValue changes, PatchMeta list) {
        if (changes == null) {
            return live;
        }
        if (live == null) {
            Value taken = Directives.undirected(changes);
            return taken == null ? null : taken.asArray();
        }
        return ListMerge.merge(live, changes, list, false).list();
    }

    /** The patch's own items must come in the order that the directive gives, and all be in it. */
    private static void check(@Nullable ArrayValue changes, ArrayValue order, String key) {
        if (changes == null || changes.isEmpty() || order.isEmpty()) {
            return;
        }
        int next = 0;
        for (Value item : changes) {
            ObjectValue object = item.asObject();
            if (!key.isEmpty() && object == null) {
                throw Directives.badType("map[string]interface {}", item);
            }
            if (Directives.isDirected(item)) {
                continue;
            }
            boolean found = false;
            while (!found && next < order.size()) {
                found = sameKey(item, order.get(next++), key);
            }
            if (!found) {
                throw PatchErrors.plain("The order in patch list:\n" + GoPrint.plain(changes) + "\n doesn't match "
                        + Directives.ELEMENT_ORDER + " list:\n" + GoPrint.plain(order) + "\n");
            }
        }
    }

    private static boolean sameKey(Value one, Value other, String key) {
        if (key.isEmpty()) {
            return one.equals(other);
        }
        return ListMerge.keyOf(ListMerge.objectOf(one), key).equals(ListMerge.keyOf(ListMerge.objectOf(other), key));
    }

    /**
     * Arranges the items of a merged list.
     *
     * @param named items that count as named by the patch
     * @param namedOrder the order of those
     * @param serverOrder the order of the others, and the one by which both are interleaved
     */
    static ArrayValue arrange(
            List<Value> items,
            ArrayValue named,
            ArrayValue namedOrder,
            ArrayValue serverOrder,
            String key,
            boolean objects) {
        String by = objects ? key : "";
        List<Value> patchItems = new ArrayList<>();
        List<Value> serverItems = new ArrayList<>();
        for (Value item : items) {
            if (!by.isEmpty()) {
                ListMerge.keyOf(ListMerge.objectOf(item), by);
            }
            (indexOf(named, item, by) >= 0 ? patchItems : serverItems).add(item);
        }
        patchItems.sort(Comparator.comparingInt(item -> indexOf(namedOrder, item, by)));
        serverItems.sort(Comparator.comparingInt(item -> indexOf(serverOrder, item, by)));
        List<Value> out = new ArrayList<>(items.size());
        int server = 0;
        for (Value item : patchItems) {
            int place = indexOf(serverOrder, item, by);
            while (server < serverItems.size() && place >= 0) {
                int candidate = indexOf(serverOrder, serverItems.get(server), by);
                if (candidate < 0 || candidate >= place) {
                    break;
                }
                out.add(serverItems.get(server++));
            }
            out.add(item);
        }
        out.addAll(serverItems.subList(server, serverItems.size()));
        return ArrayValue.of(out);
    }

    private static int indexOf(ArrayValue list, Value item, String key) {
        Value value = key.isEmpty() ? item : valueOf(item, key);
        for (int i = 0; i < list.size(); i++) {
            Value other = key.isEmpty() ? list.get(i) : valueOf(list.get(i), key);
            if (value.equals(other)) {
                return i;
            }
        }
        return -1;
    }

    private static Value valueOf(Value item, String key) {
        ObjectValue object = item.asObject();
        Value value = object == null ? null : object.get(key);
        return value == null ? Value.nul() : value;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import java.util.ArrayList;
import java.util.List;

/** A list that shows its first items and counts the others: {@code a,b,c + 2 more...}. */
final class CutList {
    private final int shown;
    private final String separator;
    private final List<String> items = new ArrayList<>();
    private int count;

    CutList(int shown, String separator) {
        this.shown = shown;
        this.separator = separator;
    }

    void add(String item) {
        if (items.size() < shown) {
            items.add(item);
        }
        count++;
    }

    boolean isEmpty() {
        return count == 0;
    }

    @Override
    public String toString() {
        String text = String.join(separator, items);
        return count > shown ? text + " + " + (count - shown) + " more..." : text;
    }
}

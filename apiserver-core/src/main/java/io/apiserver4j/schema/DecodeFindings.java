// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was noticed while a tree was read as a kind: fields that the kind does not have, and names that came more than
 * once. Each finding counts once, and only the first hundred are kept, as in Kubernetes' strict decoding. Belongs to
 * one thread.
 */
public final class DecodeFindings {
    private static final int MOST = 100;

    private Set<String> texts = Set.of();

    /** A field that the kind does not have. */
    public void unknown(ValuePath path) {
        unknown(path.toString());
    }

    /** A field that the kind does not have, by its printed address. */
    public void unknown(String path) {
        add("unknown field " + GoText.quote(path));
    }

    /** A name that came more than once. */
    public void duplicate(ValuePath path) {
        duplicate(path.toString());
    }

    /** A name that came more than once, by its printed address. */
    public void duplicate(String path) {
        add("duplicate field " + GoText.quote(path));
    }

    private void add(String text) {
        if (texts.isEmpty()) {
            texts = new LinkedHashSet<>();
        }
        if (texts.size() < MOST) {
            texts.add(text);
        }
    }

    /** The findings as the messages say them, in order. */
    public List<String> texts() {
        return new ArrayList<>(texts);
    }

    /** True where nothing was noticed. */
    public boolean isEmpty() {
        return texts.isEmpty();
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;

/** What was noticed while a tree was read as a kind: fields that the kind does not have. Belongs to one thread. */
public final class DecodeFindings {
    private final List<String> texts = new ArrayList<>(0);

    /** A field that the kind does not have. */
    public void unknown(ValuePath path) {
        texts.add("unknown field \"" + path + "\"");
    }

    /** A name that came more than once. */
    public void duplicate(ValuePath path) {
        texts.add("duplicate field \"" + path + "\"");
    }

    /** The findings as the messages say them, in order. */
    public List<String> texts() {
        return texts;
    }

    /** True where nothing was noticed. */
    public boolean isEmpty() {
        return texts.isEmpty();
    }
}

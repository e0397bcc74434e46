// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.stream.Stream;

/**
 * A closed set of texts of which a field takes one.
 *
 * @param supported the texts, in the order in which messages tell them
 */
public record Choice(List<String> supported) {
    /** A set that messages tell in alphabetical order. */
    public static Choice of(String... texts) {
        return new Choice(Stream.of(texts).sorted().toList());
    }

    /** True where a text is one of the set. */
    public boolean has(String text) {
        return supported.contains(text);
    }

    /** Refuses a text that is none of the set. */
    public void check(String text, ValuePath path, FieldErrors errors) {
        if (!has(text)) {
            errors.notSupportedShown(path, FieldErrors.json(text), supported);
        }
    }

    /** Refuses a member that is none of the set; an absent one is fine. */
    public void check(ObjectValue holder, String name, ValuePath path, FieldErrors errors) {
        String text = holder.getString(name);
        if (text != null) {
            check(text, path.field(name), errors);
        }
    }

    /** Refuses a member that is none of the set, absent or empty. */
    public void require(ObjectValue holder, String name, ValuePath path, FieldErrors errors) {
        String text = holder.stringOrEmpty(name);
        if (text.isEmpty()) {
            errors.required(path.field(name), "");
        } else {
            check(text, path.field(name), errors);
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import org.jspecify.annotations.Nullable;

/**
 * The address of a node, as error messages print it: {@code spec.containers[0].image}, {@code metadata.labels[a/b]}. A path
 * is a chain to its parents; making a child costs one small object.
 */
public final class ValuePath {
    /** The address of the document itself; printed as nothing. */
    public static final ValuePath ROOT = new ValuePath(null, "", Form.ROOT);

    private enum Form {
        ROOT,
        FIELD,
        INDEX,
        KEY
    }

    private final @Nullable ValuePath parent;
    private final String step;
    private final Form form;

    private ValuePath(@Nullable ValuePath parent, String step, Form form) {
        this.parent = parent;
        this.step = step;
        this.form = form;
    }

    /** A path of member names from the root. */
    public static ValuePath of(String... fields) {
        ValuePath path = ROOT;
        for (String field : fields) {
            path = path.field(field);
        }
        return path;
    }

    /** The member of a name: printed after a dot. */
    public ValuePath field(String name) {
        return new ValuePath(this, name, Form.FIELD);
    }

    /** Members one after the other. */
    public ValuePath fields(String... names) {
        ValuePath path = this;
        for (String name : names) {
            path = path.field(name);
        }
        return path;
    }

    /** The item of a list: printed as {@code [3]}. */
    public ValuePath index(int position) {
        return new ValuePath(this, Integer.toString(position), Form.INDEX);
    }

    /** The entry of a map: printed as {@code [key]}. */
    public ValuePath key(String key) {
        return new ValuePath(this, key, Form.KEY);
    }

    /** The path without its last step, or null for the root. */
    public @Nullable ValuePath parent() {
        return parent;
    }

    /** The last step alone, without dot or brackets. */
    public String step() {
        return step;
    }

    /** True for the address of the document itself. */
    public boolean isRoot() {
        return form == Form.ROOT;
    }

    private void print(StringBuilder out) {
        if (parent != null) {
            parent.print(out);
        }
        switch (form) {
            case ROOT -> {}
            case FIELD -> {
                if (out.length() > 0) {
                    out.append('.');
                }
                out.append(step);
            }
            case INDEX, KEY -> out.append('[').append(step).append(']');
        }
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(32);
        print(out);
        return out.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ValuePath && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}

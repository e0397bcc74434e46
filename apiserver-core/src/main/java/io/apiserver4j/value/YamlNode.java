// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of a YAML document before its aliases and tags are resolved. */
final class YamlNode {
    enum Form {
        SCALAR,
        SEQUENCE,
        MAPPING,
        ALIAS
    }

    final Form form;
    /** Line of the first character, from 1. */
    final int line;
    /** The full tag, or the empty text. */
    final String tag;
    /** Text of a scalar, name of an alias. */
    final String text;
    /** True for a scalar without quotes and tag. */
    final boolean plain;
    /** What an alias stands for. */
    final @Nullable YamlNode target;
    /** Items of a sequence; keys and values of a mapping in turn. */
    final List<YamlNode> children;

    private YamlNode(Form form, int line, String tag, String text, boolean plain, @Nullable YamlNode target) {
        this.form = form;
        this.line = line;
        this.tag = tag;
        this.text = text;
        this.plain = plain;
        this.target = target;
        this.children = form == Form.SEQUENCE || form == Form.MAPPING ? new ArrayList<>(4) : List.of();
    }

    static YamlNode scalar(int line, String tag, String text, boolean plain) {
        return new YamlNode(Form.SCALAR, line, tag, text, plain, null);
    }

    static YamlNode collection(Form form, int line) {
        return new YamlNode(form, line, "", "", false, null);
    }

    static YamlNode alias(int line, String name, YamlNode target) {
        return new YamlNode(Form.ALIAS, line, "", name, false, target);
    }

    /** True for the key whose value is merged into the mapping around it. */
    boolean isMerge() {
        return form == Form.SCALAR && text.equals("<<") && (plain || tag.equals("tag:yaml.org,2002:merge"));
    }
}

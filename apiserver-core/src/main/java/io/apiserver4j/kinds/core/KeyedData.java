// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;

/** What config maps and secrets have in common: keys, their size, and that they may be sealed. */
final class KeyedData {
    /** Most bytes that one of them may hold. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final String SEALED = "field is immutable when `immutable` is set";

    private KeyedData() {}

    /** Tells what is wrong with a key. */
    static void key(String key, ValuePath data, FieldErrors errors) {
        errors.invalidAll(data.key(key), key, NameRules.configMapKey(key));
    }

    /** Bytes of texts. */
    static long textBytes(ObjectValue data) {
        long sum = 0;
        for (ObjectValue.Member member : data) {
            sum += GoText.byteLength(text(member.value()));
        }
        return sum;
    }

    /** Bytes of what is in base64. */
    static long binaryBytes(ObjectValue data) {
        long sum = 0;
        for (ObjectValue.Member member : data) {
            String text = text(member.value());
            int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
            sum += text.length() / 4 * 3L - padding;
        }
        return sum;
    }

    private static String text(Value value) {
        String text = value.asString();
        return text == null ? "" : text;
    }

    /** What was sealed stays so, and so do these members of it. */
    static void unchanged(ObjectValue updated, ObjectValue current, FieldErrors errors, String... members) {
        if (!current.isTrue("immutable")) {
            return;
        }
        if (!updated.isTrue("immutable")) {
            errors.forbidden(ValuePath.of("immutable"), SEALED);
        }
        for (String member : members) {
            if (!updated.objectOrEmpty(member).equals(current.objectOrEmpty(member))) {
                errors.forbidden(ValuePath.of(member), SEALED);
            }
        }
    }
}

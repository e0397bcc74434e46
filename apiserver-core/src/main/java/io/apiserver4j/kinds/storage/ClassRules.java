// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.storage;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.Locale;

/** What the two kinds of classes have in common: a driver and parameters for it. */
final class ClassRules {
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_COUNT = 512;

    private ClassRules() {}

    /** Tells what is wrong with the name of a driver, where there is one. */
    static void driver(String name, ValuePath path, FieldErrors errors) {
        if (!name.isEmpty()) {
            String lower = name.toLowerCase(Locale.ROOT);
            errors.invalidAll(path, lower, NameRules.qualifiedName(lower));
        }
    }

    /** Tells what is wrong with parameters. */
    static void parameters(ObjectValue parameters, boolean needed, ValuePath path, FieldErrors errors) {
        if (parameters.size() > MAX_COUNT) {
            errors.tooLong(path, MAX_COUNT);
            return;
        }
        for (ObjectValue.Member parameter : parameters) {
            if (parameter.key().isEmpty()) {
                errors.invalid(path, "", "field can not be empty.");
            }
        }
        if (bytes(parameters) > MAX_BYTES) {
            errors.tooLong(path, MAX_BYTES);
        }
        if (needed && parameters.isEmpty()) {
            errors.required(path, "must contain at least one key/value pair");
        }
    }

    /** Bytes of all keys and texts. */
    static long bytes(ObjectValue texts) {
        long sum = 0;
        for (ObjectValue.Member member : texts) {
            Value value = member.value();
            String text = value.asString();
            sum += GoText.byteLength(member.key()) + (text == null ? 0 : GoText.byteLength(text));
        }
        return sum;
    }
}

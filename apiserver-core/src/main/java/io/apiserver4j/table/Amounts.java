// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.value.Value;
import org.jspecify.annotations.Nullable;

/** Quantities as cells show them. */
final class Amounts {
    private Amounts() {}

    /** The canonical text of a quantity; a missing one is 0. */
    static String text(@Nullable Value quantity) {
        if (quantity == null || quantity.isNull()) {
            return "0";
        }
        String text = quantity.asString() == null ? quantity.toString() : quantity.asString();
        try {
            return Quantity.canonical(text);
        } catch (ScalarSyntaxException notAQuantity) {
            return text;
        }
    }
}

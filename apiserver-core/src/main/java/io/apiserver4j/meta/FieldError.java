// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

/**
 * One broken rule of one field.
 *
 * @param field the printed address, empty for the whole object
 * @param body the text without the address: {@code Invalid value: "x": must be …}
 */
public record FieldError(Type kind, String field, String body) {
    /** The kinds of field errors, with the reason of their cause and the words that begin their text. */
    public enum Type {
        NOT_FOUND("FieldValueNotFound", "Not found"),
        REQUIRED("FieldValueRequired", "Required value"),
        DUPLICATE("FieldValueDuplicate", "Duplicate value"),
        INVALID("FieldValueInvalid", "Invalid value"),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
        FORBIDDEN("FieldValueForbidden", "Forbidden"),
        TOO_LONG("FieldValueTooLong", "Too long"),
        TOO_MANY("FieldValueTooMany", "Too many"),
        TOO_FEW("FieldValueTooFew", "Too few"),
        TOO_SHORT("FieldValueTooShort", "Too short"),
        INTERNAL("InternalError", "Internal error"),
        TYPE_INVALID("FieldValueTypeInvalid", "Invalid value");

        private final String reason;
        private final String words;

        Type(String reason, String words) {
            this.reason = reason;
            this.words = words;
        }

        /** The reason of a Status cause. */
        public String reason() {
            return reason;
        }

        /** The words that begin the text. */
        public String words() {
            return words;
        }
    }

    /** Address and text: {@code spec.replicas: Invalid value: -1: must be …}. */
    @Override
    public String toString() {
        return field + ": " + body;
    }
}

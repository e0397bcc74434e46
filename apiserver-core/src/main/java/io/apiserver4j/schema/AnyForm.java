// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

/** The types whose JSON is any value, or one of several shapes; in protobuf each has a message of its own. */
public enum AnyForm {
    /** Go's {@code interface{}}, and everything of custom kinds that has no shape. */
    UNTYPED,
    /** runtime.RawExtension: any JSON, kept as it came. */
    RAW_EXTENSION,
    /** metav1.FieldsV1: a set of field paths. */
    FIELDS_V1,
    /** apiextensions JSON: any JSON, kept as it came. */
    JSON,
    /** JSONSchemaPropsOrBool; the schema's items are the object form. */
    SCHEMA_OR_BOOL,
    /** JSONSchemaPropsOrArray; the schema's items are the object form. */
    SCHEMA_OR_ARRAY,
    /** JSONSchemaPropsOrStringArray; the schema's items are the object form. */
    SCHEMA_OR_STRING_ARRAY
}

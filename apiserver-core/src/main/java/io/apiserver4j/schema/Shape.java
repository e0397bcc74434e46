// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

/** What a schema describes. The scalar forms are those of Go types behind the wire. */
public enum Shape {
    /** Named fields. */
    OBJECT,
    /** Any names, all values of one schema. */
    MAP,
    /** Items of one schema. */
    LIST,
    STRING,
    /** Base64 text on the JSON wire. */
    BYTES,
    INT32,
    INT64,
    UINT8,
    FLOAT64,
    BOOLEAN,
    /** Any JSON value, kept as it is (RawExtension, apiextensions JSON, FieldsV1). */
    ANY,
    /** Integer or text. */
    INT_OR_STRING,
    /** Text (or number) in the form of a resource quantity; canonicalised when read. */
    QUANTITY,
    /** RFC 3339 text in seconds, UTC. */
    TIME,
    /** RFC 3339 text in microseconds, UTC. */
    MICRO_TIME,
    /** Text of a Go duration. */
    DURATION;

    /** The type as Go prints it in messages where it has no name of its own; empty for objects, maps and lists. */
    String goType() {
        return switch (this) {
            case OBJECT, MAP, LIST -> "";
            case STRING -> "string";
            case BYTES -> "[]uint8";
            case INT32 -> "int32";
            case INT64 -> "int64";
            case UINT8 -> "uint8";
            case FLOAT64 -> "float64";
            case BOOLEAN -> "bool";
            case ANY -> "interface {}";
            case INT_OR_STRING -> "intstr.IntOrString";
            case QUANTITY -> "resource.Quantity";
            case TIME -> "v1.Time";
            case MICRO_TIME -> "v1.MicroTime";
            case DURATION -> "v1.Duration";
        };
    }

    /** True for everything that has no parts that could be owned one by one. */
    public boolean isScalar() {
        return this != OBJECT && this != MAP && this != LIST && this != ANY;
    }
}

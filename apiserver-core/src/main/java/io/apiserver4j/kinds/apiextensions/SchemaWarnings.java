// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What clients are warned of: formats that are not checked, and sets of what cannot be told apart by itself. */
final class SchemaWarnings {
    private static final Set<String> TEXT_FORMATS = Set.of(
            "bsonobjectid",
            "uri",
            "email",
            "hostname",
            "ipv4",
            "ipv6",
            "cidr",
            "mac",
            "uuid",
            "uuid3",
            "uuid4",
            "uuid5",
            "isbn",
            "isbn10",
            "isbn13",
            "creditcard",
            "ssn",
            "hexcolor",
            "rgbcolor",
            "byte",
            "password",
            "date",
            "duration",
            "datetime",
            "k8sshortname",
            "k8slongname");

    private SchemaWarnings() {}

    static List<String> of(ObjectValue object) {
        List<String> formats = new ArrayList<>();
        Set<String> sets = new TreeSet<>();
        SchemaTree.walkAll(InternalDefinition.of(object.objectOrEmpty("spec")), schema -> {
            String format = schema.stringOrEmpty("format");
            if (!format.isEmpty() && !isKnown(format, schema.stringOrEmpty("type"))) {
                formats.add("unrecognized format " + GoText.quote(format));
            }
            String type = schema.objectOrEmpty("items").stringOrEmpty("type");
            boolean composed = type.equals("object") || type.equals("array");
            if (composed && schema.stringOrEmpty("x-kubernetes-list-type").equals("set")) {
                sets.add("x-kubernetes-list-type: set for items of type " + GoText.quote(type)
                        + " is not supported by server-side apply or CEL validation rules");
            }
        });
        formats.addAll(sets);
        return formats;
    }

    private static boolean isKnown(String format, String type) {
        return switch (type) {
            case "", "string" -> TEXT_FORMATS.contains(format.replace("-", ""));
            case "integer" -> format.equals("int32") || format.equals("int64");
            case "number" -> format.equals("float") || format.equals("double");
            default -> false;
        };
    }
}

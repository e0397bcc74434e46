// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Locale;

/** What a document says its kind is. Names are read without regard to case here, and only here. */
final class BodyType {
    private static final String STRUCT = "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; "
            + "Kind string \"json:\\\"kind,omitempty\\\"\" }";

    private BodyType() {}

    /** The kind that a document says; parts that it doesn't say are empty. Throws {@link DecodeException}. */
    static Kind find(Value document) {
        if (document.isNull()) {
            return new Kind("", "", "");
        }
        ObjectValue object = document.asObject();
        if (object == null) {
            throw unread("cannot unmarshal " + document.typeName() + " into Go value of type " + STRUCT);
        }
        String apiVersion = "";
        String kind = "";
        String misfit = null;
        for (int i = 0; i < object.size(); i++) {
            String name = fold(object.keyAt(i));
            if (name.isEmpty()) {
                continue;
            }
            Value value = object.valueAt(i);
            String text = value.asString();
            if (text == null) {
                if (!value.isNull() && misfit == null) {
                    misfit = "cannot unmarshal " + value.typeName() + " into Go struct field ." + name
                            + " of type string";
                }
            } else if (name.equals("kind")) {
                kind = text;
            } else {
                apiVersion = text;
            }
        }
        if (misfit != null) {
            throw unread(misfit);
        }
        return parse(apiVersion, kind);
    }

    private static String fold(String key) {
        if (key.length() != 4 && key.length() != 10) {
            return "";
        }
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "kind" -> "kind";
            case "apiversion" -> "apiVersion";
            default -> "";
        };
    }

    private static DecodeException unread(String why) {
        return new DecodeException("couldn't get version/kind; json parse error: json: " + why);
    }

    /** The kind of an apiVersion and a kind. Throws {@link DecodeException} for an apiVersion with several slashes. */
    static Kind parse(String apiVersion, String kind) {
        if (apiVersion.isEmpty() || apiVersion.equals("/")) {
            return new Kind("", "", kind);
        }
        if (apiVersion.indexOf('/') != apiVersion.lastIndexOf('/')) {
            throw new DecodeException("unexpected GroupVersion string: " + apiVersion);
        }
        GroupVersion groupVersion = GroupVersion.parse(apiVersion);
        return new Kind(groupVersion.group(), groupVersion.version(), kind);
    }

    /** A kind with the parts that it doesn't say from the one that is expected. */
    static Kind orExpected(Kind said, Kind expected) {
        String kind = said.kind().isEmpty() ? expected.kind() : said.kind();
        boolean bare = said.version().isEmpty()
                && (said.group().isEmpty() || said.group().equals(expected.group()));
        return bare
                ? new Kind(expected.group(), expected.version(), kind)
                : new Kind(said.group(), said.version(), kind);
    }
}

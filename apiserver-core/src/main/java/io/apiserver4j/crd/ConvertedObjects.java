// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** What a converter may do to an object: everything but to its metadata, of which labels and annotations are its own. */
final class ConvertedObjects {
    private ConvertedObjects() {}

    /** A converted object that breaks the rules. */
    static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String what;

        BrokenException(String what, String message) {
            super(message, null, false, false);
            this.what = what;
        }

        /** What is wrong with it, in words. */
        String what() {
            return what;
        }
    }

    /** The converted object with the metadata that it had before; fails where it is another object. */
    static ObjectValue checked(ObjectValue original, ObjectValue converted, String apiVersion) {
        String said = converted.stringOrEmpty("apiVersion");
        if (!said.equals(apiVersion)) {
            throw invalid(
                    "invalid groupVersion (expected " + apiVersion + ", received " + GroupVersion.parse(said) + ")");
        }
        String kind = original.stringOrEmpty("kind");
        if (!converted.stringOrEmpty("kind").equals(kind)) {
            throw invalid("invalid kind (expected " + kind + ", received " + converted.stringOrEmpty("kind") + ")");
        }
        ObjectMeta before = ObjectMeta.of(original);
        ObjectMeta after = ObjectMeta.of(converted);
        same("name", before.name(), after.name());
        same("namespace", before.namespace(), after.namespace());
        same("UID", before.uid(), after.uid());
        return restored(original, converted);
    }

    private static void same(String what, String before, String after) {
        if (!before.equals(after)) {
            throw invalid("must have the same " + what + ": " + before + " != " + after);
        }
    }

    private static BrokenException invalid(String message) {
        return new BrokenException("converted object", message);
    }

    private static BrokenException metadata(String message) {
        return new BrokenException("metadata in object", message);
    }

    private static ObjectValue restored(ObjectValue original, ObjectValue converted) {
        ObjectValue before = original.getObject("metadata");
        Value given = converted.get("metadata");
        if (given == null) {
            if (before == null) {
                return converted;
            }
            throw metadata("missing metadata in converted object");
        }
        ObjectValue after = given.asObject();
        if (after == null) {
            throw metadata("invalid metadata of type " + given.typeName() + " in converted object");
        }
        ObjectValue out = before == null ? ObjectValue.EMPTY : before;
        for (String name : List.of("labels", "annotations")) {
            Value changed = after.get(name);
            if (changed == null || changed.isNull()) {
                out = out.without(name);
                continue;
            }
            ObjectValue members = changed.asObject();
            if (members == null) {
                throw metadata("invalid metadata." + name + " of type " + changed.typeName() + " in converted object");
            }
            check(name, members, out);
            out = MetadataOrder.put(out, name, members);
        }
        return converted.with("metadata", out);
    }

    private static void check(String name, ObjectValue members, ObjectValue before) {
        for (ObjectValue.Member member : members) {
            if (member.value().asString() == null) {
                throw metadata("metadata." + name + "[" + member.key() + "] must be a string, but is "
                        + member.value().typeName() + " in converted object");
            }
        }
        if (members.equals(before.get(name))) {
            return;
        }
        FieldErrors errors = new FieldErrors();
        if (name.equals("labels")) {
            MetadataRules.labels(members, ValuePath.of("metadata", "labels"), errors);
        } else {
            MetadataRules.annotations(members, ValuePath.of("metadata", "annotation"), errors);
        }
        if (!errors.isEmpty()) {
            throw metadata(errors.aggregate());
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.NameRule;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.TypeMismatchException;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Objects within objects (x-kubernetes-embedded-resource): they have a type, and metadata that is metadata. */
final class EmbeddedObjects {
    private EmbeddedObjects() {}

    /** The value with the metadata of all objects in it read; the root itself is not looked at. */
    static Value read(StructuralSchema schema, Value value, boolean root, ValuePath path, DecodeFindings findings) {
        if (value instanceof ObjectValue object) {
            ObjectValue out = schema.embedded && !root ? MetadataReading.read(object, path, findings) : object;
            for (int i = 0; i < object.size(); i++) {
                String name = object.keyAt(i);
                StructuralSchema inner = schema.member(name);
                if (inner != null && inner != StructuralSchema.ANYTHING) {
                    Value read = read(inner, object.valueAt(i), false, path.field(name), findings);
                    out = read == object.valueAt(i) ? out : out.with(name, read);
                }
            }
            return out;
        }
        StructuralSchema items = schema.items;
        if (value instanceof ArrayValue array && items != null) {
            List<Value> out = new ArrayList<>(array.size());
            boolean same = true;
            for (int i = 0; i < array.size(); i++) {
                Value read = read(items, array.get(i), false, path.index(i), findings);
                same &= read == array.get(i);
                out.add(read);
            }
            return same ? array : ArrayValue.of(out);
        }
        return value;
    }

    /** Checks all objects in a value; the root itself is not looked at. */
    static void check(StructuralSchema schema, Value value, boolean root, ValuePath path, FieldErrors errors) {
        if (value instanceof ObjectValue object) {
            if (schema.embedded && !root) {
                one(object, path, errors);
            }
            for (ObjectValue.Member member : object) {
                StructuralSchema inner = schema.member(member.key());
                if (inner != null && inner != StructuralSchema.ANYTHING) {
                    boolean named = schema.properties.containsKey(member.key());
                    ValuePath at = named ? path.field(member.key()) : path.key(member.key());
                    check(inner, member.value(), false, at, errors);
                }
            }
        } else if (value instanceof ArrayValue array && schema.items != null) {
            for (int i = 0; i < array.size(); i++) {
                check(schema.items, array.get(i), false, path.index(i), errors);
            }
        }
    }

    private static void one(ObjectValue object, ValuePath path, FieldErrors errors) {
        for (String name : List.of("apiVersion", "kind")) {
            Value value = object.get(name);
            if (value == null) {
                errors.required(path.field(name), "");
            } else if (value.asString() == null) {
                errors.invalid(path.field(name), value, "must be a string");
            } else if (value.asString().isEmpty()) {
                errors.invalid(path.field(name), value, "must not be empty");
            }
        }
        String apiVersion = object.stringOrEmpty("apiVersion");
        if (apiVersion.chars().filter(c -> c == '/').count() > 1) {
            errors.invalid(path.field("apiVersion"), apiVersion, "unexpected GroupVersion string: " + apiVersion);
        }
        String kind = object.stringOrEmpty("kind");
        if (!kind.isEmpty()) {
            List<String> problems = NameRules.dns1035Label(kind.toLowerCase(Locale.ROOT));
            if (!problems.isEmpty()) {
                errors.invalid(
                        path.field("kind"),
                        kind,
                        "may have mixed case, but should otherwise match: " + String.join(",", problems));
            }
        }
        Value metadata = object.get("metadata");
        if (metadata != null) {
            metadata(object, metadata, path, errors);
        }
    }

    private static void metadata(ObjectValue object, Value metadata, ValuePath path, FieldErrors errors) {
        ObjectValue read;
        try {
            read = MetadataReading.read(object, path, new DecodeFindings()).objectOrEmpty("metadata");
        } catch (TypeMismatchException e) {
            errors.invalid(path.field("metadata"), metadata, e.text());
            return;
        }
        ObjectValue named = read.stringOrEmpty("name").isEmpty() ? read.with("name", "fakename") : read;
        boolean namespaced = !named.stringOrEmpty("namespace").isEmpty();
        MetadataRules.onCreate(named, namespaced, NameRule.PATH_SEGMENT, path.field("metadata"), errors);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drops what a schema does not know and notes where it stood; nulls of fields that may not be null and have no default go
 * without a note. One run over one object.
 */
final class Pruning {
    private final List<String> dropped = new ArrayList<>();

    private Pruning() {}

    /** The object as the schema has it; the addresses of what was dropped are noted in their order. */
    static ObjectValue prune(ObjectValue object, StructuralSchema schema, DecodeFindings findings) {
        Pruning run = new Pruning();
        ObjectValue pruned = run.object(object, schema, true, ValuePath.ROOT);
        Collections.sort(run.dropped);
        run.dropped.forEach(findings::unknown);
        return pruned;
    }

    private Value value(Value value, @Nullable StructuralSchema schema, ValuePath path) {
        if (value instanceof ObjectValue object) {
            return object(object, schema, schema != null && schema.embedded, path);
        }
        if (value instanceof ArrayValue array) {
            StructuralSchema items = schema == null ? null : schema.items;
            if (items == null && schema != null && schema.preserveUnknown) {
                return value;
            }
            List<Value> out = new ArrayList<>(array.size());
            boolean same = true;
            for (int i = 0; i < array.size(); i++) {
                Value item = value(array.get(i), items, path.index(i));
                same &= item == array.get(i);
                out.add(item);
            }
            return same ? array : ArrayValue.of(out);
        }
        return value;
    }

    private ObjectValue object(
            ObjectValue object, @Nullable StructuralSchema schema, boolean resource, ValuePath path) {
        ObjectEditor out = ObjectValue.builder();
        boolean same = true;
        for (int i = 0; i < object.size(); i++) {
            String name = object.keyAt(i);
            Value member = object.valueAt(i);
            if (resource && (name.equals("apiVersion") || name.equals("kind") || name.equals("metadata"))) {
                out.append(name, member);
                continue;
            }
            StructuralSchema inner = schema == null ? null : schema.member(name);
            if (inner == null && schema != null && schema.preserveUnknown) {
                out.append(name, member);
                continue;
            }
            if (inner == null) {
                dropped.add(path.field(name).toString());
                same = false;
                continue;
            }
            if (member.isNull() && inner != StructuralSchema.ANYTHING && inner.dropsNull()) {
                same = false;
                continue;
            }
            Value kept = inner == StructuralSchema.ANYTHING ? member : value(member, inner, path.field(name));
            same &= kept == member;
            out.append(name, kept);
        }
        return same ? object : out.build();
    }
}

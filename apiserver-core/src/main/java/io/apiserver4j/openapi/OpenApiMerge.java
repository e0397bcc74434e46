// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import io.apiserver4j.openapi.RemoteDocuments.RemoteDocument;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the paths of other servers into a document of OpenAPI 2. Definitions of the same name that say something else get a
 * number behind their name.
 */
final class OpenApiMerge {
    private static final String REFERENCE = "#/definitions/";
    private static final String KINDS = "x-kubernetes-group-version-kind";

    private final Map<String, Value> paths = new TreeMap<>();
    private final Map<String, Value> definitions = new TreeMap<>();
    private final ObjectValue own;

    private OpenApiMerge(ObjectValue own) {
        this.own = own;
        own.objectOrEmpty("paths").forEach(member -> paths.put(member.key(), member.value()));
        own.objectOrEmpty("definitions").forEach(member -> definitions.put(member.key(), member.value()));
    }

    static ObjectValue merge(ObjectValue own, List<RemoteDocument> others) {
        OpenApiMerge merge = new OpenApiMerge(own);
        others.forEach(merge::add);
        ObjectValue paths = object(merge.paths);
        return merge.own.with("paths", paths).with("definitions", object(merge.definitions));
    }

    private static ObjectValue object(Map<String, Value> members) {
        ObjectEditor out = ObjectValue.builder();
        members.forEach(out::put);
        return out.build();
    }

    private void add(RemoteDocument other) {
        String prefix = "/" + other.name() + "/";
        Map<String, Value> brought = new TreeMap<>();
        for (ObjectValue.Member path : other.second().objectOrEmpty("paths")) {
            if ((path.key() + "/").startsWith(prefix) && !paths.containsKey(path.key())) {
                brought.put(path.key(), path.value());
            }
        }
        ObjectValue theirs = other.second().objectOrEmpty("definitions");
        Set<String> used = new LinkedHashSet<>();
        brought.values().forEach(path -> collect(path, theirs, used));
        Map<String, String> renamed = new HashMap<>();
        for (String name : used) {
            String free = name;
            for (int number = 2; differs(free, theirs.get(name)); number++) {
                free = name + "_v" + number;
            }
            if (!free.equals(name)) {
                renamed.put(name, free);
            }
        }
        for (String name : used) {
            Value definition = theirs.get(name);
            if (definition != null) {
                definitions.putIfAbsent(renamed.getOrDefault(name, name), rename(definition, renamed));
            }
        }
        brought.forEach((path, item) -> paths.put(path, rename(item, renamed)));
    }

    private boolean differs(String name, @Nullable Value theirs) {
        Value ours = definitions.get(name);
        return ours != null && theirs != null && !bare(ours).equals(bare(theirs));
    }

    /** Which kinds a definition is of depends on the server. */
    private static Value bare(Value definition) {
        ObjectValue object = definition.asObject();
        return object == null ? definition : object.without(KINDS).sorted();
    }

    private static void collect(Value value, ObjectValue all, Set<String> used) {
        ObjectValue object = value.asObject();
        if (object != null) {
            String reference = object.getString("$ref");
            if (reference != null && reference.startsWith(REFERENCE)) {
                String name = reference.substring(REFERENCE.length());
                Value definition = all.get(name);
                if (definition != null && used.add(name)) {
                    collect(definition, all, used);
                }
            }
            object.forEach(member -> collect(member.value(), all, used));
        }
        ArrayValue array = value.asArray();
        if (array != null) {
            array.forEach(item -> collect(item, all, used));
        }
    }

    private static Value rename(Value value, Map<String, String> renamed) {
        if (renamed.isEmpty()) {
            return value;
        }
        ObjectValue object = value.asObject();
        if (object != null) {
            ObjectEditor out = ObjectValue.builder();
            for (ObjectValue.Member member : object) {
                String text = member.key().equals("$ref") ? member.value().asString() : null;
                if (text != null && text.startsWith(REFERENCE)) {
                    String name = text.substring(REFERENCE.length());
                    out.put("$ref", REFERENCE + renamed.getOrDefault(name, name));
                } else {
                    out.put(member.key(), rename(member.value(), renamed));
                }
            }
            return out.build();
        }
        ArrayValue array = value.asArray();
        if (array != null) {
            List<Value> out = new ArrayList<>(array.size());
            array.forEach(item -> out.add(rename(item, renamed)));
            return ArrayValue.of(out);
        }
        return value;
    }
}

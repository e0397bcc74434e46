// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.config;

import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Selection;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What somebody wants, as a SubjectAccessReview says it. */
final class AccessReviewDocument {
    private AccessReviewDocument() {}

    /** The document that is sent. */
    static ObjectValue of(ObjectValue spec, String version) {
        return ObjectValue.builder()
                .put("kind", "SubjectAccessReview")
                .put("apiVersion", "authorization.k8s.io/" + version)
                .put("metadata", ObjectValue.EMPTY)
                .put("spec", spec)
                .put("status", ObjectValue.of("allowed", Value.of(false)))
                .build();
    }

    /** The spec that is sent, without what is empty; the older version has its groups under another name. */
    static ObjectValue spec(AccessAttributes asked, String version) {
        Identity who = asked.identity();
        ObjectEditor out = ObjectValue.builder();
        if (asked.resourceRequest()) {
            ObjectEditor resource = ObjectValue.builder();
            text(resource, "namespace", asked.namespace());
            text(resource, "verb", asked.verb());
            text(resource, "group", asked.group());
            text(resource, "version", asked.version());
            text(resource, "resource", asked.resource());
            text(resource, "subresource", asked.subresource());
            text(resource, "name", asked.name());
            addSelection(resource, asked.selection());
            out.put("resourceAttributes", resource.build());
        } else {
            ObjectEditor path = ObjectValue.builder();
            text(path, "path", asked.path());
            text(path, "verb", asked.verb());
            out.put("nonResourceAttributes", path.build());
        }
        text(out, "user", who.user());
        if (!who.groups().isEmpty()) {
            out.put(version.equals("v1") ? "groups" : "group", ArrayValue.ofStrings(who.groups()));
        }
        if (!who.extra().isEmpty()) {
            out.put("extra", extra(who));
        }
        text(out, "uid", who.uid());
        return out.build();
    }

    /** What match conditions see as {@code request}: also the texts that are empty. */
    static ObjectValue request(AccessAttributes asked) {
        Identity who = asked.identity();
        ObjectEditor out = ObjectValue.builder()
                .put("user", who.user())
                .put("groups", ArrayValue.ofStrings(who.groups()))
                .put("uid", who.uid())
                .put("extra", extra(who));
        if (asked.resourceRequest()) {
            ObjectEditor resource = ObjectValue.builder()
                    .put("namespace", asked.namespace())
                    .put("verb", asked.verb())
                    .put("group", asked.group())
                    .put("version", asked.version())
                    .put("resource", asked.resource())
                    .put("subresource", asked.subresource())
                    .put("name", asked.name());
            addSelection(resource, asked.selection());
            out.put("resourceAttributes", resource.build());
        } else {
            ObjectEditor path = ObjectValue.builder().put("verb", asked.verb()).put("path", asked.path());
            out.put("nonResourceAttributes", path.build());
        }
        return out.build();
    }

    private static void addSelection(ObjectEditor out, Selection selection) {
        requirements(out, "fieldSelector", selection.fields());
        requirements(out, "labelSelector", selection.labels());
    }

    private static void requirements(ObjectEditor out, String name, List<Selection.Requirement> requirements) {
        if (requirements.isEmpty()) {
            return;
        }
        List<Value> all = new ArrayList<>();
        for (Selection.Requirement one : requirements) {
            ObjectEditor item = ObjectValue.builder().put("key", one.key()).put("operator", one.operator());
            if (!one.values().isEmpty()) {
                item.put("values", ArrayValue.ofStrings(one.values()));
            }
            all.add(item.build());
        }
        out.put(name, ObjectValue.of("requirements", ArrayValue.of(all)));
    }

    private static ObjectValue extra(Identity who) {
        ObjectEditor out = ObjectValue.builder();
        for (Map.Entry<String, List<String>> one : new TreeMap<>(who.extra()).entrySet()) {
            out.put(one.getKey(), ArrayValue.ofStrings(one.getValue()));
        }
        return out.build();
    }

    private static void text(ObjectEditor out, String name, String value) {
        if (!value.isEmpty()) {
            out.put(name, value);
        }
    }
}

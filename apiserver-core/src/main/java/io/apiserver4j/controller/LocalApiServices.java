// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.resource.Catalog;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;

/** The registrations (APIServices) of the groups that this server serves itself. */
public final class LocalApiServices {
    private static final String RESOURCE = "apiservices.apiregistration.k8s.io";
    private static final String COLLECTION = "/apis/apiregistration.k8s.io/v1/apiservices";
    private static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";

    private LocalApiServices() {}

    /**
     * Makes those that are missing, and repairs those that are there.
     *
     * @param client repairs
     * @param writer makes
     */
    public static void ensure(LocalClient client, BootstrapWriter writer, Catalog catalog) {
        ObjectValue priorities = PolicyFacts.read("apiservices.json");
        for (String group : catalog.groups()) {
            for (String version : catalog.versions(group)) {
                String name = version + "." + group;
                ArrayValue priority = priorities.getArray(name);
                if (priority == null) { // the group of registrations itself, and what others bring
                    continue;
                }
                ObjectValue spec = spec(group, version, priority);
                StoredObject current = writer.find(RESOURCE, "", name);
                if (current == null) {
                    writer.create(RESOURCE, registration(name, spec), "kube-apiserver");
                } else if (!current.tree().objectOrEmpty("spec").equals(spec)) {
                    client.update(COLLECTION + "/" + name, current.tree().with("spec", spec));
                }
            }
        }
    }

    private static ObjectValue spec(String group, String version, ArrayValue priority) {
        ObjectEditor out = ObjectValue.builder();
        if (!group.isEmpty()) {
            out.put("group", group);
        }
        return out.put("version", version)
                .put("groupPriorityMinimum", priority.get(0))
                .put("versionPriority", priority.get(1))
                .build();
    }

    private static ObjectValue registration(String name, ObjectValue spec) {
        ObjectValue metadata = ObjectValue.builder()
                .put("name", name)
                .put("labels", ObjectValue.of(MANAGED, Value.of("onstart")))
                .build();
        return ObjectValue.of("metadata", metadata, "spec", spec);
    }
}

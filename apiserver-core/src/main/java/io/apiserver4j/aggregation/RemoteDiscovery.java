// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import io.apiserver4j.request.Headers;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a server behind this one says of the resources of a group version. */
final class RemoteDiscovery {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String LIST = "APIGroupDiscoveryList";
    private static final Headers AGGREGATED = Headers.of(
            "Accept",
            "application/json;g=apidiscovery.k8s.io;v=v2;as=" + LIST
                    + ",application/json;g=apidiscovery.k8s.io;v=v2beta1;as=" + LIST);
    private static final Headers LEGACY = Headers.of("Accept", "application/json");

    private RemoteDiscovery() {}

    /** Asks for all in one document, and where the server does not know such, for the group version. */
    static List<ObjectValue> read(Registration registration, Backend backend) throws Exception {
        ServiceAddress address = backend.address();
        HttpResponse<byte[]> whole =
                backend.read(address, "/apis", AGGREGATED, LIMIT).get();
        if (whole.statusCode() == 200) {
            ObjectValue document = JsonReader.readObject(whole.body());
            if (document.stringOrEmpty("kind").equals(LIST)) {
                return of(document, registration);
            }
        }
        HttpResponse<byte[]> own =
                backend.read(address, registration.root(), LEGACY, LIMIT).get();
        if (own.statusCode() != 200) {
            throw new IllegalStateException("bad status from " + registration.root() + ": " + own.statusCode());
        }
        return converted(JsonReader.readObject(own.body()));
    }

    /** The resources of a group version; none where the document has not got it. */
    static List<ObjectValue> of(ObjectValue document, Registration registration) {
        for (ObjectValue group : document.arrayOrEmpty("items").objects()) {
            if (!group.objectOrEmpty("metadata").stringOrEmpty("name").equals(registration.group())) {
                continue;
            }
            for (ObjectValue version : group.arrayOrEmpty("versions").objects()) {
                if (version.stringOrEmpty("version").equals(registration.version())) {
                    return version.arrayOrEmpty("resources").objects();
                }
            }
        }
        return List.of();
    }

    /** A list of the older form in the newer one, where subresources stand below their resource. */
    static List<ObjectValue> converted(ObjectValue list) {
        Map<String, ObjectEditor> resources = new LinkedHashMap<>();
        Map<String, List<Value>> subresources = new LinkedHashMap<>();
        for (ObjectValue one : list.arrayOrEmpty("resources").objects()) {
            String name = one.stringOrEmpty("name");
            int slash = name.indexOf('/');
            if (slash < 0) {
                resources.put(name, resource(one, name));
            } else {
                String parent = name.substring(0, slash);
                resources.computeIfAbsent(
                        parent, p -> ObjectValue.builder().put("resource", p).put("scope", scope(one)));
                subresources
                        .computeIfAbsent(parent, p -> new ArrayList<>())
                        .add(ObjectValue.builder()
                                .put("subresource", name.substring(slash + 1))
                                .put("responseKind", kind(one))
                                .put("verbs", one.arrayOrEmpty("verbs"))
                                .build());
            }
        }
        List<ObjectValue> out = new ArrayList<>();
        resources.forEach((name, resource) -> {
            List<Value> below = subresources.get(name);
            out.add((below == null ? resource : resource.put("subresources", ArrayValue.of(below))).build());
        });
        return out;
    }

    private static ObjectEditor resource(ObjectValue one, String name) {
        ObjectEditor out = ObjectValue.builder()
                .put("resource", name)
                .put("responseKind", kind(one))
                .put("scope", scope(one))
                .put("singularResource", one.stringOrEmpty("singularName"))
                .put("verbs", one.arrayOrEmpty("verbs"));
        for (String member : List.of("shortNames", "categories")) {
            if (!one.arrayOrEmpty(member).isEmpty()) {
                out.put(member, one.arrayOrEmpty(member));
            }
        }
        return out;
    }

    private static String scope(ObjectValue one) {
        return one.isTrue("namespaced") ? "Namespaced" : "Cluster";
    }

    private static ObjectValue kind(ObjectValue one) {
        return ObjectValue.builder()
                .put("group", one.stringOrEmpty("group"))
                .put("version", one.stringOrEmpty("version"))
                .put("kind", one.stringOrEmpty("kind"))
                .build();
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.outbound.ServiceResolver;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.util.function.Function;

/** Finds services by their cluster IPs, as the Service objects have them (k8s.io/apiserver util/proxy). */
final class ClusterServices implements ServiceResolver {
    private final Function<String, ObjectStore> objects;

    ClusterServices(Function<String, ObjectStore> objects) {
        this.objects = objects;
    }

    @Override
    public Address resolve(String namespace, String name, int port) throws IOException {
        StoredObject found = objects.apply("services").get(namespace, name);
        if (found == null) {
            throw new IOException("service \"" + name + "\" not found");
        }
        ObjectValue spec = found.tree().objectOrEmpty("spec");
        String type = spec.stringOrEmpty("type");
        String clusterIp = spec.stringOrEmpty("clusterIP");
        if (type.equals("ClusterIP") && clusterIp.equals("None")) {
            throw new IOException("cannot route to service with ClusterIP \"None\"");
        }
        switch (type) {
            case "ClusterIP", "LoadBalancer", "NodePort" -> {
                for (ObjectValue one : spec.arrayOrEmpty("ports").objects()) {
                    if (one.longOr("port", 0) == port) {
                        return new Address(clusterIp, port);
                    }
                }
                throw new IOException("no service port " + port + " found for service \"" + name + "\"");
            }
            case "ExternalName" -> {
                return new Address(spec.stringOrEmpty("externalName"), port);
            }
            default -> throw new IOException("unsupported service type \"" + type + "\"");
        }
    }
}

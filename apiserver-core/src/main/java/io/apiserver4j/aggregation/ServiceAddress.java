// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ServiceView;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Where a service is reached: host name or address, and port. */
public record ServiceAddress(String host, int port) {
    /** Finds the address of a service's port. */
    @FunctionalInterface
    public interface Finder {
        /** The address; throws an {@link io.apiserver4j.meta.ApiException} where there is none. */
        ServiceAddress find(String namespace, String name, int port);
    }

    /** Finds services by their cluster IP, or by the name that they stand for elsewhere. */
    public static Finder byClusterIp(BiFunction<String, String, @Nullable ObjectValue> services) {
        return (namespace, name, port) -> {
            ObjectValue service = services.apply(namespace, name);
            if (service == null) {
                throw Status.notFound("", "services", name).asException();
            }
            return of(new ServiceView(service), name, port);
        };
    }

    private static ServiceAddress of(ServiceView service, String name, int port) {
        if (service.isType("ExternalName")) {
            return new ServiceAddress(service.spec().stringOrEmpty("externalName"), port);
        }
        if (service.clusterIp().equals(ServiceView.NONE)) {
            throw Status.internalError("cannot route to service with ClusterIP \"None\"")
                    .asException();
        }
        if (service.ports().stream().noneMatch(one -> one.longOr("port", 0) == port)) {
            throw Status.serviceUnavailable("no service port " + port + " found for service \"" + name + "\"")
                    .asException();
        }
        return new ServiceAddress(service.clusterIp(), port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/**
 * What an APIService says of a group version that another server answers.
 *
 * @param name the object's name
 * @param groupPriority where the group stands among others
 * @param versionPriority where the version stands within its group
 * @param service where the other server is found
 * @param caBundle authorities of its certificate, as base64 of PEM text; empty for those of the machine
 * @param insecure true where its certificate is not looked at
 * @param available what the condition says
 */
record Registration(
        String name,
        String group,
        String version,
        int groupPriority,
        int versionPriority,
        ServiceReference service,
        String caBundle,
        boolean insecure,
        boolean available) {
    private static final int HTTPS = 443;

    /** A port of a service. */
    record ServiceReference(String namespace, String name, int port) {}

    /** Reads an APIService; null for one that this server answers itself. */
    static @Nullable Registration of(ObjectValue tree) {
        ObjectValue spec = tree.objectOrEmpty("spec");
        ObjectValue service = spec.getObject("service");
        if (service == null) {
            return null;
        }
        return new Registration(
                ObjectMeta.of(tree).name(),
                spec.stringOrEmpty("group"),
                spec.stringOrEmpty("version"),
                (int) spec.longOr("groupPriorityMinimum", 0),
                (int) spec.longOr("versionPriority", 0),
                new ServiceReference(service.stringOrEmpty("namespace"), service.stringOrEmpty("name"), (int)
                        service.longOr("port", HTTPS)),
                spec.stringOrEmpty("caBundle"),
                spec.isTrue("insecureSkipTLSVerify"),
                isAvailable(tree));
    }

    private static boolean isAvailable(ObjectValue tree) {
        for (ObjectValue condition :
                tree.objectOrEmpty("status").arrayOrEmpty("conditions").objects()) {
            if (condition.stringOrEmpty("type").equals("Available")) {
                return condition.stringOrEmpty("status").equals("True");
            }
        }
        return false;
    }

    /** The path below which all of the group version is. */
    String root() {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    }

    /** The name that the other server's certificate must be of. */
    String serverName() {
        return service.name + "." + service.namespace + ".svc";
    }

    /** True where another registration is answered over the same connections. */
    boolean sameBackend(Registration other) {
        return service.equals(other.service) && caBundle.equals(other.caBundle) && insecure == other.insecure;
    }
}

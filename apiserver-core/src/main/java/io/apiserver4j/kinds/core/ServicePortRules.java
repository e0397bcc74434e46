// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.PortRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.view.ServiceView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules of a service's ports. */
final class ServicePortRules {
    private static final ValuePath PORTS = ValuePath.of("spec", "ports");

    private ServicePortRules() {}

    private record Key(String protocol, long number) {
        @Override
        public boolean equals(@Nullable Object other) { // by hand, see KeyRange
            return other instanceof Key that && number == that.number && protocol.equals(that.protocol);
        }

        @Override
        public int hashCode() {
            return 31 * protocol.hashCode() + Long.hashCode(number);
        }
    }

    /** The rules of each port by itself, and of names. */
    static void each(List<ObjectValue> ports, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            ObjectValue port = ports.get(i);
            ValuePath path = PORTS.index(i);
            name(port.stringOrEmpty("name"), ports.size() > 1, names, path.field("name"), errors);
            PortRules.number(path.field("port"), port.longOr("port", 0), errors);
            PortRules.protocol(path.field("protocol"), port.stringOrEmpty("protocol"), errors);
            PortRules.numberOrName(path.field("targetPort"), port.get("targetPort"), errors);
            PortRules.appProtocol(path.field("appProtocol"), port.getString("appProtocol"), errors);
        }
    }

    private static void name(String name, boolean required, Set<String> names, ValuePath path, FieldErrors errors) {
        if (name.isEmpty()) {
            if (required) {
                errors.required(path, "");
            }
            return;
        }
        errors.invalidAll(path, name, NameRules.dns1123Label(name));
        if (!names.add(name)) {
            errors.duplicate(path, name);
        }
    }

    /** The rules of all ports together, and of ports on nodes. */
    static void together(ServiceView service, FieldErrors errors) {
        List<ObjectValue> ports = service.ports();
        Set<Key> onNodes = new HashSet<>();
        FieldErrors duplicates = new FieldErrors();
        for (int i = 0; i < ports.size(); i++) {
            long nodePort = ports.get(i).longOr("nodePort", 0);
            ValuePath path = PORTS.index(i).field("nodePort");
            if (nodePort == 0) {
                continue;
            }
            if (service.isType("ClusterIP")) {
                errors.forbidden(path, "may not be used when `type` is 'ClusterIP'");
            }
            if (!onNodes.add(new Key(ports.get(i).stringOrEmpty("protocol"), nodePort))) {
                duplicates.duplicate(path, Value.of(nodePort));
            }
        }
        errors.addAll(duplicates);
        Set<Key> seen = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            Key key =
                    new Key(ports.get(i).stringOrEmpty("protocol"), ports.get(i).longOr("port", 0));
            if (!seen.add(key)) {
                errors.duplicateShown(PORTS.index(i), shown(key), "");
            }
        }
    }

    private static String shown(Key key) {
        return "{\"Name\":\"\",\"Protocol\":" + FieldErrors.json(key.protocol()) + ",\"AppProtocol\":null,\"Port\":"
                + key.number() + ",\"TargetPort\":0,\"NodePort\":0}";
    }
}

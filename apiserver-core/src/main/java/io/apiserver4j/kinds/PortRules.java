// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IntOrString;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules of ports in fields of several kinds, with Kubernetes' texts. */
public final class PortRules {
    /** The protocols that ports have, in the order in which messages show them. */
    public static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private PortRules() {}

    /** The number of a port: 1 to 65535. */
    public static void number(ValuePath path, long number, FieldErrors errors) {
        for (String problem : NameRules.portNumber(number)) {
            errors.invalid(path, number, problem);
        }
    }

    /** The number or the name of a port; what is missing is the number 0. */
    public static void numberOrName(ValuePath path, @Nullable Value port, FieldErrors errors) {
        if (port == null || IntOrString.isInt(port)) {
            number(path, port == null ? 0 : IntOrString.intValue(port), errors);
        } else {
            String name = IntOrString.text(port);
            errors.invalidAll(path, name, NameRules.portName(name));
        }
    }

    /** The protocol of a port, which must be there. */
    public static void protocol(ValuePath path, String protocol, FieldErrors errors) {
        if (protocol.isEmpty()) {
            errors.required(path, "");
        } else if (!PROTOCOLS.contains(protocol)) {
            errors.notSupportedShown(path, FieldErrors.json(protocol), PROTOCOLS);
        }
    }

    /** The protocol of the application, a qualified name; null where nothing is said. */
    public static void appProtocol(ValuePath path, @Nullable String protocol, FieldErrors errors) {
        if (protocol != null) {
            errors.invalidAll(path, protocol, NameRules.qualifiedName(protocol));
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.NameRules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules of the ports of containers. */
final class PortRules {
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private PortRules() {}

    /** The ports of one container. */
    static void ports(Part container) {
        Set<String> names = new HashSet<>();
        for (Part port : container.parts("ports")) {
            String name = port.text("name");
            if (!name.isEmpty()) {
                List<String> problems = NameRules.portName(name);
                port.told("name", problems);
                if (problems.isEmpty() && !names.add(name)) {
                    port.errors().duplicate(port.at("name"), name);
                }
            }
            long number = port.tree().longOr("containerPort", 0);
            if (number == 0) {
                port.errors().required(port.at("containerPort"), "");
            } else {
                port.toldNumber("containerPort", NameRules.portNumber(number));
            }
            long hostPort = port.tree().longOr("hostPort", 0);
            if (hostPort != 0) {
                port.toldNumber("hostPort", NameRules.portNumber(hostPort));
            }
            port.requireChoice("protocol", PROTOCOLS);
        }
    }

    /** Takes the ports of the host that a container asks for; tells of those that were taken before. */
    static void hostPorts(Part container, Set<String> taken) {
        for (Part port : container.parts("ports")) {
            long number = port.tree().longOr("hostPort", 0);
            String key = port.text("protocol") + "/" + port.text("hostIP") + "/" + number;
            if (number != 0 && !taken.add(key)) {
                port.errors().duplicate(port.at("hostPort"), key);
            }
        }
    }

    /** In the network of the host, a port of the host is the port of the container. */
    static void inHostNetwork(Part spec, boolean isPod) {
        if (!spec.isTrue("hostNetwork")) {
            return;
        }
        for (Part container : spec.parts("containers")) {
            for (Part port : container.parts("ports")) {
                long hostPort = port.tree().longOr("hostPort", 0);
                boolean differs = hostPort != port.tree().longOr("containerPort", 0);
                if (differs && (isPod || hostPort != 0)) {
                    port.errors()
                            .invalid(
                                    port.at("hostPort"),
                                    hostPort,
                                    "must match `containerPort` when `hostNetwork` is true");
                }
            }
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What clients are warned of in the ports of a pod: those that are there twice, or get in each other's way. */
final class PortWarnings {
    private PortWarnings() {}

    /** The warnings about all containers of a pod. */
    static List<String> of(List<Part> containers) {
        List<String> out = new ArrayList<>();
        overlaps(containers, out);
        names(containers, out);
        return out;
    }

    private static void warn(List<String> out, ValuePath path, String text) {
        out.add(path + ": " + text);
    }

    private static void overlaps(List<Part> containers, List<String> out) {
        Map<String, List<Part>> taken = new HashMap<>();
        for (Part container : containers) {
            for (Part port : container.parts("ports")) {
                long hostPort = port.tree().longOr("hostPort", 0);
                String hostIp = port.text("hostIP");
                if (!hostIp.isEmpty() && hostPort == 0) {
                    warn(out, port.path(), "hostIP set without hostPort: " + printed(port));
                }
                String key = port.tree().longOr("containerPort", 0) + "/" + port.text("protocol");
                List<Part> others = taken.computeIfAbsent(key, any -> new ArrayList<>());
                for (Part other : others) {
                    String kind = conflict(hostIp, hostPort, other);
                    if (!kind.isEmpty()) {
                        warn(out, port.path(), kind + " port definition with " + other.path());
                    }
                }
                others.add(port);
            }
        }
    }

    private static String conflict(String hostIp, long hostPort, Part other) {
        long otherPort = other.tree().longOr("hostPort", 0);
        String otherIp = other.text("hostIP");
        if (hostPort == otherPort && hostIp.equals(otherIp)) {
            return "duplicate";
        }
        if (hostPort == 0 || otherPort == 0) {
            return "overlapping";
        }
        return hostPort == otherPort && hostIp.isEmpty() != otherIp.isEmpty() ? "dangerously ambiguous" : "";
    }

    /** A port as Go prints a struct. */
    private static String printed(Part port) {
        return "{Name:" + port.text("name") + " HostPort:" + port.tree().longOr("hostPort", 0) + " ContainerPort:"
                + port.tree().longOr("containerPort", 0) + " Protocol:" + port.text("protocol") + " HostIP:"
                + port.text("hostIP") + "}";
    }

    private static void names(List<Part> containers, List<String> out) {
        Map<String, ValuePath> first = new HashMap<>();
        for (Part container : containers) {
            for (Part port : container.parts("ports")) {
                String name = port.text("name");
                ValuePath other = name.isEmpty() ? null : first.putIfAbsent(name, port.path());
                if (other != null) {
                    warn(
                            out,
                            port.path(),
                            "duplicate port name " + GoText.quote(name) + " with " + other
                                    + ", services and probes that select ports by name will use " + other);
                }
            }
        }
    }
}

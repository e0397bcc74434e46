// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Cells of services, endpoints and endpoint slices. */
final class ServiceColumns {
    private static final String NONE = "<none>";
    private static final int SHOWN = 3;

    private ServiceColumns() {}

    static void addTo(CellRegistry cells) {
        cells.text("service.clusterIp", ServiceColumns::clusterAddress);
        cells.text("service.externalIp", ServiceColumns::externalAddress);
        cells.text("service.ports", ServiceColumns::ports);
        cells.text("endpoints.addresses", ServiceColumns::endpoints);
        cells.text("slice.ports", ServiceColumns::slicePorts);
        cells.text("slice.endpoints", ServiceColumns::sliceAddresses);
    }

    private static String clusterAddress(Row row) {
        List<String> addresses = row.spec().arrayOrEmpty("clusterIPs").strings();
        if (!addresses.isEmpty()) {
            return addresses.get(0);
        }
        String single = row.spec().stringOrEmpty("clusterIP"); // objects stored before there were two families
        return single.isEmpty() ? NONE : single;
    }

    private static String externalAddress(Row row) {
        List<String> external = row.spec().arrayOrEmpty("externalIPs").strings();
        switch (row.spec().stringOrEmpty("type")) {
            case "ClusterIP", "NodePort":
                return external.isEmpty() ? NONE : String.join(",", external);
            case "ExternalName":
                return row.spec().stringOrEmpty("externalName");
            case "LoadBalancer":
                List<String> all = new ArrayList<>();
                String balancer = balancerAddresses(row.status());
                if (!balancer.isEmpty()) {
                    all.add(balancer);
                }
                all.addAll(external);
                return all.isEmpty() ? "<pending>" : String.join(",", all);
            default:
                return HumanForms.UNKNOWN;
        }
    }

    /** Where a load balancer is reached, of a service or an ingress: addresses or names, each once, in order. */
    static String balancerAddresses(ObjectValue status) {
        TreeSet<String> addresses = new TreeSet<>();
        for (ObjectValue ingress :
                status.objectOrEmpty("loadBalancer").arrayOrEmpty("ingress").objects()) {
            String ip = ingress.stringOrEmpty("ip");
            addresses.add(ip.isEmpty() ? ingress.stringOrEmpty("hostname") : ip);
        }
        addresses.remove("");
        return String.join(",", addresses);
    }

    private static String ports(Row row) {
        List<String> ports = new ArrayList<>();
        for (ObjectValue port : row.spec().arrayOrEmpty("ports").objects()) {
            long nodePort = port.longOr("nodePort", 0);
            ports.add(port.longOr("port", 0) + (nodePort > 0 ? ":" + nodePort : "") + "/"
                    + port.stringOrEmpty("protocol"));
        }
        return ports.isEmpty() ? NONE : String.join(",", ports);
    }

    private static String endpoints(Row row) {
        ArrayValue subsets = row.object().arrayOrEmpty("subsets");
        if (subsets.isEmpty()) {
            return NONE;
        }
        CutList list = new CutList(SHOWN, ",");
        for (ObjectValue subset : subsets.objects()) {
            ArrayValue addresses = subset.arrayOrEmpty("addresses");
            ArrayValue ports = subset.arrayOrEmpty("ports");
            if (ports.isEmpty()) { // headless services may have none
                addresses.objects().forEach(address -> list.add(address.stringOrEmpty("ip")));
            }
            for (ObjectValue port : ports.objects()) {
                for (ObjectValue address : addresses.objects()) {
                    list.add(hostPort(address.stringOrEmpty("ip"), port.longOr("port", 0)));
                }
            }
        }
        return list.toString();
    }

    private static String hostPort(String host, long port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private static String slicePorts(Row row) {
        CutList list = new CutList(SHOWN, ",");
        for (ObjectValue port : row.object().arrayOrEmpty("ports").objects()) {
            Value number = port.get("port");
            String name = port.getString("name");
            list.add(number != null && number.asNumber() != null ? number.toString() : name != null ? name : "*");
        }
        return orUnset(list);
    }

    private static String sliceAddresses(Row row) {
        CutList list = new CutList(SHOWN, ",");
        for (ObjectValue endpoint : row.object().arrayOrEmpty("endpoints").objects()) {
            endpoint.arrayOrEmpty("addresses").strings().forEach(list::add);
        }
        return orUnset(list);
    }

    private static String orUnset(CutList list) {
        String text = list.toString();
        return text.isEmpty() ? "<unset>" : text;
    }
}

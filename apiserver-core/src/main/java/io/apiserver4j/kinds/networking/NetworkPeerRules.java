// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.networking;

import io.apiserver4j.kinds.AddressRules;
import io.apiserver4j.kinds.PortRules;
import io.apiserver4j.meta.Cidr;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IntOrString;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules of the ports and peers of a network policy, for one check. */
final class NetworkPeerRules {
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

    private final EmbeddedRules.Leniency leniency;
    private final List<String> known;
    private final FieldErrors errors;

    /**
     * Rules that write into these errors.
     *
     * @param known networks that the kept object has, and that stay right
     */
    NetworkPeerRules(EmbeddedRules.Leniency leniency, List<String> known, FieldErrors errors) {
        this.leniency = leniency;
        this.known = known;
        this.errors = errors;
    }

    /** All rules of one direction. */
    void each(ObjectValue spec, String direction, String side, ValuePath specPath) {
        List<ObjectValue> rules = spec.arrayOrEmpty(direction).objects();
        for (int i = 0; i < rules.size(); i++) {
            ValuePath path = specPath.field(direction).index(i);
            List<ObjectValue> ports = rules.get(i).arrayOrEmpty("ports").objects();
            for (int j = 0; j < ports.size(); j++) {
                port(ports.get(j), path.field("ports").index(j));
            }
            List<ObjectValue> peers = rules.get(i).arrayOrEmpty(side).objects();
            for (int j = 0; j < peers.size(); j++) {
                peer(peers.get(j), path.field(side).index(j));
            }
        }
    }

    private void port(ObjectValue port, ValuePath path) {
        String protocol = port.getString("protocol");
        if (protocol != null && !PROTOCOLS.contains(protocol)) {
            errors.notSupportedShown(path.field("protocol"), FieldErrors.json(protocol), PROTOCOLS);
        }
        Value number = port.get("port");
        Long end = port.getLong("endPort");
        ValuePath endPath = path.field("endPort");
        if (number == null || number.isNull()) {
            notWith(end, "not specified", endPath);
        } else if (IntOrString.isInt(number)) {
            long first = IntOrString.intValue(number);
            PortRules.number(path.field("port"), first, errors);
            if (end != null) {
                if (end < first) {
                    errors.invalid(endPath, end, "must be greater than or equal to `port`");
                }
                PortRules.number(endPath, end, errors);
            }
        } else {
            notWith(end, "non-numeric", endPath);
            String name = IntOrString.text(number);
            errors.invalidAll(path.field("port"), name, NameRules.portName(name));
        }
    }

    private void notWith(@Nullable Long end, String port, ValuePath path) {
        if (end != null) {
            errors.invalid(path, end, "may not be specified when `port` is " + port);
        }
    }

    private void peer(ObjectValue peer, ValuePath path) {
        boolean selects = false;
        for (String member : List.of("podSelector", "namespaceSelector")) {
            ObjectValue selector = peer.getObject(member);
            if (selector != null) {
                selects = true;
                EmbeddedRules.labelSelector(selector, leniency, path.field(member), errors);
            }
        }
        ObjectValue block = peer.getObject("ipBlock");
        if (block != null) {
            block(block, path.field("ipBlock"));
        }
        if (block == null && !selects) {
            errors.required(path, "must specify a peer");
        } else if (block != null && selects) {
            errors.forbidden(path, "may not specify both ipBlock and another peer");
        }
    }

    private void block(ObjectValue block, ValuePath path) {
        String text = block.stringOrEmpty("cidr");
        if (text.isEmpty()) {
            return;
        }
        AddressRules.legacyCidr(path.field("cidr"), text, known, errors);
        Cidr network = Cidr.parse(text);
        if (network == null) {
            return;
        }
        List<String> excepts = block.arrayOrEmpty("except").strings();
        for (int i = 0; i < excepts.size(); i++) {
            ValuePath exceptPath = path.field("except").index(i);
            AddressRules.legacyCidr(exceptPath, excepts.get(i), known, errors);
            Cidr part = Cidr.parse(excepts.get(i));
            if (part != null && (!network.contains(part.base()) || network.prefixLength() >= part.prefixLength())) {
                errors.invalid(exceptPath, excepts.get(i), "must be a strict subset of `cidr`");
            }
        }
    }
}

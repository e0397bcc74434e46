// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.AddressRules;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.PortRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Endpoints. What is wrong in subsets that do not change stays. */
public final class EndpointsRules implements KindRules {
    private static final ValuePath SUBSETS = ValuePath.of("subsets");
    private static final List<String> SIDES = List.of("addresses", "notReadyAddresses");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        List<ObjectValue> subsets = object.arrayOrEmpty("subsets").objects();
        for (int i = 0; i < subsets.size(); i++) {
            subset(subsets.get(i), SUBSETS.index(i), errors);
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (!Objects.equals(updated.getArray("subsets"), current.getArray("subsets"))) {
            validate(updated, context, errors);
        }
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        String manager = ObjectMeta.of(object).labels().stringOrEmpty("endpoints.kubernetes.io/managed-by");
        List<String> out = new ArrayList<>();
        if (manager.equals("endpoint-controller")) {
            return out;
        }
        List<ObjectValue> subsets = object.arrayOrEmpty("subsets").objects();
        for (int i = 0; i < subsets.size(); i++) {
            for (String side : SIDES) {
                List<ObjectValue> addresses = subsets.get(i).arrayOrEmpty(side).objects();
                for (int j = 0; j < addresses.size(); j++) {
                    ValuePath path = SUBSETS.index(i).field(side).index(j).field("ip");
                    out.addAll(IpRules.ipWarnings(path, addresses.get(j).stringOrEmpty("ip")));
                }
            }
        }
        return out;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return warningsOnCreate(updated, context);
    }

    private static void subset(ObjectValue subset, ValuePath path, FieldErrors errors) {
        if (SIDES.stream().allMatch(side -> subset.arrayOrEmpty(side).isEmpty())) {
            errors.required(path, "must specify `addresses` or `notReadyAddresses`");
        }
        for (String side : SIDES) {
            List<ObjectValue> addresses = subset.arrayOrEmpty(side).objects();
            for (int i = 0; i < addresses.size(); i++) {
                address(addresses.get(i), path.field(side).index(i), errors);
            }
        }
        List<ObjectValue> ports = subset.arrayOrEmpty("ports").objects();
        for (int i = 0; i < ports.size(); i++) {
            port(ports.get(i), ports.size() > 1, path.field("ports").index(i), errors);
        }
    }

    private static void address(ObjectValue address, ValuePath path, FieldErrors errors) {
        String ip = address.stringOrEmpty("ip");
        AddressRules.legacyIp(path.field("ip"), ip, List.of(), errors);
        String hostname = address.stringOrEmpty("hostname");
        if (!hostname.isEmpty()) {
            errors.invalidAll(path.field("hostname"), hostname, NameRules.dns1123Label(hostname));
        }
        String node = address.getString("nodeName");
        if (node != null) {
            errors.invalidAll(path.field("nodeName"), node, NameRules.dns1123Subdomain(node));
        }
        AddressRules.endpointIp(path.field("ip"), ip, errors);
    }

    private static void port(ObjectValue port, boolean named, ValuePath path, FieldErrors errors) {
        String name = port.stringOrEmpty("name");
        if (!name.isEmpty()) {
            errors.invalidAll(path.field("name"), name, NameRules.dns1123Label(name));
        } else if (named) {
            errors.required(path.field("name"), "");
        }
        PortRules.number(path.field("port"), port.longOr("port", 0), errors);
        PortRules.protocol(path.field("protocol"), port.stringOrEmpty("protocol"), errors);
        PortRules.appProtocol(path.field("appProtocol"), port.getString("appProtocol"), errors);
    }
}

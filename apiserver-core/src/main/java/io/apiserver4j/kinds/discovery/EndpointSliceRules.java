// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.discovery;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.PortRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Endpoint slices: addresses of one type, which stays. What is wrong in endpoints that do not change stays. */
public final class EndpointSliceRules implements KindRules {
    private static final ValuePath TYPE = ValuePath.of("addressType");
    private static final ValuePath PORTS = ValuePath.of("ports");
    private static final ValuePath ENDPOINTS = ValuePath.of("endpoints");
    private static final int MOST_PORTS = 20_000;
    private static final List<String> TYPES = List.of("FQDN", "IPv4", "IPv6");
    private static final Set<String> OWN_MANAGERS =
            Set.of("endpointslice-controller.k8s.io", "endpointslicemirroring-controller.k8s.io");

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return withoutTopology(object);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return endpointsChanged(updated, current) ? withoutTopology(updated) : updated;
    }

    /** The topology of the first version of the kind cannot be written in this one. */
    private static ObjectValue withoutTopology(ObjectValue slice) {
        ArrayValue endpoints = slice.getArray("endpoints");
        return endpoints == null
                ? slice
                : slice.with("endpoints", endpoints.map(EndpointSliceRules::withoutOwnTopology));
    }

    private static Value withoutOwnTopology(Value endpoint) {
        ObjectValue object = endpoint.asObject();
        return object == null ? endpoint : object.without("deprecatedTopology");
    }

    private static boolean endpointsChanged(ObjectValue updated, ObjectValue current) {
        return !Objects.equals(updated.getArray("endpoints"), current.getArray("endpoints"));
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ports(object.arrayOrEmpty("ports").objects(), errors);
        endpoints(object, errors);
        // rules that are declared with the type come after those that are written by hand
        String type = object.stringOrEmpty("addressType");
        if (type.isEmpty()) {
            errors.required(TYPE, "");
        } else if (!TYPES.contains(type)) {
            errors.notSupportedShown(TYPE, FieldErrors.json(type), TYPES);
        }
        EndpointRules.counts(object.arrayOrEmpty("endpoints").objects(), ENDPOINTS, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        String type = updated.stringOrEmpty("addressType");
        boolean typeChanged = !type.equals(current.stringOrEmpty("addressType"));
        if (typeChanged && !type.isEmpty() && !TYPES.contains(type)) {
            errors.notSupportedShown(TYPE, FieldErrors.json(type), TYPES);
        }
        ports(updated.arrayOrEmpty("ports").objects(), errors);
        boolean changed = endpointsChanged(updated, current);
        if (changed) {
            endpoints(updated, errors);
        }
        if (typeChanged) {
            if (type.isEmpty()) {
                errors.required(TYPE, "");
            }
            errors.invalidShown(TYPE, "null", FieldChecks.IMMUTABLE);
        }
        if (changed) {
            EndpointRules.counts(updated.arrayOrEmpty("endpoints").objects(), ENDPOINTS, errors);
        }
    }

    private static void endpoints(ObjectValue slice, FieldErrors errors) {
        EndpointRules.each(
                slice.arrayOrEmpty("endpoints").objects(), slice.stringOrEmpty("addressType"), ENDPOINTS, errors);
    }

    private static void ports(List<ObjectValue> ports, FieldErrors errors) {
        if (ports.size() > MOST_PORTS) {
            errors.tooMany(PORTS, ports.size(), MOST_PORTS);
            return;
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            ObjectValue port = ports.get(i);
            ValuePath path = PORTS.index(i);
            String name = port.stringOrEmpty("name");
            if (!name.isEmpty()) {
                errors.invalidAll(path.field("name"), name, NameRules.dns1123Label(name));
            }
            if (!names.add(name)) {
                errors.duplicate(path.field("name"), name);
            }
            String protocol = port.getString("protocol");
            if (protocol == null) {
                errors.required(path.field("protocol"), "");
            } else if (!PortRules.PROTOCOLS.contains(protocol)) {
                errors.notSupportedShown(path.field("protocol"), FieldErrors.json(protocol), PortRules.PROTOCOLS);
            }
            PortRules.appProtocol(path.field("appProtocol"), port.getString("appProtocol"), errors);
        }
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> out = new ArrayList<>();
        if (object.stringOrEmpty("addressType").equals("FQDN")) {
            out.add("spec.addressType: FQDN endpoints are deprecated");
        }
        out.addAll(warningsOnUpdate(object, object, context));
        return out;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        String manager = ObjectMeta.of(updated).labels().stringOrEmpty("endpointslice.kubernetes.io/managed-by");
        List<String> out = new ArrayList<>();
        if (OWN_MANAGERS.contains(manager)) {
            return out;
        }
        List<ObjectValue> endpoints = updated.arrayOrEmpty("endpoints").objects();
        for (int i = 0; i < endpoints.size(); i++) {
            List<String> addresses = endpoints.get(i).arrayOrEmpty("addresses").strings();
            for (int j = 0; j < addresses.size(); j++) {
                ValuePath path = ENDPOINTS.index(i).field("addresses").index(j);
                out.addAll(IpRules.ipWarnings(path, addresses.get(j)));
            }
        }
        return out;
    }
}

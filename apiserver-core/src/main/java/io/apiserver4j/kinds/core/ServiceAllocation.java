// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import static io.apiserver4j.kinds.core.ServiceIpRules.CLUSTER_IPS;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.meta.Status;
import io.apiserver4j.resource.Reservation;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ServiceView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives services addresses and ports on nodes when they are created and changed, and takes them back when they go. Runs
 * before validation, as in the real server, so its errors come alone.
 */
final class ServiceAllocation {
    private final AddressPool addresses;
    private final PortPool ports;
    private final ServiceFamilies families;

    ServiceAllocation(AddressPool addresses, PortPool ports) {
        this.addresses = addresses;
        this.ports = ports;
        this.families = new ServiceFamilies(addresses.families());
    }

    /** What a new or changed service needs, taken. */
    Reservation reserve(ObjectValue updated, @Nullable ObjectValue current, StrategyContext context) {
        ServiceDraft draft = new ServiceDraft(updated);
        Taking taking = new Taking(addresses, ports, context.dryRun(), context.now());
        boolean done = false;
        try {
            if (current == null) {
                create(draft, taking);
            } else {
                update(draft, new ServiceView(current), taking);
            }
            done = true;
            return new Reservation(draft.view().tree(), taking::commit, taking::revert);
        } finally {
            if (!done) {
                taking.revert();
            }
        }
    }

    private void create(ServiceDraft draft, Taking taking) {
        ServiceView service = draft.view();
        if (!service.clusterIp().isEmpty() && service.clusterIps().isEmpty()) {
            draft.clusterIps(List.of(service.clusterIp()));
        }
        families.resolve(draft, null);
        allAddresses(draft, taking);
        if (ServicePorts.used(draft.view())) {
            ServicePorts.fill(draft, taking);
        }
        if (draft.view().needsHealthCheckPort()) {
            ServicePorts.healthCheck(draft, taking);
        }
    }

    private void update(ServiceDraft draft, ServiceView before, Taking taking) {
        ServiceInference.keepAllocated(draft, before);
        ServiceInference.alignAddresses(draft, before);
        families.resolve(draft, before);
        changeAddresses(draft, before, taking);
        ServicePorts.change(draft, before, taking);
        ServiceInference.dropUnused(draft, before);
    }

    /** Addresses for a service that has none: those it asks for, any for the rest. */
    private static void allAddresses(ServiceDraft draft, Taking taking) {
        ServiceView service = draft.view();
        List<String> asked = service.clusterIps();
        if (!service.needsClusterIp() || !asked.isEmpty() && asked.get(0).equals(ServiceView.NONE)) {
            return;
        }
        List<String> families = service.ipFamilies();
        List<String> all = new ArrayList<>(asked);
        while (all.size() < families.size()) {
            all.add("");
        }
        List<String> shown = List.copyOf(all);
        for (int i = 0; i < families.size(); i++) {
            all.set(i, address(families.get(i), all.get(i), shown, service, taking));
        }
        draft.clusterIp(all.get(0));
        draft.clusterIps(all);
    }

    private static String address(String family, String asked, List<String> all, ServiceView service, Taking taking) {
        if (asked.isEmpty()) {
            String any = taking.anyAddress(family, service);
            if (any == null) {
                throw Status.internalError("failed to allocate a serviceIP for Service \""
                                + service.meta().name() + "\": range is full")
                        .asException();
            }
            return any;
        }
        IpAddress address = IpAddress.parse(asked);
        if (address == null) {
            throw Status.internalError("failed to parse service IP \"" + asked + "\"")
                    .asException();
        }
        String problem = taking.address(address, service);
        if (problem != null) {
            throw invalid(
                    service,
                    errors -> errors.invalidShown(
                            CLUSTER_IPS, FieldErrors.json(all), "failed to allocate IP " + asked + ": " + problem));
        }
        return asked;
    }

    private static void changeAddresses(ServiceDraft draft, ServiceView before, Taking taking) {
        ServiceView service = draft.view();
        if (ServiceFamilies.isSettled(service, before)) {
            return;
        }
        if (!before.needsClusterIp() && service.needsClusterIp()) {
            allAddresses(draft, taking);
            return;
        }
        if (!before.clusterIps().isEmpty() && before.clusterIps().get(0).equals(ServiceView.NONE)) {
            return;
        }
        if (before.needsClusterIp() && !service.needsClusterIp()) {
            before.clusterIps().forEach(taking::leaveAddress);
            return;
        }
        List<String> is = service.ipFamilies();
        List<String> was = before.ipFamilies();
        if (was.size() == 1 && is.size() == 2) {
            List<String> all = new ArrayList<>(service.clusterIps());
            while (all.size() < 2) {
                all.add("");
            }
            all.set(1, address(is.get(1), all.get(1), List.copyOf(all), service, taking));
            draft.clusterIps(all);
        } else if (was.size() == 2 && is.size() == 1 && before.clusterIps().size() == 2) {
            taking.leaveAddress(before.clusterIps().get(1));
        }
    }

    /** Gives back everything of a service that is gone. */
    void release(ServiceView service) {
        if (service.needsClusterIp()) {
            for (String text : service.clusterIps()) {
                IpAddress address = IpAddress.parse(text);
                if (address != null) {
                    addresses.release(address);
                }
            }
        }
        service.nodePorts().forEach(ports::release);
        if (service.needsHealthCheckPort()) {
            ports.release(service.healthCheckNodePort());
        }
    }

    /** 422 with the errors that are written down. */
    static ApiException invalid(ServiceView service, Consumer<FieldErrors> write) {
        FieldErrors errors = new FieldErrors();
        write.accept(errors);
        return Status.invalid("", "Service", service.meta().name(), errors).asException();
    }
}

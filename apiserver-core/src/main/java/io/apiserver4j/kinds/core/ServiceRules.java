// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.AddressRules;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.KindSettings;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.Reservation;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ServiceView;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Services. May keep the ports on nodes that are taken, so an instance belongs to one server. */
public final class ServiceRules implements KindRules {
    private final ServiceAllocation allocation;

    /** The rules of a server with these settings. */
    public ServiceRules(KindSettings settings) {
        allocation = new ServiceAllocation(new StoredAddressPool(settings), ports(settings));
    }

    private static PortPool ports(KindSettings settings) {
        PortRange range = PortRange.of(settings.firstNodePort(), settings.lastNodePort(), settings.random());
        Supplier<ObjectStore> services = () -> settings.objects().apply("services");
        return settings.sharedStore()
                ? new StoredPortPool(range, services, () -> settings.objects().apply(RangeAllocations.RESOURCE))
                : new MemoryPortPool(range, services);
    }

    /** Services that are names only have no traffic of their own; older servers wrote that member into all. */
    @Override
    public ObjectValue canonicalize(ObjectValue object) {
        return new ServiceView(object).needsClusterIp() ? object : object.withoutAt("spec", "internalTrafficPolicy");
    }

    @Override
    public Reservation reserve(ObjectValue updated, @Nullable ObjectValue current, StrategyContext context) {
        return context.subresource().isEmpty()
                ? allocation.reserve(updated, current, context)
                : Reservation.none(updated);
    }

    @Override
    public void afterDelete(ObjectValue object) {
        allocation.release(new ServiceView(object));
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ServiceSpecRules.check(new ServiceView(object), null, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        ServiceView service = new ServiceView(updated);
        ServiceView before = new ServiceView(current);
        if (context.subresource().equals("status")) {
            ServiceStatusRules.check(service, before, errors);
            return;
        }
        ServiceIpRules.checkChange(service, before, errors);
        ServiceSpecRules.checkChange(service, before, errors);
        ServiceSpecRules.check(service, before, errors);
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        return ServiceWarnings.of(new ServiceView(object));
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().equals("status")
                ? AddressRules.balancerWarnings(updated)
                : ServiceWarnings.of(new ServiceView(updated));
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.KindSettings;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Cidr;
import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.store.ListQuery;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.ConditionView;
import io.apiserver4j.view.ServiceView;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pool that keeps one IPAddress per address that is taken: creating it is taking it, so servers that share a store
 * share the pool, and nothing has to be read at the start. The ranges are those of the server's settings and of the
 * ServiceCIDR objects that are ready.
 */
final class StoredAddressPool implements AddressPool {
    private static final String TAKEN = "provided IP is already allocated";
    private static final String OTHER_RANGE = "the provided network does not match the current range";

    private final KindSettings settings;
    private final List<AddressRange> own;

    StoredAddressPool(KindSettings settings) {
        this.settings = settings;
        this.own = settings.serviceRanges().stream().map(AddressRange::of).toList();
    }

    @Override
    public List<String> families() {
        Set<String> out = new LinkedHashSet<>();
        own.forEach(range -> out.add(AddressPool.familyOf(range.base())));
        return List.copyOf(out);
    }

    @Override
    public @Nullable String takeAny(String family, ServiceView owner, Instant now) {
        ObjectStore addresses = addresses();
        for (AddressRange range : ranges(family)) {
            IpAddress found = range.first(
                    address -> addresses.get("", address.toString()) == null && create(address, owner, now),
                    settings.random());
            if (found != null) {
                return found.toString();
            }
        }
        return null;
    }

    @Override
    public @Nullable String take(IpAddress address, ServiceView owner, Instant now) {
        if (ranges(AddressPool.familyOf(address)).stream().noneMatch(range -> range.contains(address))) {
            return OTHER_RANGE;
        }
        return create(address, owner, now) ? null : TAKEN;
    }

    private boolean create(IpAddress address, ServiceView owner, Instant now) {
        try {
            addresses().create(ServiceAddress.of(address, owner, now));
            return true;
        } catch (ApiException e) {
            if (e.status().reason().equals("AlreadyExists")) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void release(IpAddress address) {
        ObjectStore addresses = addresses();
        StoredObject found;
        do {
            found = addresses.get("", address.toString());
        } while (found != null && addresses.delete(found) == 0);
    }

    @Override
    public String sample(String family) {
        for (AddressRange range : own) {
            if (AddressPool.familyOf(range.base()).equals(family)) {
                return range.base().toString();
            }
        }
        return "";
    }

    @Override
    public @Nullable String refusal(IpAddress address) {
        String family = AddressPool.familyOf(address);
        for (AddressRange range : own) {
            if (AddressPool.familyOf(range.base()).equals(family) && !range.contains(address)) {
                return "the provided IP (" + address + ") is not in the valid range. The range of valid IPs is "
                        + range;
            }
        }
        return null;
    }

    /** The ranges of a family that may be used now, those of the settings first. */
    private List<AddressRange> ranges(String family) {
        Set<Cidr> unready = new LinkedHashSet<>();
        Set<Cidr> ready = new LinkedHashSet<>();
        for (StoredObject object :
                objects("servicecidrs.networking.k8s.io").list(atHand()).objects()) {
            ObjectValue tree = object.tree();
            Set<Cidr> side = isReady(tree) ? ready : unready;
            for (String text : tree.objectOrEmpty("spec").arrayOrEmpty("cidrs").strings()) {
                Cidr network = Cidr.parse(text);
                if (network != null) {
                    side.add(network);
                }
            }
        }
        unready.removeAll(ready);
        Set<Cidr> all = new LinkedHashSet<>(settings.serviceRanges());
        all.addAll(ready);
        all.removeAll(unready);
        Stream<AddressRange> ranges = all.stream().map(AddressRange::of);
        return ranges.filter(range -> range.isIpv4() == family.equals(IPV4)).toList();
    }

    private static ListQuery atHand() {
        return new ListQuery("", object -> true, false, 0, ListQuery.Match.ANY, 0, "");
    }

    /** Without a word of its controller a range is ready, as where no controller runs. */
    private static boolean isReady(ObjectValue range) {
        ConditionView ready = ConditionView.find(range, "Ready");
        return !ObjectMeta.of(range).isDeleting() && (ready == null || ready.isTrue());
    }

    private ObjectStore addresses() {
        return objects("ipaddresses.networking.k8s.io");
    }

    private ObjectStore objects(String resource) {
        return settings.objects().apply(resource);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.view.ServiceView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one write takes from the pools and wants to give back. Things are taken at once and given back at the end:
 * rather lose an address than give it away twice. A dry run takes nothing. Not safe for use by several threads.
 */
final class Taking {
    private static final int DRY_RUN_BASE = 32_768;

    private final AddressPool addresses;
    private final PortPool ports;
    private final boolean dryRun;
    private final Instant now;
    private final List<IpAddress> takenAddresses = new ArrayList<>();
    private final List<IpAddress> leftAddresses = new ArrayList<>();
    private final List<Integer> takenPorts = new ArrayList<>();
    private final List<Integer> leftPorts = new ArrayList<>();

    Taking(AddressPool addresses, PortPool ports, boolean dryRun, Instant now) {
        this.addresses = addresses;
        this.ports = ports;
        this.dryRun = dryRun;
        this.now = now;
    }

    /** Any free address of a family, or null. */
    @Nullable
    String anyAddress(String family, ServiceView owner) {
        if (dryRun) {
            return addresses.sample(family);
        }
        String taken = addresses.takeAny(family, owner, now);
        IpAddress address = taken == null ? null : IpAddress.parse(taken);
        if (address != null) {
            takenAddresses.add(address);
        }
        return taken;
    }

    /** Takes this address: null where that was done, else why not. */
    @Nullable
    String address(IpAddress address, ServiceView owner) {
        if (dryRun) {
            return addresses.refusal(address);
        }
        String problem = addresses.take(address, owner, now);
        if (problem == null) {
            takenAddresses.add(address);
        }
        return problem;
    }

    /** Gives an address back if the write is kept. */
    void leaveAddress(String address) {
        IpAddress left = IpAddress.parse(address);
        if (left != null) {
            leftAddresses.add(left);
        }
    }

    /** Any free port; 0 where there is none. */
    int anyPort() {
        int port;
        if (dryRun) {
            port = takenPorts.stream().mapToInt(taken -> taken).max().orElse(DRY_RUN_BASE) + 1;
        } else {
            port = ports.takeAny();
        }
        if (port != 0) {
            takenPorts.add(port);
        }
        return port;
    }

    /** Takes this port: null where that was done, else why not. */
    @Nullable
    String port(int port) {
        String problem;
        if (dryRun) {
            problem = ports.isTaken(port) || takenPorts.contains(port) ? PortPool.TAKEN : null;
        } else {
            problem = ports.take(port);
        }
        if (problem == null) {
            takenPorts.add(port);
        }
        return problem;
    }

    /** Gives a port back if the write is kept. */
    void leavePort(int port) {
        leftPorts.add(port);
    }

    /** The write was kept. */
    void commit() {
        if (!dryRun) {
            leftAddresses.forEach(addresses::release);
            leftPorts.forEach(ports::release);
        }
    }

    /** The write was not kept. */
    void revert() {
        if (!dryRun) {
            takenAddresses.forEach(addresses::release);
            takenPorts.forEach(ports::release);
        }
    }
}

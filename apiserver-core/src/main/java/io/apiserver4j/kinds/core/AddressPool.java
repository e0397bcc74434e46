// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.view.ServiceView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where services get their addresses from. No two services of one cluster ever hold the same address, whichever server
 * they were written to. Safe for use by several threads.
 */
interface AddressPool {
    String IPV4 = "IPv4";
    String IPV6 = "IPv6";

    /** The families that there are addresses of, the primary one first. */
    List<String> families();

    /** Takes any free address of a family, as text; null where there is none. */
    @Nullable
    String takeAny(String family, ServiceView owner, Instant now);

    /** Takes this address: null where that was done, else why not. */
    @Nullable
    String take(IpAddress address, ServiceView owner, Instant now);

    /** Gives an address back; does nothing where it is free. */
    void release(IpAddress address);

    /** What a dry run is given in place of any free address. */
    String sample(String family);

    /** Why a dry run may not have this address, or null; whether it is free is not looked at. */
    @Nullable
    String refusal(IpAddress address);

    /** The family of an address. */
    static String familyOf(IpAddress address) {
        return address.isIpv4() ? IPV4 : IPV6;
    }
}

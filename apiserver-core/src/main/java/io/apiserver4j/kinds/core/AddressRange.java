// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.Cidr;
import io.apiserver4j.meta.IpAddress;
import java.math.BigInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a network that services may have: all but the first, and the last of IPv4. Those at the lower end
 * are left to clients that ask for a certain one, as long as there are others (KEP-3070).
 */
final class AddressRange {
    private static final long LEAST_RESERVED = 16;
    private static final long MOST_RESERVED = 256;

    private final Cidr network;
    private final BigInteger base;
    private final long size;
    private final long reserved;

    private AddressRange(Cidr network, long size, long reserved) {
        this.network = network;
        this.base = new BigInteger(1, network.base().bytes());
        this.size = size;
        this.reserved = reserved;
    }

    /** The range of a network. */
    static AddressRange of(Cidr network) {
        int hostBits = (network.isIpv4() ? 32 : 128) - network.prefixLength();
        long all = hostBits >= 63 ? Long.MAX_VALUE : 1L << hostBits;
        long size = all - (network.isIpv4() ? 2 : 1);
        long reserved =
                all <= LEAST_RESERVED ? 0 : Math.max(LEAST_RESERVED, Math.min(all / LEAST_RESERVED, MOST_RESERVED));
        return new AddressRange(network, size, Math.min(reserved, size));
    }

    boolean isIpv4() {
        return network.isIpv4();
    }

    /** The network's own address, which no service has. */
    IpAddress base() {
        return network.base();
    }

    /** True for an address that a service may have. */
    boolean contains(IpAddress address) {
        if (!network.contains(address)) {
            return false;
        }
        BigInteger offset = new BigInteger(1, address.bytes()).subtract(base);
        return offset.signum() > 0 && offset.compareTo(BigInteger.valueOf(size)) <= 0;
    }

    /** The first address, in an order that begins anywhere, that is taken; null where none is. */
    @Nullable
    IpAddress first(Predicate<IpAddress> taking, RandomGenerator random) {
        IpAddress found = first(reserved, size, taking, random);
        return found != null ? found : first(0, reserved, taking, random);
    }

    private @Nullable IpAddress first(long from, long to, Predicate<IpAddress> taking, RandomGenerator random) {
        long count = to - from;
        if (count <= 0) {
            return null;
        }
        long start = random.nextLong(count);
        for (long i = 0; i < count; i++) {
            long step = start < count - i ? start + i : start - (count - i);
            IpAddress address = at(from + step);
            if (taking.test(address)) {
                return address;
            }
        }
        return null;
    }

    private IpAddress at(long position) {
        int length = isIpv4() ? 4 : 16;
        byte[] number =
                base.add(BigInteger.valueOf(position)).add(BigInteger.ONE).toByteArray();
        byte[] bytes = new byte[length];
        int count = Math.min(length, number.length);
        System.arraycopy(number, number.length - count, bytes, length - count, count);
        return IpAddress.of(bytes);
    }

    @Override
    public String toString() {
        return network.toString();
    }
}

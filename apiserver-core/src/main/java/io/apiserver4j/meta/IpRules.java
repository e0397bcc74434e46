// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ValuePath;
import java.util.List;

/**
 * What fields of addresses and networks may hold, with Kubernetes' texts (k8s.io/apimachinery util/validation): new fields
 * only the canonical form, older ones more, of which clients are warned.
 */
public final class IpRules {
    private IpRules() {}

    /** An address in canonical form. */
    public static List<String> ip(String value) {
        List<String> problems = legacyIp(value, true);
        IpAddress address = IpAddress.parse(value);
        if (!problems.isEmpty() || address == null || value.equals(address.toString())) {
            return problems;
        }
        return List.of("must be in canonical form (" + GoText.quote(address.toString()) + ")");
    }

    /**
     * An address of an older field, in any form.
     *
     * @param strict whether leading zeros and IPv4 inside IPv6 are refused
     */
    public static List<String> legacyIp(String value, boolean strict) {
        IpAddress address = IpAddress.parse(value);
        if (address == null) {
            return List.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
        if (strict && address.hasLeadingZeros()) {
            return List.of("must not have leading 0s");
        }
        return strict && address.isMapped() ? List.of("must not be an IPv4-mapped IPv6 address") : List.of();
    }

    /** A network in canonical form. */
    public static List<String> cidr(String value) {
        List<String> problems = legacyCidr(value, true);
        Cidr cidr = Cidr.parse(value);
        if (!problems.isEmpty() || cidr == null || value.equals(cidr.toString())) {
            return problems;
        }
        return List.of("must be in canonical form (" + GoText.quote(cidr.toString()) + ")");
    }

    /**
     * A network of an older field, in any form.
     *
     * @param strict whether leading zeros, IPv4 inside IPv6 and bits beyond the prefix are refused
     */
    public static List<String> legacyCidr(String value, boolean strict) {
        Cidr cidr = Cidr.parse(value);
        if (cidr == null) {
            return List.of("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
        if (!strict) {
            return List.of();
        }
        if (cidr.hasLeadingZeros()) {
            return List.of("must not have leading 0s in IP or prefix length");
        }
        if (cidr.address().isMapped()) {
            return List.of("must not have an IPv4-mapped IPv6 address");
        }
        return cidr.base().equals(cidr.address())
                ? List.of()
                : List.of("must not have bits set beyond the prefix length");
    }

    /** An address with the prefix of its network, in canonical form. */
    public static List<String> interfaceAddress(String value) {
        Cidr cidr = Cidr.parse(value);
        if (cidr == null) {
            return List.of("must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)");
        }
        IpAddress address = cidr.address();
        int length = cidr.writtenLength();
        if (address.isIpv4() && length > 32) {
            length -= 96; // the prefix of an IPv4 address that was written inside IPv6
        }
        String canonical = address + "/" + length;
        return value.equals(canonical)
                ? List.of()
                : List.of("must be in canonical form (" + GoText.quote(canonical) + ")");
    }

    /** The warnings that an accepted address of an older field brings. */
    public static List<String> ipWarnings(ValuePath path, String value) {
        IpAddress address = IpAddress.parse(value);
        if (address == null) {
            return List.of();
        }
        String canonical = address.toString();
        if (address.hasLeadingZeros() || address.isMapped()) {
            return List.of(path + ": non-standard IP address " + GoText.quote(value) + " is invalid: use "
                    + GoText.quote(canonical));
        }
        return address.isIpv4() || canonical.equals(value)
                ? List.of()
                : List.of(path + ": IPv6 address " + GoText.quote(value) + " should be in RFC 5952 canonical format ("
                        + GoText.quote(canonical) + ")");
    }

    /** The warnings that an accepted network of an older field brings. */
    public static List<String> cidrWarnings(ValuePath path, String value) {
        Cidr cidr = Cidr.parse(value);
        if (cidr == null) {
            return List.of();
        }
        String canonical = cidr.toString();
        String ambiguous = "";
        if (!cidr.base().equals(cidr.address())) {
            int bits = cidr.address().isLongForm() ? 128 : 32;
            ambiguous = path + ": CIDR value " + GoText.quote(value) + " is ambiguous in this context (should be "
                    + GoText.quote(canonical) + " or " + GoText.quote(cidr.address() + "/" + bits) + "?)";
        }
        if (cidr.hasLeadingZeros() || cidr.address().isMapped()) {
            String invalid = path + ": non-standard CIDR value " + GoText.quote(value) + " is invalid: use "
                    + GoText.quote(canonical);
            return ambiguous.isEmpty() ? List.of(invalid) : List.of(ambiguous, invalid);
        }
        if (!ambiguous.isEmpty()) {
            return List.of(ambiguous);
        }
        return cidr.address().isIpv4() || canonical.equals(value)
                ? List.of()
                : List.of(path + ": IPv6 CIDR value " + GoText.quote(value)
                        + " should be in RFC 5952 canonical format (" + GoText.quote(canonical) + ")");
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static io.apiserver4j.cel.CelType.BOOL;
import static io.apiserver4j.cel.CelType.INT;
import static io.apiserver4j.cel.CelType.LIST_OF_STRINGS;
import static io.apiserver4j.cel.CelType.STRING;

import io.apiserver4j.meta.Cidr;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.IpAddress;
import java.util.List;
import java.util.function.Function;

/** Addresses and networks: {@code ip}, {@code cidr}, {@code url} and what can be asked of them. */
final class NetworkFunctions {
    private static final CelType IP = CelType.opaque("net.IP");
    private static final CelType CIDR = CelType.opaque("net.CIDR");
    private static final FunctionTable.Cost ONE = FunctionTable.Cost.ONE;
    private static final FunctionTable.Cost TWICE =
            (arguments, result) -> (long) Math.ceil(Costs.size(arguments[0]) * 0.2);

    private NetworkFunctions() {}

    private record Ip(IpAddress address) implements CelOpaque {
        @Override
        public CelType type() {
            return IP;
        }

        @Override
        public long costSize() {
            return address.isIpv4() ? 4 : 16;
        }
    }

    private record Network(Cidr cidr) implements CelOpaque {
        @Override
        public CelType type() {
            return CIDR;
        }

        @Override
        public long costSize() {
            return (cidr.prefixLength() + 7) / 8;
        }
    }

    static void addTo(FunctionTable table) {
        List<CelType> text = List.of(STRING);
        table.global("ip", "string_to_ip", IP, text, a -> new Ip(ip((String) a[0])), Costs.TRAVERSE);
        table.global("isIP", "is_ip", BOOL, text, a -> isIp((String) a[0]), Costs.TRAVERSE);
        table.global(
                "ip.isCanonical",
                "ip_is_canonical",
                BOOL,
                text,
                a -> ip((String) a[0]).toString().equals(a[0]),
                TWICE);
        ask(table, "family", "ip_family", INT, address -> address.isIpv4() ? 4L : 6L);
        ask(table, "isUnspecified", "ip_is_unspecified", BOOL, IpAddress::isUnspecified);
        ask(table, "isLoopback", "ip_is_loopback", BOOL, IpAddress::isLoopback);
        ask(table, "isLinkLocalMulticast", "ip_is_link_local_multicast", BOOL, IpAddress::isLinkLocalMulticast);
        ask(table, "isLinkLocalUnicast", "ip_is_link_local_unicast", BOOL, IpAddress::isLinkLocalUnicast);
        ask(table, "isGlobalUnicast", "ip_is_global_unicast", BOOL, NetworkFunctions::isGlobalUnicast);
        table.global(
                "string",
                "ip_to_string",
                STRING,
                List.of(IP),
                a -> ((Ip) a[0]).address().toString(),
                ONE);
        table.global("cidr", "string_to_cidr", CIDR, text, a -> new Network(cidr((String) a[0])), Costs.TRAVERSE);
        table.global("isCIDR", "is_cidr", BOOL, text, a -> isCidr((String) a[0]), Costs.TRAVERSE);
        table.global(
                "string",
                "cidr_to_string",
                STRING,
                List.of(CIDR),
                a -> network(a[0]).toString(),
                ONE);
        table.member(
                "ip", "cidr_ip", IP, List.of(CIDR), a -> new Ip(network(a[0]).address()), ONE);
        table.member(
                "prefixLength",
                "cidr_prefix_length",
                INT,
                List.of(CIDR),
                a -> (long) network(a[0]).prefixLength(),
                ONE);
        table.member(
                "masked",
                "cidr_masked",
                CIDR,
                List.of(CIDR),
                a -> new Network(Cidr.of(network(a[0]).base(), network(a[0]).prefixLength())),
                ONE);
        contains(table);
        UrlFunctions.addTo(table);
    }

    private static void contains(FunctionTable table) {
        FunctionTable.Cost base = (arguments, result) -> Costs.tenth(2 * Costs.size(arguments[0]));
        table.member(
                "containsIP",
                "cidr_contains_ip_string",
                BOOL,
                List.of(CIDR, STRING),
                a -> network(a[0]).contains(ip((String) a[1])),
                (arguments, result) -> base.of(arguments, result) + Costs.tenth(Costs.size(arguments[1])));
        table.member(
                "containsIP",
                "cidr_contains_ip_ip",
                BOOL,
                List.of(CIDR, IP),
                a -> network(a[0]).contains(((Ip) a[1]).address()),
                base);
        FunctionTable.Cost wider =
                (arguments, result) -> base.of(arguments, result) + Costs.tenth(Costs.size(arguments[0])) + 1;
        table.member(
                "containsCIDR",
                "cidr_contains_cidr_string",
                BOOL,
                List.of(CIDR, STRING),
                a -> holds(network(a[0]), cidr((String) a[1])),
                (arguments, result) -> wider.of(arguments, result) + Costs.tenth(Costs.size(arguments[1])));
        table.member(
                "containsCIDR",
                "cidr_contains_cidr",
                BOOL,
                List.of(CIDR, CIDR),
                a -> holds(network(a[0]), network(a[1])),
                wider);
    }

    private static boolean holds(Cidr wide, Cidr narrow) {
        return wide.prefixLength() <= narrow.prefixLength()
                && wide.isIpv4() == narrow.isIpv4()
                && wide.contains(narrow.base());
    }

    private static Cidr network(Object value) {
        return ((Network) value).cidr();
    }

    private static void ask(
            FunctionTable table, String function, String id, CelType result, Function<IpAddress, Object> read) {
        table.member(function, id, result, List.of(IP), a -> read.apply(((Ip) a[0]).address()), ONE);
    }

    private static Object isGlobalUnicast(IpAddress address) {
        byte[] bytes = address.bytes();
        boolean broadcast = address.isIpv4()
                && bytes[bytes.length - 1] == -1
                && bytes[bytes.length - 2] == -1
                && bytes[bytes.length - 3] == -1
                && bytes[bytes.length - 4] == -1;
        return !broadcast
                && !address.isUnspecified()
                && !address.isLoopback()
                && !address.isMulticast()
                && !address.isLinkLocalUnicast();
    }

    private static IpAddress ip(String text) {
        if (text.indexOf('%') > 0) {
            throw new CelEvaluationException("IP address " + GoText.quote(text) + " with zone value is not allowed");
        }
        IpAddress address = IpAddress.parse(text);
        if (address == null || address.hasLeadingZeros()) {
            throw new CelEvaluationException("IP Address " + GoText.quote(text)
                    + " parse error during conversion from string: ParseAddr(" + GoText.quote(text)
                    + "): unable to parse IP");
        }
        if (address.isMapped()) {
            throw new CelEvaluationException("IPv4-mapped IPv6 address " + GoText.quote(text) + " is not allowed");
        }
        return address;
    }

    private static boolean isIp(String text) {
        try {
            ip(text);
            return true;
        } catch (CelEvaluationException wrong) {
            return false;
        }
    }

    private static Cidr cidr(String text) {
        Cidr cidr = text.indexOf('%') > 0 ? null : Cidr.parse(text);
        if (cidr == null || cidr.hasLeadingZeros()) {
            String reason = text.indexOf('/') < 0 ? "no '/'" : "unable to parse IP";
            throw new CelEvaluationException("network address parse error during conversion from string:"
                    + " netip.ParsePrefix(" + GoText.quote(text) + "): " + reason);
        }
        if (cidr.address().isMapped()) {
            throw new CelEvaluationException("IPv4-mapped IPv6 address " + GoText.quote(text) + " is not allowed");
        }
        return cidr;
    }

    private static boolean isCidr(String text) {
        try {
            cidr(text);
            return true;
        } catch (CelEvaluationException wrong) {
            return false;
        }
    }

    static CelType queryType() {
        return CelType.map(STRING, LIST_OF_STRINGS);
    }
}

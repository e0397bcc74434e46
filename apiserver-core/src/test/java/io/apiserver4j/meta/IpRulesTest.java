// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.ValuePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers were checked against k8s.io/apimachinery 0.37.2. */
class IpRulesTest {
    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 1.2.3.4",
        "010.0.0.1, 10.0.0.1",
        "::ffff:1.2.3.4, 1.2.3.4",
        "::, ::",
        "::1, ::1",
        "2001:DB8::1, 2001:db8::1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:0:2:0:3:0:4:0, 1:0:2:0:3:0:4:0",
        "1::, 1::",
        "0:0:1::, 0:0:1::",
        "64:ff9b::1.2.3.4, 64:ff9b::102:304",
        "fe80:0000:0:0:0:0:0:0abc, fe80::abc",
        "::00001, ::1",
    })
    void addressesPrintCanonically(String text, String canonical) {
        IpAddress address = requireNonNull(IpAddress.parse(text));
        assertThat(address).hasToString(canonical);
        assertThat(IpAddress.parse(canonical)).isEqualTo(address).hasSameHashCodeAs(address);
        assertThat(IpAddress.of(address.bytes())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "a.b.c.d",
                ":",
                "1:2",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                ":::",
                "::12345678",
                "fe80::1%eth0",
                "1.2.3.4:80",
                "[::1]",
                "1:2:3:4:5:6:7::8",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1..2.3",
                "::1.2.3",
            })
    void otherThingsAreNoAddresses(String text) {
        assertThat(IpAddress.parse(text)).isNull();
        assertThat(IpRules.ip(text)).containsExactly("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1.2.3.4         | ``                                             | ``",
                "198.051.100.007 | must not have leading 0s                       | must not have leading 0s",
                "::ffff:1.2.3.4  | must not be an IPv4-mapped IPv6 address        | must not be an IPv4-mapped IPv6 address",
                "FE80::ABC       | must be in canonical form (\"fe80::abc\")      | ``",
            })
    void fieldsOfAddresses(String text, String problem, String legacyProblem) {
        assertThat(String.join(";", IpRules.ip(text))).isEqualTo(problem);
        assertThat(String.join(";", IpRules.legacyIp(text, true))).isEqualTo(legacyProblem);
        assertThat(IpRules.legacyIp(text, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "10.0.0.0/8           | ``",
                "10.0.0.0/08          | must not have leading 0s in IP or prefix length",
                "10.01.0.0/16         | must not have leading 0s in IP or prefix length",
                "10.0.0.1/8           | must not have bits set beyond the prefix length",
                "::ffff:1.2.3.0/120   | must not have an IPv4-mapped IPv6 address",
                "2001:db8:0::/48      | must be in canonical form (\"2001:db8::/48\")",
                "10.0.0.0/33          | must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
                "10.0.0.0             | must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
                "10.0.0.0/            | must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
                "10.0.0.0/+8          | must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
                "::/129               | must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
            })
    void fieldsOfNetworks(String text, String problem) {
        assertThat(String.join(";", IpRules.cidr(text))).isEqualTo(problem);
    }

    @Test
    void networksContainAddresses() {
        Cidr network = requireNonNull(Cidr.parse("10.1.2.3/9"));
        assertThat(network).hasToString("10.0.0.0/9");
        assertThat(network.prefixLength()).isEqualTo(9);
        assertThat(network.contains(requireNonNull(IpAddress.parse("10.127.255.255"))))
                .isTrue();
        assertThat(network.contains(requireNonNull(IpAddress.parse("10.128.0.0"))))
                .isFalse();
        assertThat(network.contains(requireNonNull(IpAddress.parse("::1")))).isFalse();
        Cidr all = requireNonNull(Cidr.parse("::/0"));
        assertThat(all.contains(requireNonNull(IpAddress.parse("2001:db8::1")))).isTrue();
        assertThat(all.contains(requireNonNull(IpAddress.parse("10.0.0.1")))).isFalse();
        assertThat(Cidr.of(requireNonNull(IpAddress.parse("10.0.0.0")), 16)).hasToString("10.0.0.0/16");
    }

    @Test
    void interfaceAddresses() {
        assertThat(IpRules.interfaceAddress("192.168.1.5/24")).isEmpty();
        assertThat(IpRules.interfaceAddress("192.168.1.05/24"))
                .containsExactly("must be in canonical form (\"192.168.1.5/24\")");
        assertThat(IpRules.interfaceAddress("x"))
                .containsExactly("must be a valid address in CIDR form, (e.g. 10.9.8.7/24 or 2001:db8::1/64)");
    }

    @Test
    void warnings() {
        ValuePath path = ValuePath.of("f");
        assertThat(IpRules.ipWarnings(path, "1.2.3.4")).isEmpty();
        assertThat(IpRules.ipWarnings(path, "01.2.3.4"))
                .containsExactly("f: non-standard IP address \"01.2.3.4\" is invalid: use \"1.2.3.4\"");
        assertThat(IpRules.ipWarnings(path, "FE80::1"))
                .containsExactly("f: IPv6 address \"FE80::1\" should be in RFC 5952 canonical format (\"fe80::1\")");
        assertThat(IpRules.cidrWarnings(path, "1.2.3.4/24"))
                .containsExactly(
                        "f: CIDR value \"1.2.3.4/24\" is ambiguous in this context (should be \"1.2.3.0/24\" or"
                                + " \"1.2.3.4/32\"?)");
        assertThat(IpRules.cidrWarnings(path, "01.2.3.4/24")).hasSize(2);
        assertThat(IpRules.cidrWarnings(path, "2001:DB8::/32"))
                .containsExactly("f: IPv6 CIDR value \"2001:DB8::/32\" should be in RFC 5952 canonical format"
                        + " (\"2001:db8::/32\")");
    }

    @Test
    void specialAddresses() {
        assertThat(requireNonNull(IpAddress.parse("127.9.9.9")).isLoopback()).isTrue();
        assertThat(requireNonNull(IpAddress.parse("::1")).isLoopback()).isTrue();
        assertThat(requireNonNull(IpAddress.parse("0.0.0.0")).isUnspecified()).isTrue();
        assertThat(requireNonNull(IpAddress.parse("::")).isUnspecified()).isTrue();
        assertThat(requireNonNull(IpAddress.parse("169.254.1.1")).isLinkLocalUnicast())
                .isTrue();
        assertThat(requireNonNull(IpAddress.parse("fe80::1")).isLinkLocalUnicast())
                .isTrue();
        assertThat(requireNonNull(IpAddress.parse("224.0.0.1")).isLinkLocalMulticast())
                .isTrue();
        assertThat(requireNonNull(IpAddress.parse("ff02::1")).isLinkLocalMulticast())
                .isTrue();
        assertThat(requireNonNull(IpAddress.parse("239.1.1.1")).isMulticast()).isTrue();
        assertThat(requireNonNull(IpAddress.parse("8.8.8.8")).isMulticast()).isFalse();
    }
}

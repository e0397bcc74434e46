// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.meta.Cidr;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** Ranges of cluster IPs as a flag has them: one, or two of different families; the empty text is the default range. */
record ServiceRanges(List<Cidr> ranges, int count) {
    private static final int LEAST_BITS = 3;

    static ServiceRanges of(String text) throws Refusal {
        String[] parts = (text.isEmpty() ? "10.0.0.0/24" : text).split(",", -1);
        List<Cidr> ranges = new ArrayList<>();
        for (int i = 0; i < Math.min(2, parts.length); i++) {
            Cidr range = Cidr.parse(parts[i]);
            if (range == null) {
                throw Refusal.of(
                        "service-cluster-ip-range[" + i + "] is not " + (i == 0 ? "a valid cidr" : "an ip net"));
            }
            int bits = (range.isIpv4() ? 32 : 128) - range.prefixLength();
            if (i == 0 && bits < LEAST_BITS) {
                throw Refusal.of("error determining service IP ranges for primary service cidr: the service cluster IP "
                        + "range must be at least 8 IP addresses");
            }
            ranges.add(range);
        }
        return new ServiceRanges(ranges, parts.length);
    }

    /** What is wrong with the ranges beside each other, and beside the address that is advertised. */
    void check(String advertised, List<String> problems) {
        if (count > 2) {
            problems.add("--service-cluster-ip-range must not contain more than two entries");
        }
        if (ranges.size() == 2 && ranges.get(0).isIpv4() == ranges.get(1).isIpv4()) {
            problems.add(
                    "--service-cluster-ip-range[0] and --service-cluster-ip-range[1] must be of different IP family");
        }
        IpAddress address = IpAddress.parse(advertised);
        if (address != null && address.isIpv4() != ranges.get(0).isIpv4()) {
            problems.add("service IP family " + GoText.quote(networks().get(0)) + " must match public address family "
                    + GoText.quote(advertised));
        }
    }

    /** The ranges as networks, without the bits of hosts. */
    List<String> networks() {
        return ranges.stream()
                .map(range -> range.base() + "/" + range.prefixLength())
                .toList();
    }

    /** The address that the kubernetes service gets. */
    String firstAddress() {
        byte[] address = ranges.get(0).base().bytes();
        address[address.length - 1]++;
        return IpAddress.of(address).toString();
    }
}

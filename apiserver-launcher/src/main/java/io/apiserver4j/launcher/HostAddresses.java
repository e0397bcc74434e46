// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.meta.IpAddress;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Enumeration;

/** Addresses of this machine. */
final class HostAddresses {
    private HostAddresses() {}

    /** True for the address that means all addresses. */
    static boolean isAny(String address) {
        IpAddress parsed = IpAddress.parse(address);
        return parsed != null && parsed.isUnspecified();
    }

    /**
     * Where others reach a server: what was asked for, otherwise the address that it listens on; where that is all
     * addresses, the first of this machine that others may know.
     */
    static String advertised(String asked, String bound) {
        if (!asked.isBlank() && !isAny(asked.trim())) {
            return asked.trim();
        }
        return isAny(bound) ? ofThisMachine(bound.indexOf(':') < 0) : bound;
    }

    private static String ofThisMachine(boolean ipv4) {
        try {
            Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
            while (interfaces.hasMoreElements()) {
                NetworkInterface one = interfaces.nextElement();
                Enumeration<InetAddress> addresses = one.getInetAddresses();
                while (one.isUp() && addresses.hasMoreElements()) {
                    InetAddress address = addresses.nextElement();
                    boolean fits = (address.getAddress().length == 4) == ipv4;
                    if (fits && !address.isLoopbackAddress() && !address.isLinkLocalAddress()) {
                        return address.getHostAddress();
                    }
                }
            }
        } catch (SocketException e) {
            // then nobody else can reach this machine, either
        }
        return ipv4 ? "127.0.0.1" : "::1";
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.meta.GoNumbers;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.server.ApiServerSettings.PortRange;

/** Ranges of ports in texts: one port, {@code first-last}, or {@code first+further}. */
final class Ports {
    private static final int LAST = 65535;

    private Ports() {}

    /** The range; throws {@link ScalarSyntaxException} with the real text. The empty text is the range of port 0. */
    static PortRange parse(String text) {
        String trimmed = text.trim();
        if (trimmed.isEmpty()) {
            return new PortRange(0, 0);
        }
        int hyphen = trimmed.indexOf('-');
        int plus = trimmed.indexOf('+');
        if (hyphen >= 0 && plus >= 0) {
            throw new ScalarSyntaxException("unable to parse port range: " + trimmed);
        }
        int mark = Math.max(hyphen, plus);
        long first = GoNumbers.atoi(mark < 0 ? trimmed : trimmed.substring(0, mark));
        long last = mark < 0 ? first : GoNumbers.atoi(trimmed.substring(mark + 1)) + (plus >= 0 ? first : 0);
        if (first > LAST || last > LAST) {
            throw new ScalarSyntaxException("the port range cannot be greater than 65535: " + trimmed);
        }
        if (last < first) {
            throw new ScalarSyntaxException("end port cannot be less than start port: " + trimmed);
        }
        return new PortRange((int) first, (int) last);
    }
}

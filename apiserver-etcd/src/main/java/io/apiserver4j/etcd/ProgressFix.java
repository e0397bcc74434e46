// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of etcd tell progress only after the events: those that kube-apiserver trusts too. */
final class ProgressFix {

    private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(-.*)?");

    private ProgressFix() {}

    static boolean isIn(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches() || Integer.parseInt(parts.group(1)) != 3) {
            return parts.matches() && Integer.parseInt(parts.group(1)) > 3;
        }
        int minor = Integer.parseInt(parts.group(2));
        int patch = Integer.parseInt(parts.group(3));
        return switch (minor) {
            case 4 -> patch >= 31;
            case 5 -> patch >= 13;
            default -> minor > 5;
        };
    }
}

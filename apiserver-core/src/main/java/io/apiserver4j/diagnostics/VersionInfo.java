// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.value.ObjectValue;
import java.util.Locale;

/**
 * What the server says it is.
 *
 * @param gitVersion the release as clients compare it, e.g. {@code v1.37.2}
 * @param emulated the minor version whose behaviour is served
 * @param minCompatible the oldest minor version that a peer may have
 */
public record VersionInfo(
        String major,
        String minor,
        String emulated,
        String minCompatible,
        String gitVersion,
        String gitCommit,
        String gitTreeState,
        String buildDate) {
    /** The release that this library follows. */
    public static final VersionInfo CURRENT =
            new VersionInfo("1", "37", "37", "36", "v1.37.2", "", "", "1970-01-01T00:00:00Z");

    /** Major and minor version: {@code 1.37}. */
    public String release() {
        return major + "." + minor;
    }

    /** The version whose behaviour is served: {@code 1.37}. */
    String emulation() {
        return major + "." + emulated;
    }

    /** What stands in place of Go's version: the version of Java that runs this. */
    String runtime() {
        return "java" + Runtime.version().feature();
    }

    /** The document at /version; members about Go's tools tell of this runtime. */
    ObjectValue toObject() {
        return ObjectValue.builder()
                .put("major", major)
                .put("minor", minor)
                .put("emulationMajor", major)
                .put("emulationMinor", emulated)
                .put("minCompatibilityMajor", major)
                .put("minCompatibilityMinor", minCompatible)
                .put("gitVersion", gitVersion)
                .put("gitCommit", gitCommit)
                .put("gitTreeState", gitTreeState)
                .put("buildDate", buildDate)
                .put("goVersion", runtime())
                .put("compiler", "gc")
                .put("platform", platform())
                .build();
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String os = system.startsWith("mac") ? "darwin" : system.startsWith("windows") ? "windows" : system;
        String arch = System.getProperty("os.arch", "");
        return os + "/" + (arch.equals("aarch64") ? "arm64" : arch.equals("x86_64") ? "amd64" : arch);
    }
}

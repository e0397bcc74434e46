// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Answers /statusz: which release this is, since when it runs, and where more can be asked. */
public final class StatusPage extends SelfReport {
    private static final DateTimeFormatter UNIX_DATE =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss 'UTC' yyyy", Locale.ROOT);
    private static final List<String> PATHS =
            List.of("/flagz", "/healthz", "/livez", "/metrics", "/readyz", "/statusz", "/version");

    private final VersionInfo version;
    private final InstantSource clock;
    private final Instant started;

    /** Tells of a server of this version that starts now. */
    public StatusPage(VersionInfo version, InstantSource clock) {
        super("Statusz");
        this.version = version;
        this.clock = clock;
        this.started = clock.instant();
    }

    private long seconds() {
        return Math.max(0, Duration.between(started, clock.instant()).toSeconds());
    }

    @Override
    void describe(ObjectEditor out) {
        out.put("startTime", Timestamp.format(started))
                .put("uptimeSeconds", seconds())
                .put("goVersion", version.runtime())
                .put("binaryVersion", version.release())
                .put("emulationVersion", version.emulation())
                .put("paths", ArrayValue.ofStrings(PATHS));
    }

    @Override
    void describe(StringBuilder out) {
        long up = seconds();
        // The real server writes another sign behind the words each time, so that nobody reads the page by machine.
        out.append("\nStarted: ").append(UNIX_DATE.format(started.atOffset(ZoneOffset.UTC)));
        out.append("\nUp: ")
                .append(String.format(Locale.ROOT, "%d hr %02d min %02d sec", up / 3600, up / 60 % 60, up % 60));
        out.append("\nGo version: ").append(version.runtime());
        out.append("\nBinary version: ").append(version.release());
        out.append("\nEmulation version: ").append(version.emulation());
        out.append("\nPaths: ").append(String.join(" ", PATHS)).append('\n');
    }
}

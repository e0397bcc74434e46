// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.diagnostics.FlagsPage;
import io.apiserver4j.diagnostics.ProfilePages;
import io.apiserver4j.diagnostics.StatusPage;
import io.apiserver4j.diagnostics.VersionInfo;
import io.apiserver4j.request.Endpoint;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the server tells of itself to those who run it.
 *
 * @param flags what the program was started with, shown at /flagz; an embedder has none
 * @param profiling whether /debug/pprof is served
 */
public record ServerPages(Map<String, String> flags, boolean profiling) {
    /** No flags, and profiling on as it is by default. */
    public static final ServerPages STANDARD = new ServerPages(Map.of(), true);

    /** Copies what it is given. */
    public ServerPages {
        flags = new TreeMap<>(flags);
    }

    /** Adds the pages that the index lists. */
    void addTo(Surface.Builder out, InstantSource clock) {
        out.path("/statusz", new StatusPage(VersionInfo.CURRENT, clock));
        out.path("/flagz", new FlagsPage(flags));
    }

    /** Adds the pages that the index does not list. */
    void addUnlistedTo(Surface.Builder out) {
        if (profiling) {
            Endpoint profiles = new ProfilePages();
            out.path("/debug/pprof", profiles).below("/debug/pprof/", profiles);
        }
    }
}

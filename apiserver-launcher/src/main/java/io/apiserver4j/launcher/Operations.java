// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.server.ApiServer;
import io.apiserver4j.server.Pipeline;
import io.apiserver4j.server.ServerPages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a server is run: what keeps it fair and what is written down.
 *
 * @param priorityAndFairness whether calls wait for their turn by flow schemas
 * @param browsers what browsers are told
 * @param audit what is written down of calls, null for nothing
 * @param pages what it tells of itself
 * @param goAway which clients it asks to connect anew
 */
record Operations(
        boolean priorityAndFairness,
        BrowserRules browsers,
        @Nullable AuditOptions audit,
        ServerPages pages,
        GoAway goAway) {
    /** What the flags say. */
    static Operations of(FlagValues flags, List<String> problems) {
        return new Operations(
                flags.on("enable-priority-and-fairness"),
                BrowserRules.of(flags, problems),
                flags.has("audit-log-path") ? AuditOptions.of(flags, problems) : null,
                new ServerPages(flags.shown(), flags.on("profiling")),
                GoAway.of(flags, problems));
    }

    /** Makes a server that way. */
    ApiServer.Builder applyTo(ApiServer.Builder builder) throws Refusal {
        AuditOptions kept = audit;
        if (kept != null) {
            builder.audit(kept.open());
        }
        if (browsers.isNeeded() || goAway.isNeeded()) {
            builder.pipeline(pipeline -> {
                Pipeline changed = browsers.isNeeded() ? pipeline.before("headers", "browsers", browsers) : pipeline;
                return goAway.isNeeded() ? changed.before("headers", "goaway", goAway) : changed;
            });
        }
        return builder.pages(pages).priorityAndFairness(priorityAndFairness);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.audit.AuditLosses;
import io.apiserver4j.audit.AuditPolicy;
import io.apiserver4j.audit.AuditSettings;
import io.apiserver4j.audit.AuditSink;
import io.apiserver4j.audit.BufferedSink;
import io.apiserver4j.audit.LogSink;
import io.apiserver4j.audit.TruncatingSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is written down of calls.
 *
 * @param policy the file that says how much of which
 * @param log the file that it is written to; {@code -} for standard out
 */
record AuditOptions(Path policy, String log, boolean legacy, LogSink.Rotation rotation, Delivery delivery) {
    private static final Set<String> MODES = Set.of("batch", "blocking", "blocking-strict");
    private static final long MEGABYTE = 1 << 20;

    /**
     * How events are handed on.
     *
     * @param mode batch, blocking or blocking-strict
     * @param mostOfEvent the largest event in bytes, 0 for any size
     */
    record Delivery(String mode, BufferedSink.Batches batches, int mostOfEvent, int mostOfBatch) {}

    /** What the flags say; null where nothing is written down. */
    static @Nullable AuditOptions of(FlagValues flags, List<String> problems) {
        String log = flags.text("audit-log-path");
        String policy = flags.text("audit-policy-file");
        if (log.isEmpty()) {
            return null;
        }
        String mode = flags.text("audit-log-mode");
        if (!MODES.contains(mode)) {
            problems.add(
                    "invalid audit log mode " + mode + ", allowed modes are " + "\"batch,blocking,blocking-strict\"");
        }
        String format = flags.text("audit-log-format");
        if (!Set.of("json", "legacy").contains(format)) {
            problems.add("invalid audit log format " + format + ", allowed formats are \"legacy,json\"");
        }
        if (!flags.text("audit-log-version").equals("audit.k8s.io/v1")) {
            problems.add("invalid group version, allowed versions are [\"audit.k8s.io/v1\"]");
        }
        for (String name : List.of("audit-log-maxage", "audit-log-maxbackup", "audit-log-maxsize")) {
            if (flags.number(name) < 0) {
                problems.add("--" + name + " " + flags.number(name) + " can't be a negative number");
            }
        }
        if (policy.isEmpty()) {
            return null; // as in kube-apiserver: no rule, no event
        }
        LogSink.Rotation rotation = new LogSink.Rotation(
                flags.number("audit-log-maxsize") * MEGABYTE,
                (int) flags.number("audit-log-maxage"),
                (int) flags.number("audit-log-maxbackup"),
                flags.on("audit-log-compress"));
        BufferedSink.Batches batches = new BufferedSink.Batches(
                (int) Math.max(1, flags.number("audit-log-batch-buffer-size")),
                (int) Math.max(1, flags.number("audit-log-batch-max-size")),
                flags.has("audit-log-batch-max-wait") ? flags.duration("audit-log-batch-max-wait") : Duration.ZERO,
                0,
                1);
        boolean cut = flags.on("audit-log-truncate-enabled");
        return new AuditOptions(
                Path.of(policy),
                log,
                format.equals("legacy"),
                rotation,
                new Delivery(mode, batches, cut ? (int) flags.number("audit-log-truncate-max-event-size") : 0, (int)
                        flags.number("audit-log-truncate-max-batch-size")));
    }

    /** Reads the policy and opens the log. */
    AuditSettings open() throws Refusal {
        AuditPolicy rules;
        try {
            rules = AuditPolicy.parse(SystemErrors.read(policy).getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Refusal.of("loading audit policy file: " + e.getMessage() + ": from file " + policy);
        }
        AuditLosses losses = new AuditLosses();
        AuditSink sink;
        try {
            sink = log.equals("-")
                    ? LogSink.on(System.out, legacy, losses.of("log"))
                    : LogSink.open(Path.of(log), legacy, rotation, losses.of("log"));
        } catch (IOException e) {
            throw Refusal.of("ensureLogFile: open " + SystemErrors.text(e));
        }
        sink = switch (delivery.mode()) {
            case "batch" -> new BufferedSink(sink, delivery.batches(), losses.of("buffered"));
            case "blocking" -> AuditSink.lenient(sink);
            default -> sink;
        };
        if (delivery.mostOfEvent() > 0) {
            sink = new TruncatingSink(sink, delivery.mostOfEvent(), delivery.mostOfBatch(), losses.of("truncate"));
        }
        return new AuditSettings(rules, sink, losses);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.flow.FlowControl;
import io.apiserver4j.flow.Ticket;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.EndingStream;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Identity;
import io.apiserver4j.request.PlainText;
import io.apiserver4j.request.Stage;
import io.apiserver4j.request.Verb;
import java.time.Duration;
import java.time.Instant;

/**
 * Lets each call wait for its seats, and sends it away where that takes too long. Watches have theirs while they begin;
 * other long-running calls, and those of the server itself, need none.
 */
final class FlowStage implements Stage {
    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int PART_OF_DEADLINE = 4;

    private final FlowControl flow;
    private final long patienceNanos;

    /**
     * A stage before a server's work.
     *
     * @param requestTimeout the time for calls that have no deadline; each may wait a quarter of it
     */
    FlowStage(FlowControl flow, Duration requestTimeout) {
        this.flow = flow;
        this.patienceNanos = Math.min(LONGEST_NANOS, requestTimeout.toNanos() / PART_OF_DEADLINE);
    }

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        boolean watch = call.requireTarget().verb() == Verb.WATCH;
        if (call.requireIdentity() == Identity.LOOPBACK
                || !watch && DeadlineStage.isLongRunning(call.requireTarget())) {
            return next.handle(call);
        }
        Ticket ticket = flow.enter(call);
        call.notes().header("X-Kubernetes-PF-FlowSchema-UID", ticket.schemaUid());
        call.notes().header("X-Kubernetes-PF-PriorityLevel-UID", ticket.levelUid());
        if (!ticket.isAdmitted(patience(call), call.cancellation())) {
            return tooMany(flow.retryAfter(ticket));
        }
        try (ticket) {
            return watch ? watch(call, next) : next.handle(call);
        }
    }

    private long patience(Call call) {
        Instant deadline = call.deadline();
        return deadline == null
                ? patienceNanos
                : Math.min(
                        LONGEST_NANOS,
                        Duration.between(call.arrival(), deadline).toNanos() / PART_OF_DEADLINE);
    }

    private ApiResponse watch(Call call, Endpoint next) {
        Runnable forget = flow.watching(call);
        boolean open = false;
        try {
            ApiResponse response = next.handle(call);
            open = response instanceof ApiResponse.Streaming;
            return EndingStream.of(response, forget);
        } finally {
            if (!open) {
                forget.run();
            }
        }
    }

    /** What callers are told who are sent away. */
    static ApiResponse tooMany(int retryAfterSeconds) {
        ApiResponse answer = PlainText.error(429, "Too many requests, please try again later.");
        return answer.withHeaders(answer.headers().with("Retry-After", Integer.toString(retryAfterSeconds)));
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoDuration;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Query;
import io.apiserver4j.request.Stage;
import io.apiserver4j.request.Target;
import io.apiserver4j.request.Verb;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives calls that are not long-running a time by which they must be answered. Whoever takes longer is interrupted, and the
 * caller told 504 whatever came of it: a write may have happened all the same.
 */
final class DeadlineStage implements Stage {
    private static final Set<String> LONG_SUBRESOURCES = Set.of("log", "exec", "attach", "portforward", "proxy");

    private final Duration limit;
    private final CallWatchdog watchdog;

    DeadlineStage(Duration limit, CallWatchdog watchdog) {
        this.limit = limit;
        this.watchdog = watchdog;
    }

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        if (isLongRunning(call.requireTarget())) {
            return next.handle(call);
        }
        Duration allowed = limit;
        Query query = call.request().query();
        if (query.has("timeout")) {
            allowed = asked(query.firstOrEmpty("timeout"));
        }
        Call timed = call.withDeadline(call.arrival().plus(allowed));
        try (CallWatchdog.Watched watched = watchdog.watch(allowed.toNanos())) {
            ApiResponse response;
            try {
                response = next.handle(timed);
            } catch (RuntimeException e) {
                if (watched.isLate()) {
                    throw late(e);
                }
                throw e;
            }
            if (watched.isLate()) {
                throw late(null);
            }
            return response;
        }
    }

    private static ApiException late(@Nullable RuntimeException cause) {
        ApiException late = Status.timeout("Timeout: request did not complete within the allotted timeout", 0)
                .asException();
        if (cause != null) {
            late.addSuppressed(cause);
        }
        return late;
    }

    private Duration asked(String text) {
        if (text.isEmpty()) {
            return limit;
        }
        Duration asked;
        try {
            asked = Duration.ofNanos(GoDuration.parse(text));
        } catch (ScalarSyntaxException e) {
            throw Status.badRequest("invalid timeout specified in the request URL - " + e.getMessage())
                    .asException();
        }
        return asked.isZero() || asked.compareTo(limit) > 0 ? limit : asked;
    }

    static boolean isLongRunning(Target target) {
        return target.verb() == Verb.WATCH
                || target.verb() == Verb.PROXY
                || target instanceof Target.OfResource resource && LONG_SUBRESOURCES.contains(resource.subresource());
    }
}

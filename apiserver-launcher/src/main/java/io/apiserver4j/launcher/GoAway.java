// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Stage;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Asks a share of HTTP/2 clients to connect anew, so that those of a server that is back find it through the balancer
 * again. What is under way on the connection is finished.
 *
 * @param chance the share of requests after which the connection takes no more
 * @param random decides
 */
record GoAway(double chance, RandomGenerator random) implements Stage {
    private static final double MOST = 0.02;

    /** What the flags say. */
    static GoAway of(FlagValues flags, List<String> problems) {
        double chance = Double.parseDouble(flags.text("goaway-chance"));
        if (!(chance >= 0 && chance <= MOST)) {
            problems.add("--goaway-chance can not be less than 0 or greater than 0.02");
        }
        return new GoAway(chance, RandomGenerator.getDefault());
    }

    boolean isNeeded() {
        return chance > 0;
    }

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        ApiResponse answer = next.handle(call);
        return call.request().http2() && random.nextDouble() < chance
                ? answer.withHeaders(answer.headers().with("Connection", "close"))
                : answer;
    }
}

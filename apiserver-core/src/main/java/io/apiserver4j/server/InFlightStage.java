// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Stage;
import java.util.concurrent.Semaphore;

/**
 * Bounds how many calls are worked on at once, those that change things counted apart. Long-running calls and members of
 * system:masters are not counted. Stands where priority and fairness is switched off.
 */
final class InFlightStage implements Stage {
    private final Semaphore reading;
    private final Semaphore changing;

    InFlightStage(int reading, int changing) {
        this.reading = new Semaphore(reading);
        this.changing = new Semaphore(changing);
    }

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        Identity identity = call.requireIdentity();
        if (DeadlineStage.isLongRunning(call.requireTarget()) || identity.in(Identity.MASTERS)) {
            return next.handle(call);
        }
        Semaphore seats = call.requireTarget().verb().isWrite() ? changing : reading;
        if (!seats.tryAcquire()) {
            return FlowStage.tooMany(1);
        }
        try {
            return next.handle(call);
        } finally {
            seats.release();
        }
    }
}

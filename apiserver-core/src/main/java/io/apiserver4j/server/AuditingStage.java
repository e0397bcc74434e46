// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.audit.AuditDecision;
import io.apiserver4j.audit.AuditLevel;
import io.apiserver4j.audit.AuditSettings;
import io.apiserver4j.audit.AuditStage;
import io.apiserver4j.audit.AuditTrail;
import io.apiserver4j.measure.Counter;
import io.apiserver4j.measure.Measures;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.EndingStream;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Identity;
import io.apiserver4j.request.KeptStream;
import io.apiserver4j.request.Stage;
import io.apiserver4j.storage.StoreException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes events of calls: when they come, when long ones start to be answered, when they are done. */
final class AuditingStage implements Stage {
    private final AuditSettings settings;
    private final InstantSource clock;
    private final Counter.Cell events;
    private final Counter.Cell rejected;
    private final Map<AuditLevel, Counter.Cell> levels = new EnumMap<>(AuditLevel.class);

    AuditingStage(AuditSettings settings, InstantSource clock, Measures measures) {
        this.settings = settings;
        this.clock = clock;
        events = measures.counter("apiserver_audit_event_total", "Audit events that were made.")
                .of();
        rejected = measures.counter(
                        "apiserver_audit_requests_rejected_total",
                        "Calls that were refused since no event could be kept.")
                .of();
        Counter byLevel =
                measures.counter("apiserver_audit_level_total", "Calls by how much is kept of them.", "level");
        for (AuditLevel level : AuditLevel.values()) {
            levels.put(level, byLevel.of(level.word()));
        }
        settings.losses().addTo(measures);
    }

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        if (!settings.sink().isListening()) {
            return next.handle(call);
        }
        AuditDecision decision = decide(call, call.requireIdentity());
        if (decision.level() == AuditLevel.NONE) {
            return next.handle(call);
        }
        AuditTrail trail = new AuditTrail(call, decision);
        if (!keep(trail, decision, AuditStage.REQUEST_RECEIVED)) {
            rejected.increment();
            throw Status.internalError("failed to store audit event").asException();
        }
        ApiResponse response;
        try {
            response = next.handle(call);
        } catch (ApiException e) {
            trail.ended(e.status());
            keep(trail, decision, AuditStage.RESPONSE_COMPLETE);
            throw e;
        } catch (StoreException e) {
            trail.ended(Status.plain(String.valueOf(e.getMessage())));
            keep(trail, decision, AuditStage.RESPONSE_COMPLETE);
            throw e;
        } catch (RuntimeException | Error e) {
            trail.ended(new Status("Failure", 500, "InternalError", "APIServer panic'd: " + e, null, 0));
            keep(trail, decision, AuditStage.PANIC);
            throw e;
        }
        return answered(call, response, trail, decision);
    }

    private ApiResponse answered(Call call, ApiResponse response, AuditTrail trail, AuditDecision decision) {
        trail.ended(response);
        boolean longRunning =
                DeadlineStage.isLongRunning(call.requireTarget()) || response instanceof ApiResponse.Upgraded;
        if (longRunning) {
            keep(trail, decision, AuditStage.RESPONSE_STARTED);
        }
        if (!(response instanceof ApiResponse.Streaming streaming)) {
            keep(trail, decision, AuditStage.RESPONSE_COMPLETE);
            return response;
        }
        Runnable complete = () -> keep(trail, decision, AuditStage.RESPONSE_COMPLETE);
        if (!longRunning && trail.wantsBody(response)) {
            return KeptStream.of(streaming, body -> {
                trail.answered(body);
                complete.run();
            });
        }
        return EndingStream.of(response, complete);
    }

    private AuditDecision decide(Call call, @org.jspecify.annotations.Nullable Identity identity) {
        AuditDecision decision = settings.policy().decide(identity, call.requireTarget());
        Counter.Cell counted = levels.get(decision.level());
        if (counted != null) {
            counted.increment();
        }
        return decision;
    }

    private boolean keep(AuditTrail trail, AuditDecision decision, AuditStage stage) {
        if (!decision.keeps(stage)) {
            return true;
        }
        events.increment();
        return settings.sink().keep(List.of(trail.event(stage, clock.instant())));
    }

    /** A call whose caller nobody knows: one event, when the refusal is on its way. */
    void unknown(Call call) {
        if (!settings.sink().isListening()) {
            return;
        }
        AuditDecision decision = decide(call, null);
        AuditTrail trail = new AuditTrail(call, decision);
        trail.ended(new Status("", 401, "", attempted(call), null, 0));
        keep(trail, decision, AuditStage.RESPONSE_STARTED);
    }

    private static String attempted(Call call) {
        List<String> given = call.request().headers().all("Authorization");
        if (given.isEmpty()) {
            return "Authentication failed, no credentials provided";
        }
        return given.stream()
                .map(value -> Arrays.asList(value.split(" ", 2)).get(0).toLowerCase(java.util.Locale.ROOT))
                .map(word -> word.equals("basic") || word.equals("bearer") ? word : "unknown")
                .distinct()
                .collect(Collectors.joining(", ", "Authentication failed, attempted: ", ""));
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import io.apiserver4j.audit.AuditEvent;
import io.apiserver4j.audit.AuditSink;
import io.apiserver4j.audit.AuditStage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who did what in this test: keeps the events of calls that are done, from {@link #start} to {@link #stop}. Nothing is kept
 * and nothing paid before. Safe for use by several threads.
 */
public final class AuditRecorder implements AuditSink {
    private final List<AuditEvent> events = new ArrayList<>();
    private volatile boolean running;

    /** Begins anew, with nothing kept. */
    public synchronized AuditRecorder start() {
        events.clear();
        running = true;
        return this;
    }

    /** Ends; what was kept stays. */
    public synchronized void stop() {
        running = false;
    }

    @Override
    public boolean isListening() {
        return running;
    }

    @Override
    public synchronized boolean keep(List<AuditEvent> happened) {
        for (AuditEvent event : happened) {
            if (running && event.stage() != AuditStage.REQUEST_RECEIVED) {
                events.add(event);
            }
        }
        return true;
    }

    /** What happened, in the order in which it was done. */
    public synchronized List<AuditEvent> events() {
        return List.copyOf(events);
    }

    /** What one user did, also acting as somebody else. */
    public List<AuditEvent> by(String user) {
        return where(event -> event.user().user().equals(user));
    }

    /** What was done to a resource, such as {@code configmaps}. */
    public List<AuditEvent> on(String resource) {
        return where(event -> {
            AuditEvent.ObjectReference object = event.object();
            return object != null && object.resource().equals(resource);
        });
    }

    private List<AuditEvent> where(Predicate<AuditEvent> wanted) {
        return events().stream().filter(wanted).toList();
    }

    /** A line for each, such as {@code alice create configmaps default/settings 201}. */
    public String summary() {
        return events().stream().map(AuditRecorder::line).collect(Collectors.joining("\n"));
    }

    private static String line(AuditEvent event) {
        AuditEvent.ObjectReference object = event.object();
        String what = object == null
                ? event.requestUri()
                : object.resource() + (object.subresource().isEmpty() ? "" : "/" + object.subresource()) + " "
                        + (object.namespace().isEmpty() ? "" : object.namespace() + "/") + object.name();
        var response = event.response();
        return event.user().user() + " " + event.verb() + " " + what + (response == null ? "" : " " + response.code());
    }
}

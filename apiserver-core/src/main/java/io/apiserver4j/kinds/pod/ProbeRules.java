// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.IntOrString;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of probes, of hooks, and of the handlers in both. */
final class ProbeRules {
    private static final List<String> SCHEMES = List.of("HTTP", "HTTPS");
    private static final List<String> PROBE_HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> HOOK_HANDLERS = List.of("exec", "httpGet", "tcpSocket", "sleep");

    private ProbeRules() {}

    /** The hooks and probes of a container that may have them. */
    static void of(Part container, PodScope scope) {
        if (container.has("lifecycle")) {
            lifecycle(container.part("lifecycle"), scope);
        }
        if (container.has("livenessProbe")) {
            Part probe = container.part("livenessProbe");
            probe(probe);
            oneSuccess(probe);
        }
        if (container.has("readinessProbe")) {
            Part probe = container.part("readinessProbe");
            probe(probe);
            if (probe.has("terminationGracePeriodSeconds")) {
                probe.invalid("terminationGracePeriodSeconds", "must not be set for readinessProbes");
            }
        }
        if (container.has("startupProbe")) {
            Part probe = container.part("startupProbe");
            probe(probe);
            oneSuccess(probe);
        }
    }

    private static void oneSuccess(Part probe) {
        long threshold = probe.tree().longOr("successThreshold", 0);
        if (threshold != 1) {
            probe.errors().invalid(probe.at("successThreshold"), threshold, "must be 1");
        }
    }

    private static void probe(Part probe) {
        handler(probe, PROBE_HANDLERS, null);
        probe.notNegative(
                "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold");
        Long grace = probe.number("terminationGracePeriodSeconds");
        if (grace != null && grace <= 0) {
            probe.invalid("terminationGracePeriodSeconds", "must be greater than 0");
        }
    }

    private static void lifecycle(Part lifecycle, PodScope scope) {
        for (String hook : List.of("postStart", "preStop")) {
            if (lifecycle.has(hook)) {
                handler(lifecycle.part(hook), HOOK_HANDLERS, scope.gracePeriod());
            }
        }
    }

    private static void handler(Part holder, List<String> kinds, @Nullable Long gracePeriod) {
        boolean found = false;
        for (String kind : kinds) {
            if (!holder.has(kind)) {
                continue;
            }
            if (found) {
                holder.forbid(kind, "may not specify more than 1 handler type");
                continue;
            }
            found = true;
            Part handler = holder.part(kind);
            switch (kind) {
                case "exec" -> {
                    if (handler.tree().arrayOrEmpty("command").isEmpty()) {
                        handler.errors().required(handler.at("command"), "");
                    }
                }
                case "httpGet" -> httpGet(handler);
                case "tcpSocket", "grpc" -> port(handler);
                default -> sleep(handler, gracePeriod);
            }
        }
        if (!found) {
            holder.errors().required(holder.path(), "must specify a handler type");
        }
    }

    private static void httpGet(Part action) {
        action.require("path");
        port(action);
        if (!SCHEMES.contains(action.text("scheme"))) {
            action.notSupported("scheme", SCHEMES);
        }
        for (Part header : action.parts("httpHeaders")) {
            String name = header.text("name");
            action.errors().invalidAll(action.at("httpHeaders"), name, NameRules.httpHeaderName(name));
        }
    }

    private static void port(Part action) {
        Value port = action.tree().get("port");
        if (port == null || IntOrString.isInt(port)) {
            long number = port == null ? 0 : IntOrString.intValue(port);
            for (String problem : NameRules.portNumber(number)) {
                action.errors().invalid(action.at("port"), number, problem);
            }
        } else {
            String name = FieldErrors.shown(port);
            for (String problem : NameRules.portName(action.text("port"))) {
                action.errors().invalidShown(action.at("port"), name, problem);
            }
        }
    }

    private static void sleep(Part action, @Nullable Long gracePeriod) {
        long seconds = action.tree().longOr("seconds", 0);
        if (gracePeriod != null && (seconds < 0 || seconds > gracePeriod)) {
            action.errors()
                    .invalid(
                            action.path(),
                            seconds,
                            "must be non-negative and less than terminationGracePeriodSeconds (" + gracePeriod + ")");
        }
    }
}

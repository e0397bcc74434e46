// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.PlainText;
import io.apiserver4j.request.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one probe: all checks at its path, one of them below it. Texts are those of the real server; why a check
 * fails is said only to those who ask for it alone.
 */
public final class HealthEndpoint implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(HealthEndpoint.class);
    private static final Headers TEXT =
            Headers.of("Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff");

    private final HealthChecks checks;
    private final Probe probe;

    /** Answers a probe from these checks. */
    public HealthEndpoint(HealthChecks checks, Probe probe) {
        this.checks = checks;
        this.probe = probe;
    }

    @Override
    public ApiResponse handle(Call call) {
        String path = call.requireTarget().path();
        String root = "/" + probe.word();
        if (path.equals(root)) {
            return all(call.request().query());
        }
        String name = path.substring(root.length() + 1);
        if (!checks.names(probe).contains(name)) {
            return PlainText.notFound();
        }
        String problem = checks.check(name).problem();
        return problem == null ? PlainText.of(200, "ok") : PlainText.error(500, "internal server error: " + problem);
    }

    private ApiResponse all(Query query) {
        Set<String> excluded = new LinkedHashSet<>(query.all("exclude"));
        StringBuilder out = new StringBuilder();
        List<String> failed = new ArrayList<>(0);
        for (String name : checks.names(probe)) {
            if (excluded.remove(name)) {
                out.append("[+]").append(name).append(" excluded: ok\n");
                continue;
            }
            String problem = checks.check(name).problem();
            if (problem == null) {
                out.append("[+]").append(name).append(" ok\n");
            } else {
                out.append("[-]").append(name).append(" failed: reason withheld\n");
                failed.add(name + ": " + problem);
            }
        }
        if (!excluded.isEmpty()) {
            out.append("warn: some health checks cannot be excluded: no matches for \"")
                    .append(String.join("\", \"", excluded))
                    .append("\"\n");
        }
        if (!failed.isEmpty()) {
            LOG.info("{} check failed: {}", probe.word(), failed);
            return PlainText.error(500, out + probe.word() + " check failed");
        }
        String text = query.has("verbose") ? out + probe.word() + " check passed\n" : "ok";
        return ApiResponse.Complete.of(200, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }
}

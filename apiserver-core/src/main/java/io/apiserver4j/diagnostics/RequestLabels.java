// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Target;
import io.apiserver4j.request.Verb;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a call stands in the labels of its measures; few values each, whatever clients send. */
record RequestLabels(
        String verb, String group, String version, String resource, String subresource, String scope, String dryRun) {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> CONNECTING = Set.of("exec", "attach", "portforward", "proxy");

    static RequestLabels of(Call call) {
        ApiRequest request = call.request();
        String method = METHODS.contains(request.method()) ? request.method() : "other";
        if (!(call.requireTarget() instanceof Target.OfResource target)) {
            return new RequestLabels(method, "", "", "", "", "", "");
        }
        return new RequestLabels(
                verb(request, target, method),
                target.group(),
                target.version(),
                target.resource(),
                target.subresource(),
                target.name().isEmpty() ? target.namespace().isEmpty() ? "cluster" : "namespace" : "resource",
                request.query().has("dryRun") ? "All" : "");
    }

    private static String verb(ApiRequest request, Target.OfResource target, String method) {
        if (CONNECTING.contains(target.subresource())) {
            return "CONNECT";
        }
        return switch (target.verb()) {
            case LIST -> "LIST";
            case WATCH -> "WATCH";
            case DELETECOLLECTION -> "DELETECOLLECTION";
            case PATCH ->
                request.headers().firstOrEmpty("Content-Type").startsWith("application/apply-patch")
                        ? "APPLY"
                        : "PATCH";
            default -> target.verb() == Verb.PROXY ? "CONNECT" : method;
        };
    }

    // equals and hashCode by hand: those of a record are linked at run time, which costs a start some milliseconds
    // each.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestLabels that
                && resource.equals(that.resource)
                && verb.equals(that.verb)
                && group.equals(that.group)
                && version.equals(that.version)
                && subresource.equals(that.subresource)
                && scope.equals(that.scope)
                && dryRun.equals(that.dryRun);
    }

    @Override
    public int hashCode() {
        return 31
                        * (31
                                        * (31
                                                        * (31
                                                                        * (31
                                                                                        * (31 * resource.hashCode()
                                                                                                + verb.hashCode())
                                                                                + group.hashCode())
                                                                + version.hashCode())
                                                + subresource.hashCode())
                                + scope.hashCode())
                + dryRun.hashCode();
    }
}

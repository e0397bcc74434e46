// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.aggregation.Aggregator;
import io.apiserver4j.diagnostics.HealthChecks;
import io.apiserver4j.diagnostics.HealthEndpoint;
import io.apiserver4j.diagnostics.MetricsEndpoint;
import io.apiserver4j.diagnostics.Probe;
import io.apiserver4j.diagnostics.RootIndex;
import io.apiserver4j.diagnostics.VersionEndpoint;
import io.apiserver4j.diagnostics.VersionInfo;
import io.apiserver4j.discovery.DiscoveryEndpoint;
import io.apiserver4j.measure.Measures;
import io.apiserver4j.openapi.CustomSchemaSource;
import io.apiserver4j.openapi.OpenApiEndpoint;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.PlainText;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.CustomForm;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.VersionDefinition;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is served at paths that name no resource. */
final class FixedPaths {
    private FixedPaths() {}

    static Surface surface(
            LiveCatalog catalog,
            ApiServerSettings settings,
            Tokens tokens,
            HealthChecks health,
            Measures measures,
            InstantSource clock,
            Aggregator others,
            ServerPages pages,
            Map<String, Endpoint> unlisted) {
        Surface.Builder out = new Surface.Builder();
        DiscoveryEndpoint discovery = new DiscoveryEndpoint(
                catalog,
                () -> settings.advertiseAddress() + ":" + settings.securePort(),
                others,
                call -> PlainText.notFound());
        out.path("/api", discovery).path("/apis", discovery);
        out.below("/apis//", call -> PlainText.notFound());
        out.below("/api/", discovery).below("/apis/", discovery);
        for (Probe probe : Probe.values()) {
            HealthEndpoint endpoint = new HealthEndpoint(health, probe);
            out.path("/" + probe.word(), endpoint).below("/" + probe.word() + "/", endpoint);
        }
        CustomSchemaSource customSchemas = (definition, name) -> {
            VersionDefinition version = definition.version(name);
            CustomForm form = version == null ? null : version.form();
            return form == null || form.document().isEmpty() ? null : form.document();
        };
        OpenApiEndpoint openapi =
                new OpenApiEndpoint(catalog, customSchemas, VersionInfo.CURRENT.release(), clock, others);
        out.path("/openapi/v2", openapi).path("/openapi/v3", openapi).below("/openapi/v3/", openapi);
        out.route("/version", new VersionEndpoint(VersionInfo.CURRENT));
        out.path("/metrics", new MetricsEndpoint(measures));
        tokens.addTo(out, settings.advertiseAddress() + ":" + settings.securePort());
        pages.addTo(out, clock);
        Set<String> fixed = out.build().paths();
        pages.addUnlistedTo(out);
        unlisted.forEach(out::path);
        RootIndex index = new RootIndex(() -> paths(fixed, catalog.current(), health));
        return out.path("/", index).path("/index.html", index).build();
    }

    private static Collection<String> paths(Set<String> fixed, Catalog catalog, HealthChecks health) {
        Set<String> out = new TreeSet<>(fixed);
        out.removeIf(path -> path.endsWith("/"));
        for (String group : catalog.groups()) {
            String root = group.isEmpty() ? "/api" : "/apis/" + group;
            out.add(root);
            catalog.versions(group).forEach(version -> out.add(root + "/" + version));
        }
        for (Probe probe : Probe.values()) {
            health.names(probe).forEach(name -> out.add("/" + probe.word() + "/" + name));
        }
        return out;
    }
}

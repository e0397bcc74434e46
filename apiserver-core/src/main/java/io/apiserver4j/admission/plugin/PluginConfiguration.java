// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.plugin.podsecurity.PodSecurity;
import io.apiserver4j.admission.plugin.podsecurity.PodSecuritySettings;
import io.apiserver4j.admission.plugin.quota.LimitedResource;
import io.apiserver4j.admission.plugin.quota.ResourceQuota;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the configuration documents of plugins, as the file of --admission-control-config-file has them. */
public final class PluginConfiguration {
    private static final String CLUSTER_DEFAULT = "clusterDefaultNodeSelector";
    private static final List<String> EVENT_LIMITS = List.of("Server", "Namespace", "User", "SourceAndObject");

    private final Map<String, ObjectValue> documents;

    private PluginConfiguration(Map<String, ObjectValue> documents) {
        this.documents = documents;
    }

    /**
     * What these documents say. Those of other plugins are not looked at.
     *
     * @param documents by name of plugin
     * @param running tells which plugins are on: one that cannot be without a document must have one
     * @throws IllegalArgumentException where one cannot be followed, with the message that the real server ends with
     */
    public static PluginSettings read(Map<String, ObjectValue> documents, Set<String> running) {
        PluginConfiguration all = new PluginConfiguration(documents);
        return new PluginSettings(
                PluginSettings.STANDARD.notReadySeconds(),
                PluginSettings.STANDARD.unreachableSeconds(),
                all.podSecurity(),
                all.limitedResources(),
                all.nodeSelectors(),
                all.tolerations(),
                all.eventLimits(running.contains(EventRateLimit.NAME)));
    }

    private static IllegalArgumentException failed(String plugin, String why) {
        return new IllegalArgumentException("couldn't init admission plugin " + GoText.quote(plugin) + ": " + why);
    }

    private static void check(String plugin, FieldErrors errors) {
        if (!errors.isEmpty()) {
            throw failed(plugin, errors.aggregate());
        }
    }

    /** A document of one of these kinds. */
    private ObjectValue document(String plugin, Set<String> apiVersions, Set<String> kinds) {
        ObjectValue document = documents.getOrDefault(plugin, ObjectValue.EMPTY);
        if (document.isEmpty()) {
            return document;
        }
        String apiVersion = document.stringOrEmpty("apiVersion");
        String kind = document.stringOrEmpty("kind");
        if (kind.isEmpty() || apiVersion.isEmpty()) {
            throw failed(
                    plugin,
                    "Object '" + (kind.isEmpty() ? "Kind" : "apiVersion") + "' is missing in '" + document + "'");
        }
        if (!apiVersions.contains(apiVersion) || !kinds.contains(kind)) {
            throw failed(
                    plugin,
                    "no kind " + GoText.quote(kind) + " is registered for version " + GoText.quote(apiVersion)
                            + " in scheme");
        }
        return document;
    }

    private PodSecuritySettings podSecurity() {
        String group = "pod-security.admission.config.k8s.io/";
        ObjectValue document = document(
                PodSecurity.NAME,
                Set.of(group + "v1", group + "v1beta1", group + "v1alpha1"),
                Set.of("PodSecurityConfiguration"));
        FieldErrors errors = new FieldErrors();
        PodSecuritySettings settings = PodSecuritySettings.of(document, errors);
        check(PodSecurity.NAME, errors);
        return settings;
    }

    private List<LimitedResource> limitedResources() {
        String group = "resourcequota.admission.k8s.io/";
        ObjectValue document = document(
                ResourceQuota.NAME,
                Set.of("apiserver.config.k8s.io/v1", group + "v1", group + "v1beta1", group + "v1alpha1"),
                Set.of("ResourceQuotaConfiguration", "Configuration"));
        List<LimitedResource> out = new ArrayList<>();
        FieldErrors errors = new FieldErrors();
        List<ObjectValue> limited = document.arrayOrEmpty("limitedResources").objects();
        for (int i = 0; i < limited.size(); i++) {
            ObjectValue one = limited.get(i);
            String resource = one.stringOrEmpty("resource");
            String inGroup = one.stringOrEmpty("apiGroup");
            if (resource.isEmpty()) {
                errors.required(ValuePath.of("limitedResources").index(i).field("resource"), "");
            }
            out.add(new LimitedResource(
                    inGroup.isEmpty() ? resource : resource + "." + inGroup,
                    one.arrayOrEmpty("matchContains").strings(),
                    one.arrayOrEmpty("matchScopes").objects().stream()
                            .map(scope -> new LimitedResource.Scoped(
                                    scope.stringOrEmpty("scopeName"),
                                    scope.stringOrEmpty("operator"),
                                    scope.arrayOrEmpty("values").strings()))
                            .toList()));
        }
        check(ResourceQuota.NAME, errors);
        return out;
    }

    /** A document without a kind: the selectors by namespace, and one for all that have none. */
    private NodeSelectors nodeSelectors() {
        ObjectValue selectors = documents
                .getOrDefault(PodNodeSelector.NAME, ObjectValue.EMPTY)
                .objectOrEmpty("podNodeSelectorPluginConfig");
        Map<String, String> allowed = new HashMap<>();
        for (ObjectValue.Member one : selectors) {
            String selector = one.value().asString();
            if (selector != null && !one.key().equals(CLUSTER_DEFAULT)) {
                allowed.put(one.key(), selector);
            }
        }
        return new NodeSelectors(selectors.stringOrEmpty(CLUSTER_DEFAULT), allowed);
    }

    private TolerationRules tolerations() {
        ObjectValue document = document(
                PodTolerationRestriction.NAME,
                Set.of("podtolerationrestriction.admission.k8s.io/v1alpha1"),
                Set.of("Configuration"));
        ArrayValue byDefault = document.arrayOrEmpty("default");
        ArrayValue whitelist = document.arrayOrEmpty("whitelist");
        return new TolerationRules(byDefault, whitelist);
    }

    private List<EventLimit> eventLimits(boolean wanted) {
        ObjectValue document = document(
                EventRateLimit.NAME, Set.of("eventratelimit.admission.k8s.io/v1alpha1"), Set.of("Configuration"));
        List<ObjectValue> limits = document.arrayOrEmpty("limits").objects();
        FieldErrors errors = new FieldErrors();
        if (limits.isEmpty() && (wanted || !document.isEmpty())) {
            errors.invalid(ValuePath.of("limits"), Value.nul(), "must not be empty");
        }
        List<EventLimit> out = new ArrayList<>();
        for (int i = 0; i < limits.size(); i++) {
            out.add(eventLimit(limits.get(i), ValuePath.of("limits").index(i), errors));
        }
        check(EventRateLimit.NAME, errors);
        return out;
    }

    private static EventLimit eventLimit(ObjectValue limit, ValuePath path, FieldErrors errors) {
        String type = limit.stringOrEmpty("type");
        long burst = limit.longOr("burst", 0);
        long qps = limit.longOr("qps", 0);
        long size = limit.longOr("cacheSize", 0);
        if (!EVENT_LIMITS.contains(type)) {
            errors.notSupported(path.field("type"), type, EVENT_LIMITS);
        }
        if (burst <= 0) {
            errors.invalid(path.field("burst"), burst, "must be positive");
        }
        if (qps <= 0) {
            errors.invalid(path.field("qps"), qps, "must be positive");
        }
        if (size < 0) {
            errors.invalid(path.field("cacheSize"), size, "must not be negative");
        }
        return new EventLimit(type, (int) qps, (int) burst, size == 0 ? EventLimit.CACHE_SIZE : (int) size);
    }
}

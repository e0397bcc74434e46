// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.admission.ChangedObjects;
import io.apiserver4j.admission.match.LiveConfigurations;
import io.apiserver4j.admission.match.RequestMatcher;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.outbound.Outbound;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.store.Stores;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Makes the two plugins that call webhooks. */
public final class WebhookPlugins {
    private static final String GROUP = ".admissionregistration.k8s.io";

    private WebhookPlugins() {}

    /**
     * Both by name, for {@link io.apiserver4j.admission.PluginOrder#chain}.
     *
     * @param authorizer whom match conditions may ask
     * @param objects reads objects that webhooks changed
     */
    public static Map<String, Object> all(
            Stores stores,
            LiveCatalog catalog,
            RequestMatcher matcher,
            Authorizer authorizer,
            ChangedObjects objects,
            Outbound outbound,
            InstantSource clock) {
        WebhookCalls calls = new WebhookCalls(matcher, authorizer, outbound, clock);
        LiveConfigurations<List<Webhook>> mutating =
                new LiveConfigurations<>(stores, catalog, "mutatingwebhookconfigurations" + GROUP, Webhook::all);
        LiveConfigurations<List<Webhook>> validating =
                new LiveConfigurations<>(stores, catalog, "validatingwebhookconfigurations" + GROUP, Webhook::all);
        return Map.of(
                MutatingWebhooks.NAME,
                new MutatingWebhooks(mutating, calls, objects),
                ValidatingWebhooks.NAME,
                new ValidatingWebhooks(validating, calls));
    }
}

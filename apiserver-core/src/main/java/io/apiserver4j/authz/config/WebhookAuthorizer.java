// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.config;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.Decision;
import io.apiserver4j.authz.RuleReview;
import io.apiserver4j.outbound.CallException;
import io.apiserver4j.outbound.RemoteService;
import io.apiserver4j.outbound.RemoteSettings;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a webhook by SubjectAccessReviews, and remembers its answers (kube-apiserver's mode Webhook). */
public final class WebhookAuthorizer implements Authorizer {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookAuthorizer.class);
    private static final int KEPT = 8192;

    /** Who asks with longer texts than this is not to fill the memory. */
    private static final int LONGEST_KEPT = 10_000;

    private final WebhookSettings settings;
    private final RemoteService service;
    private final @Nullable RequestConditions conditions;
    private final @Nullable Cache<ObjectValue, ObjectValue> authorized;
    private final @Nullable Cache<ObjectValue, ObjectValue> unauthorized;

    /**
     * An authorizer.
     *
     * @param where the webhook, as its kubeconfig says; its patience is that of the settings
     * @throws IllegalArgumentException where a condition does not compile, or the address is no URL
     */
    public WebhookAuthorizer(WebhookSettings settings, RemoteSettings where) {
        this(settings, where, Ticker.systemTicker());
    }

    WebhookAuthorizer(WebhookSettings settings, RemoteSettings where, Ticker ticker) {
        this.settings = settings;
        service = new RemoteService(where.within(settings.timeout(), where.pause()));
        List<String> expressions = settings.conditions();
        conditions = expressions.isEmpty() ? null : RequestConditions.of(expressions);
        authorized = cache(settings.authorizedTtl(), ticker);
        unauthorized = cache(settings.unauthorizedTtl(), ticker);
    }

    private static @Nullable Cache<ObjectValue, ObjectValue> cache(Duration ttl, Ticker ticker) {
        return ttl.isZero() || ttl.isNegative()
                ? null
                : CacheBuilder.newBuilder()
                        .maximumSize(KEPT)
                        .expireAfterWrite(ttl)
                        .ticker(ticker)
                        .build();
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public RuleReview rules(Identity identity, String namespace) {
        return new RuleReview(List.of(), true, "webhook authorizer does not support user rule resolution");
    }

    @Override
    public Decision authorize(AccessAttributes attributes) {
        if (conditions != null) {
            RequestConditions.Outcome outcome = conditions.evaluate(attributes);
            if (!outcome.error().isEmpty()) {
                return undecided(outcome.error());
            }
            if (!outcome.matches()) {
                return Decision.noOpinion("");
            }
        }
        ObjectValue spec = AccessReviewDocument.spec(attributes, settings.version());
        ObjectValue status = known(spec);
        if (status == null) {
            try {
                status = service.post(AccessReviewDocument.of(spec, settings.version()))
                        .objectOrEmpty("status");
            } catch (CallException e) {
                LOG.error("Failed to make webhook authorizer request: {}", e.getMessage());
                return undecided(e.getMessage());
            }
            Cache<ObjectValue, ObjectValue> kept = status.isTrue("allowed") ? authorized : unauthorized;
            if (kept != null && size(attributes) < LONGEST_KEPT) {
                kept.put(spec, status);
            }
        }
        return decision(status);
    }

    private @Nullable ObjectValue known(ObjectValue spec) {
        ObjectValue status = authorized == null ? null : authorized.getIfPresent(spec);
        return status == null && unauthorized != null ? unauthorized.getIfPresent(spec) : status;
    }

    private static Decision decision(ObjectValue status) {
        String reason = status.stringOrEmpty("reason");
        boolean allowed = status.isTrue("allowed");
        if (status.isTrue("denied")) {
            Decision denied = Decision.deny(reason);
            return allowed
                    ? denied.withError("webhook subject access review returned both allow and deny response")
                    : denied;
        }
        return allowed ? Decision.allow(reason) : Decision.noOpinion(reason);
    }

    private Decision undecided(String error) {
        return (settings.denies() ? Decision.deny("") : Decision.noOpinion("")).withError(error);
    }

    private static int size(AccessAttributes asked) {
        return asked.namespace().length()
                + asked.verb().length()
                + asked.group().length()
                + asked.version().length()
                + asked.resource().length()
                + asked.subresource().length()
                + asked.name().length()
                + asked.path().length();
    }
}

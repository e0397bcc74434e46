// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.Passage;
import io.apiserver4j.admission.expression.CachedAuthorizer;
import io.apiserver4j.admission.expression.Composition;
import io.apiserver4j.admission.expression.MatchConditions;
import io.apiserver4j.admission.expression.RequestVariables;
import io.apiserver4j.admission.match.Matched;
import io.apiserver4j.admission.match.RequestMatcher;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Status;
import io.apiserver4j.outbound.CallException;
import io.apiserver4j.outbound.CallLimits;
import io.apiserver4j.outbound.Outbound;
import io.apiserver4j.value.ObjectValue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether a webhook is asked about a request, and the asking. */
final class WebhookCalls {
    private static final int MAX_ANSWER = 16 << 20;

    private final RequestMatcher matcher;
    private final Authorizer authorizer;
    private final Outbound outbound;
    private final InstantSource clock;

    WebhookCalls(RequestMatcher matcher, Authorizer authorizer, Outbound outbound, InstantSource clock) {
        this.matcher = matcher;
        this.authorizer = authorizer;
        this.outbound = outbound;
        this.clock = clock;
    }

    /** What makes the calls. */
    Outbound outbound() {
        return outbound;
    }

    /**
     * A question for a webhook.
     *
     * @param matched as what the webhook sees the request
     * @param seen the request in that version
     */
    record Question(Webhook webhook, Matched matched, AdmissionRequest seen) {}

    /** The question for a webhook, or null where it does not want to be asked. */
    @Nullable
    Question question(Webhook webhook, AdmissionRequest request) {
        Matched matched = matcher.match(webhook.criteria(), request);
        if (matched == null) {
            return null;
        }
        AdmissionRequest seen = view(matched, request);
        MatchConditions conditions = webhook.conditions();
        if (conditions != null) {
            RequestVariables variables = new RequestVariables(request, seen, request.resource())
                    .withAuthorizer(new CachedAuthorizer(authorizer, request.identity()));
            MatchConditions.Outcome outcome = conditions.evaluate(variables, Composition.NONE, webhook.failOpen());
            String failure = outcome.error();
            if (failure != null) {
                throw Status.forbidden(
                                request.definition().group(),
                                request.definition().plural(),
                                request.name(),
                                failure)
                        .asException();
            }
            if (!outcome.matches()) {
                return null;
            }
        }
        return new Question(webhook, matched, seen);
    }

    private static AdmissionRequest view(Matched matched, AdmissionRequest request) {
        try {
            return matched.view(request);
        } catch (ApiException e) {
            throw Status.internalError(e.status().message()).asException();
        }
    }

    /**
     * Asks. Notes warnings and annotations of the answer.
     *
     * @throws CallFailedException where there is no usable answer
     * @throws ApiException where the webhook refuses, or can't be asked about dry runs
     */
    ReviewAnswer ask(Question question, AdmissionRequest request, boolean mutating) {
        Webhook webhook = question.webhook();
        if (request.dryRun() && !webhook.dryRuns()) {
            throw Refusals.noDryRun(webhook);
        }
        String version = version(webhook);
        String uid = UUID.randomUUID().toString();
        ObjectValue document = ReviewDocument.of(version, uid, request, question.seen());
        ReviewAnswer answer;
        try {
            Passage passage = request.passage();
            CallLimits limits = new CallLimits(patience(webhook, passage), true, passage.cancellation(), MAX_ANSWER);
            answer = ReviewAnswer.of(outbound.post(webhook.target(), document, limits), version, uid, mutating);
        } catch (CallException e) {
            throw new CallFailedException(
                    webhook,
                    (e.isConfiguration() ? "could not get REST client: " : "failed to call webhook: ")
                            + e.getMessage());
        } catch (ReviewAnswer.BrokenException e) {
            throw new CallFailedException(webhook, "received invalid webhook response: " + e.getMessage());
        }
        answer.annotations().forEach((key, value) -> request.notes().annotate(webhook.name() + "/" + key, value));
        answer.warnings().forEach(request.notes()::warn);
        if (!answer.allowed()) {
            throw Refusals.denied(webhook, answer.result());
        }
        return answer;
    }

    private static String version(Webhook webhook) {
        for (String version : webhook.reviewVersions()) {
            if (version.equals("v1") || version.equals("v1beta1")) {
                return version;
            }
        }
        throw new CallFailedException(
                webhook,
                "could not create admission objects: webhook does not accept known AdmissionReview versions (v1,"
                        + " v1beta1)");
    }

    private Duration patience(Webhook webhook, Passage passage) {
        Instant deadline = passage.deadline();
        if (deadline == null) {
            return webhook.patience();
        }
        Duration left = Duration.between(clock.instant(), deadline);
        Duration patience = left.compareTo(webhook.patience()) < 0 ? left : webhook.patience();
        return patience.isNegative() ? Duration.ZERO : patience;
    }

    /** True where nobody waits for the request's end any more. */
    boolean isOver(AdmissionRequest request) {
        Instant deadline = request.passage().deadline();
        return request.passage().cancellation().isCancelled()
                || deadline != null && !clock.instant().isBefore(deadline);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.admission.match.LiveConfigurations;
import io.apiserver4j.admission.match.RequestMatcher;
import io.apiserver4j.meta.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Webhooks that may refuse a write; those that want to be asked are asked side by side. */
final class ValidatingWebhooks implements ValidatingPlugin {
    static final String NAME = "ValidatingAdmissionWebhook";

    private final LiveConfigurations<List<Webhook>> configurations;
    private final WebhookCalls calls;

    ValidatingWebhooks(LiveConfigurations<List<Webhook>> configurations, WebhookCalls calls) {
        this.configurations = configurations;
        this.calls = calls;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void validate(AdmissionRequest request) {
        List<List<Webhook>> all = configurations.current();
        if (all.isEmpty() || RequestMatcher.isExempt(request)) {
            return;
        }
        List<WebhookCalls.Question> questions = new ArrayList<>();
        for (List<Webhook> configuration : all) {
            for (Webhook webhook : configuration) {
                WebhookCalls.Question question = calls.question(webhook, request);
                if (question != null) {
                    questions.add(question);
                }
            }
        }
        if (questions.isEmpty()) {
            return;
        }
        if (calls.isOver(request)) {
            throw Refusals.late();
        }
        askAll(questions, request);
    }

    private void askAll(List<WebhookCalls.Question> questions, AdmissionRequest request) {
        List<CompletableFuture<Void>> others = new ArrayList<>();
        if (questions.size() > 1) {
            Executor executor = calls.outbound().executor();
            for (int i = 1; i < questions.size(); i++) {
                int index = i;
                others.add(CompletableFuture.runAsync(() -> ask(questions.get(index), index, request), executor));
            }
        }
        RuntimeException first = null;
        try {
            ask(questions.get(0), 0, request);
        } catch (ApiException e) {
            first = e;
        }
        for (CompletableFuture<Void> other : others) {
            try {
                other.join();
            } catch (CompletionException e) {
                if (first == null) {
                    first = e.getCause() instanceof RuntimeException cause ? cause : e;
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void ask(WebhookCalls.Question question, int index, AdmissionRequest request) {
        try {
            calls.ask(question, request, false);
        } catch (CallFailedException e) {
            if (!question.webhook().failOpen()) {
                throw e.asEnd();
            }
            request.notes()
                    .annotate(
                            "failed-open.validating.webhook.admission.k8s.io/round_0_index_" + index,
                            question.webhook().name());
        }
    }
}

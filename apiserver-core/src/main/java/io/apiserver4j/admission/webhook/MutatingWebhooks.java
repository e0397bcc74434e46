// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.ChangedObjects;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.admission.match.LiveConfigurations;
import io.apiserver4j.admission.match.RequestMatcher;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import io.apiserver4j.patch.JsonPatch;
import io.apiserver4j.patch.PatchBody;
import io.apiserver4j.schema.TypeMismatchException;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks that may change what is to be kept, called one after the other in the order of their configurations' names. Where
 * one changed the object, those before it that ask for it are called once more in the second round.
 */
final class MutatingWebhooks implements MutatingPlugin {
    static final String NAME = "MutatingAdmissionWebhook";

    private final LiveConfigurations<List<Webhook>> configurations;
    private final WebhookCalls calls;
    private final ChangedObjects objects;

    MutatingWebhooks(LiveConfigurations<List<Webhook>> configurations, WebhookCalls calls, ChangedObjects objects) {
        this.configurations = configurations;
        this.calls = calls;
        this.objects = objects;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        return Objects.requireNonNull(mutateUnkept(request));
    }

    @Override
    public @Nullable ObjectValue mutateUnkept(AdmissionRequest request) {
        List<List<Webhook>> all = configurations.current();
        if (all.isEmpty() || RequestMatcher.isExempt(request)) {
            return request.object();
        }
        InvokedWebhooks invoked = request.passage().memory(this, InvokedWebhooks::new);
        boolean again = request.passage().isSecondRound();
        if (again && !Objects.equals(invoked.lastOutput(), request.object())) {
            invoked.requireAgain(); // plugins before this one changed something in their second round
        }
        AdmissionRequest current = request;
        int index = 0;
        try {
            for (List<Webhook> configuration : all) {
                for (Webhook webhook : configuration) {
                    current = call(webhook, index++, current, invoked);
                }
            }
        } finally {
            invoked.keepOutput(current.object());
        }
        return current.object();
    }

    private AdmissionRequest call(Webhook webhook, int index, AdmissionRequest request, InvokedWebhooks invoked) {
        boolean again = request.passage().isSecondRound();
        WebhookCalls.Question question = calls.question(webhook, request);
        if (question == null || again && !invoked.isRequired(webhook)) {
            return request;
        }
        Annotations annotations = new Annotations(request.notes(), webhook, again ? 1 : 0, index);
        AdmissionRequest out = request;
        ObjectValue changed = null;
        CallFailedException failure = null;
        try {
            changed = changed(question, request, annotations);
        } catch (CallFailedException e) {
            failure = e;
        } finally {
            annotations.mutated(
                    changed != null && !changed.equals(question.seen().object()));
        }
        if (changed != null && !changed.equals(question.seen().object())) {
            invoked.requireAgain();
            request.passage().askAgain();
        }
        if (changed != null) {
            out = request.withObject(question.matched().back(request, changed));
        }
        if (webhook.reinvoke()) {
            invoked.add(webhook);
        }
        if (failure != null) {
            if (!webhook.failOpen()) {
                throw failure.asEnd();
            }
            annotations.failedOpen();
            if (calls.isOver(request)) {
                throw Refusals.late();
            }
        }
        return out;
    }

    /** The object as the webhook wants it, with defaults; null where it leaves it alone. */
    private @Nullable ObjectValue changed(
            WebhookCalls.Question question, AdmissionRequest request, Annotations annotations) {
        Webhook webhook = question.webhook();
        ReviewAnswer answer = calls.ask(question, request, true);
        if (answer.patch().length == 0) {
            return null;
        }
        JsonPatch patch;
        Value document;
        try {
            document = JsonReader.read(answer.patch());
            patch = JsonPatch.of(new PatchBody(document, List.of()), false);
        } catch (JsonSyntaxException e) {
            throw new CallFailedException(webhook, "received undecodable patch in webhook response: " + e.getMessage());
        } catch (ApiException e) {
            throw new CallFailedException(
                    webhook,
                    "received undecodable patch in webhook response: "
                            + e.status().message());
        }
        if (document.isNull()
                || document.asArray() != null
                        && Objects.requireNonNull(document.asArray()).isEmpty()) {
            return null;
        }
        ObjectValue object = question.seen().object();
        if (object == null) {
            throw Status.internalError("admission webhook " + GoText.quote(webhook.name())
                            + " attempted to modify the object, which is not supported for this operation")
                    .asException();
        }
        if (!answer.patchType().equals("JSONPatch")) {
            throw new CallFailedException(webhook, "unsupported patch type " + GoText.quote(answer.patchType()));
        }
        ObjectValue read = patched(patch, object, question.seen());
        annotations.patch(document);
        return read;
    }

    private ObjectValue patched(JsonPatch patch, ObjectValue object, AdmissionRequest seen) {
        try {
            return objects.read(seen, patch.applyTold(object));
        } catch (TypeMismatchException e) {
            throw Status.internalError(e.text()).asException();
        } catch (JsonPatch.DoesNotApplyException e) {
            throw Status.internalError(String.valueOf(e.getMessage())).asException();
        }
    }
}

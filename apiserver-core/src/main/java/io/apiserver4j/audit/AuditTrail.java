// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Target;
import io.apiserver4j.request.Verb;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Collects what is to be told of one call, and makes events of it. */
public final class AuditTrail {
    private static final int LONGEST_AGENT = 1024;
    private static final byte[] STATUS = "{\"kind\":\"Status\"".getBytes(StandardCharsets.US_ASCII);
    private static final Identity NOBODY = new Identity("", "", List.of(), java.util.Map.of());

    private final Call call;
    private final AuditDecision decision;
    private @Nullable Status response;
    private @Nullable ObjectValue answered;

    /** A trail of a call that was decided about. */
    public AuditTrail(Call call, AuditDecision decision) {
        this.call = call;
        this.decision = decision;
    }

    /** How the call ended, without what was answered. */
    public void ended(Status status) {
        response = status;
        if (decision.level() == AuditLevel.REQUEST_RESPONSE) {
            answered = status.toObject();
        }
    }

    /** How the call ended, as far as its head and a complete body tell. */
    public void ended(ApiResponse answer) {
        Status status = new Status("", answer.code(), "", "", null, 0);
        if (answer instanceof ApiResponse.Complete complete) {
            if (isStatus(complete)) {
                ObjectValue read = read(complete.body());
                status = read == null ? status : status(read, answer.code());
            }
            if (decision.level() == AuditLevel.REQUEST_RESPONSE && isJson(answer.headers())) {
                answered(complete.body());
            }
        }
        response = status;
    }

    /** What was answered, where that came in pieces. */
    public void answered(byte[] json) {
        ObjectValue read = read(json);
        answered = read == null ? null : bare(read);
    }

    /** True where the body of an answer is to be kept. */
    public boolean wantsBody(ApiResponse answer) {
        return decision.level() == AuditLevel.REQUEST_RESPONSE && isJson(answer.headers());
    }

    private static boolean isJson(Headers headers) {
        return headers.firstOrEmpty("Content-Type").toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private static boolean isStatus(ApiResponse.Complete answer) {
        if (answer.parts().isEmpty()) {
            return false;
        }
        ByteBuffer first = answer.parts().get(0);
        if (first.remaining() < STATUS.length) {
            return false;
        }
        for (int i = 0; i < STATUS.length; i++) {
            if (first.get(first.position() + i) != STATUS[i]) {
                return false;
            }
        }
        return true;
    }

    private static Status status(ObjectValue read, int code) {
        ObjectValue details = read.getObject("details");
        return new Status(
                read.stringOrEmpty("status"),
                code,
                read.stringOrEmpty("reason"),
                read.stringOrEmpty("message"),
                details == null
                        ? null
                        : new Status.Details(
                                details.stringOrEmpty("name"),
                                details.stringOrEmpty("group"),
                                details.stringOrEmpty("kind"),
                                details.stringOrEmpty("uid"),
                                List.of()),
                0);
    }

    private static @Nullable ObjectValue read(byte[] json) {
        try {
            return json.length == 0 ? null : JsonReader.readObject(json);
        } catch (RuntimeException e) {
            return null; // what is no document is not kept
        }
    }

    private @Nullable ObjectValue bare(@Nullable ObjectValue object) {
        if (object == null || !decision.withoutManagedFields()) {
            return object;
        }
        ObjectValue out = object.withoutAt("metadata", "managedFields");
        return out.has("items")
                ? out.with("items", out.arrayOrEmpty("items").map(AuditTrail::withoutManagedFields))
                : out;
    }

    private static Value withoutManagedFields(Value item) {
        ObjectValue object = item.asObject();
        return object == null ? item : object.withoutAt("metadata", "managedFields");
    }

    /** The event of a stage that is reached now. */
    public AuditEvent event(AuditStage stage, Instant now) {
        ApiRequest request = call.request();
        Target target = call.requireTarget();
        ObjectValue sent =
                stage == AuditStage.REQUEST_RECEIVED ? null : call.notes().requestObject();
        Identity user = call.identity();
        return new AuditEvent(
                decision.level(),
                call.auditId(),
                stage,
                RequestUri.of(request),
                target.verb().word(),
                user == null ? NOBODY : user,
                call.notes().impersonated(),
                RequestUri.sources(request),
                agent(request.headers().firstOrEmpty("User-Agent")),
                target instanceof Target.OfResource resource ? reference(resource, sent) : null,
                response,
                stage == AuditStage.REQUEST_RECEIVED || decision.level().compareTo(AuditLevel.REQUEST) < 0
                        ? null
                        : requestObject(request, target, sent),
                stage == AuditStage.RESPONSE_COMPLETE ? answered : null,
                call.arrival(),
                stage == AuditStage.REQUEST_RECEIVED ? call.arrival() : now,
                call.notes().annotations());
    }

    private static String agent(String agent) {
        return agent.length() > LONGEST_AGENT ? agent.substring(0, LONGEST_AGENT) + "...TRUNCATED" : agent;
    }

    private static AuditEvent.ObjectReference reference(Target.OfResource target, @Nullable ObjectValue sent) {
        ObjectValue metadata = sent == null ? ObjectValue.EMPTY : sent.objectOrEmpty("metadata");
        String name = target.name().isEmpty() ? metadata.stringOrEmpty("name") : target.name();
        String namespace = target.namespace().isEmpty() ? metadata.stringOrEmpty("namespace") : target.namespace();
        return new AuditEvent.ObjectReference(
                target.resource(),
                namespace,
                name,
                metadata.stringOrEmpty("uid"),
                target.group(),
                target.version(),
                metadata.stringOrEmpty("resourceVersion"),
                target.subresource());
    }

    private @Nullable ObjectValue requestObject(ApiRequest request, Target target, @Nullable ObjectValue sent) {
        if (sent != null) {
            return bare(sent);
        }
        List<Verb> bodies = new ArrayList<>(List.of(Verb.PATCH, Verb.DELETE, Verb.DELETECOLLECTION));
        return bodies.contains(target.verb()) ? bare(read(request.body())) : null;
    }
}

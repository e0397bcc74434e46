// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened: kind Event of audit.k8s.io/v1.
 *
 * @param requestUri the path and query as they were asked for
 * @param verb the word of authorization
 * @param user who called
 * @param impersonated who that acted as, or null
 * @param sourceAddresses where it came from, first the origin that proxies tell, last the peer
 * @param object what the call was about, or null for plain paths
 * @param response how it ended, or null while it goes on
 * @param requestObject what was sent, or null below that level
 * @param responseObject what was answered, or null below that level
 * @param received when the call came
 * @param happened when this stage was reached
 * @param annotations what stages and plugins had to say, by key
 */
public record AuditEvent(
        AuditLevel level,
        String auditId,
        AuditStage stage,
        String requestUri,
        String verb,
        Identity user,
        @Nullable Identity impersonated,
        List<String> sourceAddresses,
        String userAgent,
        @Nullable ObjectReference object,
        @Nullable Status response,
        @Nullable ObjectValue requestObject,
        @Nullable ObjectValue responseObject,
        Instant received,
        Instant happened,
        Map<String, String> annotations) {
    /** What a call is about; parts that are not known are empty. */
    public record ObjectReference(
            String resource,
            String namespace,
            String name,
            String uid,
            String group,
            String version,
            String resourceVersion,
            String subresource) {}

    /** This event without objects, and with a note that there were some. */
    AuditEvent truncated() {
        Map<String, String> noted = new TreeMap<>(annotations);
        noted.put("audit.k8s.io/truncated", "true");
        return new AuditEvent(
                level,
                auditId,
                stage,
                requestUri,
                verb,
                user,
                impersonated,
                sourceAddresses,
                userAgent,
                object,
                response,
                null,
                null,
                received,
                happened,
                noted);
    }

    /** The event as JSON, its members in the order in which kube-apiserver writes them. */
    public byte[] toJson() {
        return JsonWriter.toBytes(toObject());
    }

    /** The event as a document. */
    public ObjectValue toObject() {
        ObjectEditor out = ObjectValue.builder()
                .put("kind", "Event")
                .put("apiVersion", "audit.k8s.io/v1")
                .put("level", level.word())
                .put("auditID", auditId)
                .put("stage", stage.word())
                .put("requestURI", requestUri)
                .put("verb", verb)
                .put("user", user.toUserInfo());
        if (impersonated != null) {
            out.put("impersonatedUser", impersonated.toUserInfo());
        }
        if (!sourceAddresses.isEmpty()) {
            out.put("sourceIPs", ArrayValue.ofStrings(sourceAddresses));
        }
        text(out, "userAgent", userAgent);
        if (object != null) {
            out.put("objectRef", reference(object));
        }
        if (response != null) {
            out.put("responseStatus", status(response));
        }
        if (requestObject != null) {
            out.put("requestObject", requestObject);
        }
        if (responseObject != null) {
            out.put("responseObject", responseObject);
        }
        out.put("requestReceivedTimestamp", Timestamp.formatMicro(received));
        out.put("stageTimestamp", Timestamp.formatMicro(happened));
        if (!annotations.isEmpty()) {
            out.put("annotations", ObjectValue.ofStrings(new TreeMap<>(annotations)));
        }
        return out.build();
    }

    private static ObjectValue reference(ObjectReference about) {
        ObjectEditor out = ObjectValue.builder();
        text(out, "resource", about.resource());
        text(out, "namespace", about.namespace());
        text(out, "name", about.name());
        text(out, "uid", about.uid());
        text(out, "apiGroup", about.group());
        text(out, "apiVersion", about.version());
        text(out, "resourceVersion", about.resourceVersion());
        text(out, "subresource", about.subresource());
        return out.build();
    }

    private static ObjectValue status(Status status) {
        ObjectEditor out = ObjectValue.builder().put("metadata", ObjectValue.EMPTY);
        text(out, "status", status.status());
        text(out, "message", status.message());
        text(out, "reason", status.reason());
        ObjectValue details =
                status.details() == null ? null : status.toObject().getObject("details");
        if (details != null) {
            out.put("details", details);
        }
        return out.put("code", Value.of(status.code())).build();
    }

    private static void text(ObjectEditor out, String key, String value) {
        if (!value.isEmpty()) {
            out.put(key, value);
        }
    }

    /** The event in one line of text, the <i>legacy</i> form of logs. */
    public String toLine() {
        String namespace = object == null || object.namespace().isEmpty() ? "<none>" : object.namespace();
        return Timestamp.formatMicro(received) + " AUDIT: id=" + GoText.quote(auditId) + " stage="
                + GoText.quote(stage.word()) + " ip="
                + GoText.quote(sourceAddresses.isEmpty() ? "<unknown>" : sourceAddresses.get(0)) + " method="
                + GoText.quote(verb) + " user=" + GoText.quote(user.user().isEmpty() ? "<none>" : user.user())
                + " groups=" + GoText.quote(groups(user, "<none>")) + " as="
                + GoText.quote(impersonated == null ? "<self>" : impersonated.user()) + " asgroups="
                + GoText.quote(impersonated == null ? "<lookup>" : groups(impersonated, "<lookup>"))
                + " user-agent=" + GoText.quote(userAgent) + " namespace=" + GoText.quote(namespace) + " uri="
                + GoText.quote(requestUri) + " response=\""
                + (response == null ? "<deferred>" : Integer.toString(response.code())) + "\"";
    }

    private static String groups(Identity who, String none) {
        return who.groups().isEmpty()
                ? none
                : who.groups().stream().map(GoText::quote).collect(Collectors.joining(","));
    }
}

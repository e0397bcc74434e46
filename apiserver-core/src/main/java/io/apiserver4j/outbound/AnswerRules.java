// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What client-go makes of an answer: a document of the kind that was sent, or an error in its words. */
final class AnswerRules {
    private static final int SHOWN_BYTES = 2048;
    private static final Set<String> VERSIONS = Set.of("v1", "v1beta1");

    private AnswerRules() {}

    /** The document of an answer. */
    static ObjectValue document(JdkHttpCaller.Answer answer, Kind sent) {
        if (answer.code() < 200 || answer.code() > 206) {
            throw CallException.failed(refusal(answer));
        }
        if (answer.body().length == 0) {
            throw CallException.failed("0-length response with status code: " + answer.code() + " and content type: "
                    + (answer.contentType().isEmpty() ? "application/json" : answer.contentType()));
        }
        return read(answer.body(), sent);
    }

    private static ObjectValue read(byte[] body, Kind sent) {
        Value value;
        try {
            value = JsonReader.read(body);
        } catch (JsonSyntaxException e) {
            throw CallException.failed("couldn't get version/kind; json parse error: " + e.getMessage());
        }
        ObjectValue document = value.asObject();
        if (document == null) {
            throw CallException.failed("couldn't get version/kind; json parse error: json: cannot unmarshal "
                    + value.typeName() + " into Go value of type struct { APIVersion string"
                    + " \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }");
        }
        checkKind(document, sent);
        return document;
    }

    /** What the document does not say of its kind is that of what was sent. */
    private static void checkKind(ObjectValue document, Kind sent) {
        String kind = document.stringOrEmpty("kind");
        String apiVersion = document.stringOrEmpty("apiVersion");
        GroupVersion groupVersion = apiVersion.isEmpty() ? sent.groupVersion() : GroupVersion.parse(apiVersion);
        Kind said = groupVersion.kind(kind.isEmpty() ? sent.kind() : kind);
        if (said.equals(sent)) {
            return;
        }
        boolean known = said.group().equals(sent.group())
                && VERSIONS.contains(said.version())
                && said.kind().equals(sent.kind());
        boolean status = said.equals(new Kind("", "v1", "Status"));
        if (!known && !status) {
            throw CallException.failed("no kind " + GoText.quote(said.kind()) + " is registered for version "
                    + GoText.quote(said.apiVersion()) + " in scheme \"pkg/runtime/scheme.go:111\"");
        }
        throw CallException.failed("converting (" + goType(said) + ") to (" + goType(sent) + "): unknown conversion");
    }

    private static String goType(Kind kind) {
        return kind.version() + "." + kind.kind();
    }

    /** The text of an answer with a code that tells of a failure; a Status in it is taken at its word. */
    private static String refusal(JdkHttpCaller.Answer answer) {
        String told = told(answer.body());
        if (told != null) {
            return told;
        }
        String text = isText(answer.contentType())
                ? new String(answer.body(), 0, Math.min(answer.body().length, SHOWN_BYTES), StandardCharsets.UTF_8)
                        .strip()
                : "unknown";
        return switch (answer.code()) {
            case 400 -> "the server rejected our request for an unknown reason";
            case 401 -> "the server has asked for the client to provide credentials";
            case 403, 415 -> text;
            case 404 -> "the server could not find the requested resource";
            case 405 -> "the server does not allow this method on the requested resource";
            case 406 ->
                text.isEmpty() || text.equals("unknown")
                        ? "the server was unable to respond with a content type that the client supports"
                        : text;
            case 409 -> "the server reported a conflict";
            case 422 -> "the server rejected our request due to an error in our request";
            case 429 -> "the server has received too many requests and has asked us to try again later";
            case 503 -> "the server is currently unable to handle the request";
            case 504 ->
                "the server was unable to return a response in the time allotted, but may still be processing the"
                        + " request";
            default ->
                answer.code() >= 500
                        ? "an error on the server (" + GoText.quote(text)
                                + ") has prevented the request from succeeding"
                        : "the server responded with the status code " + answer.code()
                                + " but did not return more information";
        };
    }

    private static @Nullable String told(byte[] body) {
        if (body.length == 0 || body[0] != '{') {
            return null;
        }
        try {
            ObjectValue document = JsonReader.readObject(body);
            boolean failure = document.stringOrEmpty("status").equals("Failure");
            return failure && document.stringOrEmpty("kind").equals("Status")
                    ? document.stringOrEmpty("message")
                    : null;
        } catch (JsonSyntaxException e) {
            return null;
        }
    }

    private static boolean isText(String contentType) {
        return contentType.isEmpty() || contentType.toLowerCase(Locale.ROOT).startsWith("text/");
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.codec.Encoder;
import io.apiserver4j.codec.MediaType;
import io.apiserver4j.codec.Negotiation;
import io.apiserver4j.codec.Offer;
import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A page at which a component tells of itself: text for people, and for those who ask for it by name an object of {@code
 * config.k8s.io}. Answers every method, as the real one does.
 */
abstract class SelfReport implements Endpoint {
    private static final String GROUP = "config.k8s.io";
    private static final String DEPRECATED = "v1alpha1";
    private static final Set<String> VERSIONS = Set.of(DEPRECATED, "v1beta1");
    private static final List<String> ACCEPTED = List.of("application/json", "application/yaml", "text/plain");
    private static final Headers TEXT = Headers.of("Content-Type", "text/plain; charset=utf-8");

    private static final ObjectValue NAMED = ObjectValue.ofStrings(Map.of("name", "apiserver"));

    private final String kind;
    private final String page;

    SelfReport(String kind) {
        this.kind = kind;
        this.page = kind.toLowerCase(Locale.ROOT);
    }

    /** Adds what the page says to an object that has its kind and name. */
    abstract void describe(ObjectEditor out);

    /** Writes what the page says, behind its heading. */
    abstract void describe(StringBuilder out);

    /** Answers a call; throws 406 as Status. */
    @Override
    public final ApiResponse handle(Call call) {
        ApiRequest request = call.request();
        Offer offer = (type, as) -> as != null
                && type != MediaType.PROTOBUF
                && as.kind().equals(kind)
                && as.group().equals(GROUP)
                && VERSIONS.contains(as.version());
        OutputFormat format = Negotiation.withText(
                request.headers().firstOrEmpty("Accept"),
                request.query().first("pretty"),
                request.headers().firstOrEmpty("User-Agent"),
                offer,
                ACCEPTED);
        Kind as = format == null ? null : format.as();
        return format == null || as == null ? text() : object(call, format, as);
    }

    private ApiResponse text() {
        StringBuilder out = new StringBuilder(512)
                .append("\napiserver ")
                .append(page)
                .append("\nWarning: This endpoint is not meant to be machine parseable, has no formatting compatibility"
                        + " guarantees and is for debugging purposes only.\n");
        describe(out);
        return ApiResponse.Complete.of(200, TEXT, out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private ApiResponse object(Call call, OutputFormat format, Kind as) {
        if (as.version().equals(DEPRECATED)) {
            call.notes().warn("This version of the " + page + " endpoint is deprecated. Please use a newer version.");
        }
        ObjectEditor out = ObjectValue.builder()
                .put("kind", kind)
                .put("apiVersion", GROUP + "/" + as.version())
                .put("metadata", NAMED);
        describe(out);
        return ApiResponse.Complete.of(
                200, Headers.of("Content-Type", format.contentType(true)), bytes(out.build(), format));
    }

    private static byte[] bytes(ObjectValue object, OutputFormat format) {
        if (format.mediaType() == MediaType.YAML) {
            return YamlWriter.toBytes(object);
        }
        byte[] compact = JsonWriter.toBytes(object);
        if (format.pretty()) {
            return Encoder.indent(compact);
        }
        byte[] line = Arrays.copyOf(compact, compact.length + 1);
        line[compact.length] = '\n';
        return line;
    }
}

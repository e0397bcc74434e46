// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.Status;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which media type and form a request asks for, by the rules and in the words of Kubernetes' API server. */
public final class Negotiation {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");

    private Negotiation() {}

    /**
     * The format of an answer.
     *
     * @param accept the first Accept header, or empty
     * @param pretty the first {@code pretty} parameter of the query, or null
     * @param userAgent the User-Agent header, or empty: what people type at gets indented JSON
     * @throws ApiException 406 where nothing accepted is on offer
     */
    public static OutputFormat output(String accept, @Nullable String pretty, String userAgent, Offer offer) {
        OutputFormat format = accepted(accept, offer);
        if (format == null) {
            throw new ApiException(notAcceptable(MediaType.TEXTS));
        }
        return prettier(format, pretty, userAgent);
    }

    /** The format of the events of a watch; 406 where it can't be streamed. */
    public static OutputFormat stream(String accept, Offer offer) {
        OutputFormat format = accepted(accept, offer);
        if (format == null || !format.mediaType().streams()) {
            throw new ApiException(notAcceptable(MediaType.STREAM_TEXTS));
        }
        return format;
    }

    /** The format of a failure: what is accepted if a plain object can be answered so, else indented JSON. */
    public static OutputFormat failure(String accept, @Nullable String pretty, String userAgent) {
        OutputFormat format = accepted(accept, Offer.PLAIN);
        return format == null ? OutputFormat.INDENTED : prettier(format, pretty, userAgent);
    }

    /** The first acceptable clause that is on offer, or null; {@code pretty} only as the clause says it. */
    public static @Nullable OutputFormat accepted(String accept, Offer offer) {
        if (accept.isEmpty()) {
            return OutputFormat.JSON;
        }
        for (AcceptClause clause : AcceptClause.parse(accept)) {
            for (MediaType type : MediaType.values()) {
                OutputFormat format =
                        type.matches(clause.type(), clause.subtype()) ? format(clause, type, offer) : null;
                if (format != null) {
                    return format;
                }
            }
        }
        return null;
    }

    /**
     * The format of an answer that is plain text unless an object is asked for by name.
     *
     * @param offer the objects that may be asked for
     * @param accepted the media types that a failure names
     * @return the format of the object, or null for plain text
     * @throws ApiException 406 where nothing accepted is on offer
     */
    public static @Nullable OutputFormat withText(
            String accept, @Nullable String pretty, String userAgent, Offer offer, List<String> accepted) {
        if (accept.isEmpty()) {
            return null;
        }
        for (AcceptClause clause : AcceptClause.parse(accept)) {
            if (clause.parameters().containsKey("stream")) {
                continue;
            }
            for (MediaType type : MediaType.values()) {
                OutputFormat format =
                        type.matches(clause.type(), clause.subtype()) ? format(clause, type, offer) : null;
                if (format != null) {
                    return prettier(format, pretty, userAgent);
                }
            }
            if (isText(clause)) {
                return null;
            }
        }
        throw new ApiException(notAcceptable(accepted));
    }

    private static boolean isText(AcceptClause clause) {
        boolean text = clause.type().equals("*") && clause.subtype().equals("*")
                || clause.type().equals("text")
                        && (clause.subtype().equals("plain") || clause.subtype().equals("*"));
        return text && Set.of("as", "g", "v").stream().noneMatch(clause.parameters()::containsKey);
    }

    private static @Nullable OutputFormat format(AcceptClause clause, MediaType type, Offer offer) {
        String kind = clause.parameters().get("as");
        String group = clause.parameters().get("g");
        String version = clause.parameters().get("v");
        String stream = clause.parameters().getOrDefault("stream", "");
        if (!stream.isEmpty() && (!type.streams() || !stream.equals("watch"))) {
            return null;
        }
        boolean converts = kind != null || group != null || version != null;
        Kind as = converts ? new Kind(text(group), text(version), text(kind)) : null;
        if (!offer.allows(type, as)) {
            return null;
        }
        boolean pretty = clause.parameters().getOrDefault("pretty", "").equals("1");
        return new OutputFormat(type, as, pretty, clause.parameters().getOrDefault("profile", ""));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static OutputFormat prettier(OutputFormat format, @Nullable String pretty, String userAgent) {
        boolean wanted = format.pretty() || forPeople(pretty, userAgent);
        return wanted == format.pretty()
                ? format
                : new OutputFormat(format.mediaType(), format.as(), wanted, format.profile());
    }

    private static boolean forPeople(@Nullable String pretty, String userAgent) {
        if (pretty != null && !pretty.isEmpty()) {
            return TRUE.contains(pretty);
        }
        return userAgent.startsWith("curl") || userAgent.startsWith("Wget") || userAgent.startsWith("Mozilla/5.0");
    }

    /**
     * The format of a body.
     *
     * @param contentType the Content-Type header, or empty for JSON
     * @throws ApiException 415 where the type is none of the known ones
     */
    public static MediaType input(String contentType) {
        if (contentType.isEmpty()) {
            return MediaType.JSON;
        }
        String name = ContentType.name(contentType);
        for (MediaType type : MediaType.values()) {
            if (type.text().equals(name)) {
                return type;
            }
        }
        throw new ApiException(unsupported(MediaType.TEXTS));
    }

    /** 406 with the media types that are accepted. */
    public static Status notAcceptable(List<String> accepted) {
        return Status.notAcceptable("only the following media types are accepted: " + String.join(", ", accepted));
    }

    /** 415 with the media types that are accepted. */
    public static Status unsupported(List<String> accepted) {
        return Status.unsupportedMediaType(
                "the body of the request was in an unknown format - accepted media types include: "
                        + String.join(", ", accepted));
    }
}

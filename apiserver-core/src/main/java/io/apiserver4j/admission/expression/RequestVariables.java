// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.expression;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.cel.CelAuthorizer;
import io.apiserver4j.cel.CelBindings;
import io.apiserver4j.cel.CelMap;
import io.apiserver4j.cel.CelValues;
import io.apiserver4j.meta.Resource;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The values of variables for one request. Objects are given without their types, as the real server does: dates are texts.
 * Belongs to the request's thread.
 */
public final class RequestVariables implements CelBindings {
    private final AdmissionRequest request;
    private final AdmissionRequest seen;
    private final Resource resource;
    private final @Nullable ObjectValue namespace;
    private final @Nullable ObjectValue params;
    private final @Nullable CelAuthorizer authorizer;
    private @Nullable Object document;

    /**
     * The values for a request.
     *
     * @param request as it was made
     * @param seen the same with its objects in the matched version
     * @param resource what the request is told to be about: its own resource, or the one it was matched as
     */
    public RequestVariables(AdmissionRequest request, AdmissionRequest seen, Resource resource) {
        this(request, seen, resource, null, null, null);
    }

    private RequestVariables(
            AdmissionRequest request,
            AdmissionRequest seen,
            Resource resource,
            @Nullable ObjectValue namespace,
            @Nullable ObjectValue params,
            @Nullable CelAuthorizer authorizer) {
        this.request = request;
        this.seen = seen;
        this.resource = resource;
        this.namespace = namespace;
        this.params = params;
        this.authorizer = authorizer;
    }

    /** The same with the namespace that the request is in. */
    public RequestVariables withNamespace(@Nullable ObjectValue found) {
        return new RequestVariables(request, seen, resource, found, params, authorizer);
    }

    /** The same with a parameter. */
    public RequestVariables withParams(@Nullable ObjectValue found) {
        return new RequestVariables(request, seen, resource, namespace, found, authorizer);
    }

    /** The same with somebody who is asked what others may do; null for nobody. */
    public RequestVariables withAuthorizer(@Nullable CelAuthorizer asked) {
        return new RequestVariables(request, seen, resource, namespace, params, asked);
    }

    @Override
    public @Nullable Object find(String name) {
        return switch (name) {
            case AdmissionVariables.OBJECT -> orNull(seen.object());
            case AdmissionVariables.OLD_OBJECT -> orNull(seen.oldObject());
            case AdmissionVariables.PARAMS -> orNull(params);
            case AdmissionVariables.NAMESPACE -> orNull(namespace == null ? null : shown(namespace));
            case AdmissionVariables.REQUEST -> document();
            case AdmissionVariables.AUTHORIZER -> authorizer == null ? null : CelAuthorizer.variable(authorizer);
            case AdmissionVariables.REQUEST_RESOURCE -> authorizer == null ? null : requestResource(authorizer);
            default -> null;
        };
    }

    /** Without a type: fields are looked up by their names, and absent ones are absent. */
    private static Object orNull(@Nullable Value value) {
        return CelValues.of(value == null ? Value.nul() : value);
    }

    /** A namespace without what expressions are not to see. */
    private static ObjectValue shown(ObjectValue namespace) {
        return namespace.update(
                "metadata",
                metadata -> metadata.without("managedFields")
                        .without("ownerReferences")
                        .without("selfLink"));
    }

    private Object requestResource(CelAuthorizer asked) {
        return CelAuthorizer.requestResource(
                asked,
                request.definition().group(),
                request.definition().plural(),
                request.subresource(),
                request.seenNamespace(),
                request.name());
    }

    private Object document() {
        Object known = document;
        if (known == null) {
            known = new Lazily();
            document = known;
        }
        return known;
    }

    /** The document of the request, made member by member. */
    private final class Lazily implements CelMap {
        private @Nullable ObjectValue whole;

        private ObjectValue whole() {
            ObjectValue known = whole;
            if (known == null) {
                known = describe();
                whole = known;
            }
            return known;
        }

        @Override
        public @Nullable Object get(Object key) {
            if (key.equals("operation")) {
                return request.operation().name();
            }
            Value member = key instanceof String name ? whole().get(name) : null;
            return member == null ? null : CelValues.of(member);
        }

        @Override
        public int size() {
            return whole().size();
        }

        @Override
        public java.util.List<Object> keys() {
            java.util.List<Object> out = new java.util.ArrayList<>();
            whole().forEach(member -> out.add(member.key()));
            return out;
        }
    }

    private ObjectValue describe() {
        ObjectEditor out = ObjectValue.builder();
        out.put("uid", "");
        out.put("kind", seen.kind().toObject());
        out.put("resource", resource.toObject());
        putText(out, "subResource", request.subresource());
        out.put("requestKind", request.kind().toObject());
        out.put("requestResource", request.resource().toObject());
        putText(out, "requestSubResource", request.subresource());
        putText(out, "name", request.name());
        putText(out, "namespace", request.seenNamespace());
        out.put("operation", request.operation().name());
        out.put("userInfo", request.identity().toUserInfo());
        out.put("dryRun", request.dryRun());
        out.put("options", request.options().isEmpty() ? Value.nul() : request.options());
        return out.build();
    }

    private static void putText(ObjectEditor out, String name, String text) {
        if (!text.isEmpty()) {
            out.put(name, text);
        }
    }
}

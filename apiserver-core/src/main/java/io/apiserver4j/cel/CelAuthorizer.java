// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers what expressions ask through {@code authorizer}: whoever evaluates with that variable brings one. */
@FunctionalInterface
public interface CelAuthorizer {
    /** The type of the variable {@code authorizer}. */
    CelType AUTHORIZER = CelType.opaque("kubernetes.authorization.Authorizer");
    /** The type of the variable {@code authorizer.requestResource}. */
    CelType RESOURCE_CHECK = CelType.opaque("kubernetes.authorization.ResourceCheck");

    /**
     * One question.
     *
     * @param serviceAccountNamespace the service account that is asked about, or null for the caller
     * @param serviceAccountName likewise
     * @param verb the verb, for a path in lower case as it was given
     * @param path the path, or null where a resource is asked about
     */
    record Query(
            @Nullable String serviceAccountNamespace,
            @Nullable String serviceAccountName,
            String verb,
            @Nullable String path,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name,
            String fieldSelector,
            String labelSelector) {
        private Query with(String field, String value) {
            return new Query(
                    serviceAccountNamespace,
                    serviceAccountName,
                    field.equals("verb") ? value : verb,
                    field.equals("path") ? (@Nullable String) value : path,
                    field.equals("group") ? value : group,
                    field.equals("resource") ? value : resource,
                    field.equals("subresource") ? value : subresource,
                    field.equals("namespace") ? value : namespace,
                    field.equals("name") ? value : name,
                    field.equals("fieldSelector") ? value : fieldSelector,
                    field.equals("labelSelector") ? value : labelSelector);
        }
    }

    /** The answer; the error is empty where there was none. */
    record Decision(boolean allowed, String reason, String error) {}

    /** Answers a question. */
    Decision authorize(Query query);

    /** The value of the variable {@code authorizer}. */
    static Object variable(CelAuthorizer authorizer) {
        return new Step(AUTHORIZER, authorizer, new Query(null, null, "", null, "", "", "", "", "", "", ""));
    }

    /** The value of the variable {@code authorizer.requestResource}. */
    static Object requestResource(
            CelAuthorizer authorizer,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name) {
        return new Step(
                RESOURCE_CHECK,
                authorizer,
                new Query(null, null, "", null, group, resource, subresource, namespace, name, "", ""));
    }

    /** A question under way. */
    record Step(CelType type, CelAuthorizer authorizer, Query query) implements CelOpaque {
        Step with(CelType next, String field, String value) {
            return new Step(next, authorizer, query.with(field, value));
        }

        Step of(String namespace, String name) {
            Query fresh = new Query(namespace, name, "", null, "", "", "", "", "", "", "");
            return new Step(AUTHORIZER, authorizer, fresh);
        }

        Object check(String verb) {
            return new Answer(Objects.requireNonNull(authorizer.authorize(query.with("verb", verb))));
        }
    }

    /** An answer as a value. */
    record Answer(Decision decision) implements CelOpaque {
        static final CelType TYPE = CelType.opaque("kubernetes.authorization.Decision");

        @Override
        public CelType type() {
            return TYPE;
        }
    }
}

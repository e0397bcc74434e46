// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.expression;

import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.Selection;
import io.apiserver4j.cel.CelAuthorizer;
import io.apiserver4j.request.Identity;
import java.util.HashMap;
import java.util.Map;

/** Asks the server's authorizer for expressions, each question once a request. Belongs to the request's thread. */
public final class CachedAuthorizer implements CelAuthorizer {
    private final Authorizer authorizer;
    private final Identity identity;
    private final Map<Query, CelAuthorizer.Decision> known = new HashMap<>(0);

    /** For the requests of somebody. */
    public CachedAuthorizer(Authorizer authorizer, Identity identity) {
        this.authorizer = authorizer;
        this.identity = identity;
    }

    @Override
    public CelAuthorizer.Decision authorize(Query query) {
        CelAuthorizer.Decision answer = known.get(query);
        if (answer == null) {
            io.apiserver4j.authz.Decision decision = authorizer.authorize(attributes(query));
            answer = new CelAuthorizer.Decision(decision.isAllowed(), decision.reason(), decision.error());
            known.put(query, answer);
        }
        return answer;
    }

    private AccessAttributes attributes(Query query) {
        String path = query.path();
        return new AccessAttributes(
                who(query),
                query.verb(),
                path == null,
                query.group(),
                path == null ? "*" : "",
                query.resource(),
                query.subresource(),
                query.namespace(),
                query.name(),
                path == null ? "" : path,
                selection(query));
    }

    private static Selection selection(Query query) {
        return query.fieldSelector().isEmpty() && query.labelSelector().isEmpty()
                ? Selection.NONE
                : new Selection(Selection.ofFields(query.fieldSelector()), Selection.ofLabels(query.labelSelector()));
    }

    private Identity who(Query query) {
        String namespace = query.serviceAccountNamespace();
        return namespace == null
                ? identity
                : Identity.of(
                        "system:serviceaccount:" + namespace + ":" + query.serviceAccountName(),
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + namespace);
    }
}

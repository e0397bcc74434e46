// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Target;

/**
 * Who wants to do what where.
 *
 * @param verb the word of authorization, {@code get}, {@code impersonate} …
 * @param resourceRequest false for plain paths; then only verb and path say anything
 */
public record AccessAttributes(
        Identity identity,
        String verb,
        boolean resourceRequest,
        String group,
        String version,
        String resource,
        String subresource,
        String namespace,
        String name,
        String path) {
    /** What a call to a target wants. */
    public static AccessAttributes of(Identity identity, Target target) {
        if (target instanceof Target.OfResource resource) {
            return new AccessAttributes(
                    identity,
                    resource.verb().word(),
                    true,
                    resource.group(),
                    resource.version(),
                    resource.resource(),
                    resource.subresource(),
                    resource.namespace(),
                    resource.name(),
                    resource.path());
        }
        return new AccessAttributes(
                identity, target.verb().word(), false, "", "", "", "", "", "", target.path());
    }

    /** Resource and subresource as messages show them: {@code pods/log}. */
    public String resourceText() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }
}

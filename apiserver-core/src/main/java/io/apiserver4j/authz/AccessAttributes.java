// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Query;
import io.apiserver4j.request.Target;
import io.apiserver4j.request.Verb;

/**
 * Who wants to do what where.
 *
 * @param verb the word of authorization, {@code get}, {@code impersonate} …
 * @param resourceRequest false for plain paths; then only verb and path say anything
 * @param selection what of a collection is asked for
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
        String path,
        Selection selection) {
    /** Attributes that select nothing of a collection. */
    public AccessAttributes(
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
        this(
                identity,
                verb,
                resourceRequest,
                group,
                version,
                resource,
                subresource,
                namespace,
                name,
                path,
                Selection.NONE);
    }

    /** What a call to a target wants, with what its query selects of a collection. */
    public static AccessAttributes of(Identity identity, Target target, Query query) {
        AccessAttributes whole = of(identity, target);
        boolean collection =
                target.verb() == Verb.LIST || target.verb() == Verb.WATCH || target.verb() == Verb.DELETECOLLECTION;
        return collection && whole.resourceRequest ? whole.with(Selection.of(query)) : whole;
    }

    /** These attributes with a selection; one of a single name is about the object of that name. */
    public AccessAttributes with(Selection selected) {
        if (selected == Selection.NONE) {
            return this;
        }
        String only = name.isEmpty() ? selected.name() : name;
        return new AccessAttributes(
                identity,
                verb,
                resourceRequest,
                group,
                version,
                resource,
                subresource,
                namespace,
                only,
                path,
                selected);
    }

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
        return new AccessAttributes(identity, target.verb().word(), false, "", "", "", "", "", "", target.path());
    }

    /** The same of somebody else, by another verb. */
    AccessAttributes as(Identity who, String other) {
        return new AccessAttributes(
                who, other, resourceRequest, group, version, resource, subresource, namespace, name, path, selection);
    }

    /** The 403 of a caller that may not do this. */
    public Status forbidden(String reason) {
        String user = "User " + GoText.quote(identity.user());
        String suffix = reason.isEmpty() ? "" : ": " + reason;
        if (!resourceRequest) {
            return Status.forbidden("", "", "", user + " cannot " + verb + " path " + GoText.quote(path) + suffix);
        }
        String where = namespace.isEmpty() ? " at the cluster scope" : " in the namespace " + GoText.quote(namespace);
        return Status.forbidden(
                group,
                resource,
                name,
                user + " cannot " + verb + " resource " + GoText.quote(resourceText()) + " in API group "
                        + GoText.quote(group) + where + suffix);
    }

    /** Resource and subresource as messages show them: {@code pods/log}. */
    public String resourceText() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }
}

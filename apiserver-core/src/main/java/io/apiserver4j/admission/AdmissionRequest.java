// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Resource;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Identity;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/**
 * A write that is about to happen.
 *
 * @param kind what the object is (of a subresource, the kind the subresource takes)
 * @param name the object's name; empty while it is to be generated
 * @param object the object as it is to be kept; null for deletions
 * @param oldObject the object as it is kept; null for creations
 * @param options the options document of the request (CreateOptions …)
 * @param passage what belongs to the call and not to the write: its time limit, and what plugins remember of it
 */
public record AdmissionRequest(
        Operation operation,
        ResourceDefinition definition,
        String version,
        Kind kind,
        String subresource,
        String namespace,
        String name,
        @Nullable ObjectValue object,
        @Nullable ObjectValue oldObject,
        ObjectValue options,
        Identity identity,
        boolean dryRun,
        CallNotes notes,
        Passage passage) {
    /** A request of a call without a time limit. */
    public AdmissionRequest(
            Operation operation,
            ResourceDefinition definition,
            String version,
            Kind kind,
            String subresource,
            String namespace,
            String name,
            @Nullable ObjectValue object,
            @Nullable ObjectValue oldObject,
            ObjectValue options,
            Identity identity,
            boolean dryRun,
            CallNotes notes) {
        this(
                operation,
                definition,
                version,
                kind,
                subresource,
                namespace,
                name,
                object,
                oldObject,
                options,
                identity,
                dryRun,
                notes,
                new Passage(null, new Cancellation()));
    }

    /** What is about to happen. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    /** The same request with a changed object. */
    public AdmissionRequest withObject(ObjectValue changed) {
        return seenAs(definition, version, kind, changed, oldObject);
    }

    /** The same request as clients of another version of the resource would have made it. */
    public AdmissionRequest seenAs(
            ResourceDefinition otherDefinition,
            String otherVersion,
            Kind otherKind,
            @Nullable ObjectValue otherObject,
            @Nullable ObjectValue otherOldObject) {
        return new AdmissionRequest(
                operation,
                otherDefinition,
                otherVersion,
                otherKind,
                subresource,
                namespace,
                name.isEmpty() && otherObject != null
                        ? ObjectMeta.of(otherObject).name()
                        : name,
                otherObject,
                otherOldObject,
                options,
                identity,
                dryRun,
                notes,
                passage);
    }

    /** The same request about a name that was generated meanwhile. */
    public AdmissionRequest withName(String known) {
        return name.equals(known)
                ? this
                : new AdmissionRequest(
                        operation,
                        definition,
                        version,
                        kind,
                        subresource,
                        namespace,
                        known,
                        object,
                        oldObject,
                        options,
                        identity,
                        dryRun,
                        notes,
                        passage);
    }

    /** Group, version and plural name of the resource. */
    public Resource resource() {
        return definition.resource(version);
    }

    /** The namespace as rules, reviews and expressions see it: that of a namespace is its own name. */
    public String seenNamespace() {
        return definition.group().isEmpty() && definition.plural().equals("namespaces") ? name : namespace;
    }

    /** The object; an error for deletions. */
    public ObjectValue requireObject() {
        ObjectValue known = object;
        if (known == null) {
            throw new IllegalStateException(operation + " has no object");
        }
        return known;
    }

    /** Refuses the write, with the object's name as far as it is known. */
    public ApiException forbidden(String why) {
        return Status.forbidden(definition.group(), definition.plural(), shownName(), why)
                .asException();
    }

    private String shownName() {
        ObjectValue known = object;
        if (!name.isEmpty() || known == null) {
            return name.isEmpty() ? "Unknown" : name;
        }
        String prefix = ObjectMeta.of(known).generateName();
        return prefix.isEmpty() ? "Unknown" : prefix;
    }

    /** True where the request is about this main resource (no subresource). */
    public boolean isFor(String group, String plural) {
        return subresource.isEmpty()
                && definition.group().equals(group)
                && definition.plural().equals(plural);
    }
}

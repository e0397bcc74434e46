// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.CallNotes;
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
        CallNotes notes) {
    /** What is about to happen. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE,
        CONNECT
    }

    /** The same request with a changed object. */
    public AdmissionRequest withObject(ObjectValue changed) {
        return new AdmissionRequest(
                operation,
                definition,
                version,
                kind,
                subresource,
                namespace,
                name,
                changed,
                oldObject,
                options,
                identity,
                dryRun,
                notes);
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

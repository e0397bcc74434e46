// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of metadata that only the server decides. Pure functions. */
final class SystemFields {
    private static final List<String> WIPED =
            List.of("uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink");
    private static final List<String> KEPT_WHEN_ABSENT =
            List.of("uid", "deletionTimestamp", "deletionGracePeriodSeconds");

    private SystemFields() {}

    /** The object with the namespace of the path; 400 where it names another one. */
    static ObjectValue inNamespace(ObjectValue object, String namespace) {
        String named = ObjectMeta.of(object).namespace();
        if (named.equals(namespace)) {
            return object;
        }
        if (namespace.isEmpty()) {
            return object.withoutAt("metadata", "namespace");
        }
        if (!named.isEmpty()) {
            throw Status.badRequest(
                            "the namespace of the provided object does not match the namespace sent on the request")
                    .asException();
        }
        return object.update("metadata", meta -> MetadataOrder.put(meta, "namespace", Value.of(namespace)));
    }

    /**
     * A new object without what a client may not say. A resourceVersion stays until the store puts its own: a dry run shows
     * it.
     */
    static ObjectValue wiped(ObjectValue object) {
        return object.update("metadata", metadata -> {
            ObjectValue out = metadata;
            for (String name : WIPED) {
                out = out.without(name);
            }
            return out;
        });
    }

    /** A new object with uid and time. */
    static ObjectValue fill(ObjectValue object, String uid, Instant now) {
        return object.update(
                "metadata",
                metadata -> MetadataOrder.put(
                        MetadataOrder.put(metadata, "uid", Value.of(uid)),
                        "creationTimestamp",
                        Value.of(Timestamp.format(now))));
    }

    /** A changed object with those fields of the kept one that the client left out, and with its generation. */
    static ObjectValue keep(ObjectValue updated, ObjectValue current) {
        ObjectValue before = current.objectOrEmpty("metadata");
        return updated.update("metadata", metadata -> {
            ObjectValue out = metadata.without("selfLink");
            for (String name : KEPT_WHEN_ABSENT) {
                Value kept = before.get(name);
                if (kept != null && !out.has(name)) {
                    out = MetadataOrder.put(out, name, kept);
                }
            }
            Value created = before.get("creationTimestamp");
            if (created != null) {
                out = MetadataOrder.put(out, "creationTimestamp", created);
            }
            Value generation = before.get("generation");
            return generation == null ? out.without("generation") : MetadataOrder.put(out, "generation", generation);
        });
    }

    /** The object with this resourceVersion, or without any. */
    static ObjectValue withRevision(ObjectValue object, @Nullable String revision) {
        return revision == null
                ? object.withoutAt("metadata", "resourceVersion")
                : object.update("metadata", meta -> MetadataOrder.put(meta, "resourceVersion", Value.of(revision)));
    }
}

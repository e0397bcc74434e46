// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.ownership.FieldManager;
import io.apiserver4j.ownership.ObjectVersions;
import io.apiserver4j.ownership.ResetFields;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ObjectValue;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The field managers of all definitions, made when first needed. Step 12 of the corridor. */
final class Ownership {
    private final InstantSource clock;
    private final Map<Key, FieldManager> managers = new ConcurrentHashMap<>();

    private record Key(ResourceDefinition definition, String version, String subresource) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that
                    && definition == that.definition
                    && version.equals(that.version)
                    && subresource.equals(that.subresource);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(definition) * 31 + version.hashCode() + subresource.hashCode();
        }
    }

    Ownership(InstantSource clock) {
        this.clock = clock;
    }

    /** The bookkeeping of every write that is no apply; {@code live} is null for creations. */
    ObjectValue afterUpdate(ResourceCall call, @Nullable ObjectValue live, ObjectValue updated, String manager) {
        return of(call).afterUpdate(live, updated, manager, clock.instant());
    }

    /** Lays a configuration over an object. */
    FieldManager.Applied apply(
            ResourceCall call, @Nullable ObjectValue live, ObjectValue applied, String manager, boolean force) {
        return of(call).apply(live, applied, manager, force, clock.instant());
    }

    /** The manager of a call's path. */
    FieldManager of(ResourceCall call) {
        return managers.computeIfAbsent(
                new Key(call.definition(), call.version().version(), call.subresourceName()), key -> make(call));
    }

    private static FieldManager make(ResourceCall call) {
        Kind kind = call.subresource() == null
                ? call.version().kind()
                : call.subresource().kind();
        Schema schema = kind.equals(call.version().kind()) ? call.version().schema() : BodyReader.schema(kind);
        return new FieldManager(
                kind,
                schema,
                call.subresourceName(),
                ResetFields.of(call.definition().strategy().resetFields(call.subresourceName())),
                call.definition().custom(),
                versions(call.definition(), call.version()));
    }

    private static ObjectVersions versions(ResourceDefinition definition, VersionDefinition own) {
        if (definition.versions().size() == 1) {
            return ObjectVersions.NONE;
        }
        return new ObjectVersions() {
            @Override
            public @Nullable Schema schema(String apiVersion) {
                VersionDefinition other = find(apiVersion);
                return other == null ? null : other.schema();
            }

            private @Nullable VersionDefinition find(String apiVersion) {
                for (VersionDefinition one : definition.versions()) {
                    if (one.kind().apiVersion().equals(apiVersion)) {
                        return one;
                    }
                }
                return null;
            }

            @Override
            public ObjectValue convert(ObjectValue object, String apiVersion) {
                VersionDefinition from = find(object.stringOrEmpty("apiVersion"));
                VersionDefinition to = find(apiVersion);
                ObjectValue stored = (from == null ? own : from).toStorage().apply(object);
                return to == null ? object : to.fromStorage().apply(stored);
            }
        };
    }
}

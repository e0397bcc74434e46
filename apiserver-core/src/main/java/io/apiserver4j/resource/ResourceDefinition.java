// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.Resource;
import io.apiserver4j.request.Verb;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A resource as it is served: its names, scope, versions, verbs, subresources and behaviour.
 *
 * @param group the API group, empty for the core
 * @param plural the name in paths
 * @param namespaced true where objects live in namespaces
 * @param versions the served versions, the preferred one first
 * @param verbs what the main resource answers to
 * @param subresources by name
 * @param strategy behaviour at writes
 * @param fields which field selectors work besides metadata.name and metadata.namespace, and where their values stand
 * @param storage where objects are kept and in which version
 * @param custom true for kinds that users bring: unknown fields, defaulting and answers follow other rules
 */
public record ResourceDefinition(
        String group,
        String plural,
        String singular,
        String kind,
        String listKind,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced,
        List<VersionDefinition> versions,
        Set<Verb> verbs,
        Map<String, Subresource> subresources,
        Strategy strategy,
        SelectableFields fields,
        StorageLocation storage,
        boolean custom) {
    /**
     * Where a definition's objects live.
     *
     * @param prefix the key prefix without trailing slash, e.g. {@code /registry/pods}
     * @param version the version that is stored; the same prefix may be shared by definitions of other groups
     * @param group the group of the stored version
     * @param ttlSeconds how long objects live, 0 for ever
     * @param renewal brings objects that were stored under an older definition into the form that the present one would
     *     store; gives back the same object where nothing is to be done. Null where all are in that form
     */
    public record StorageLocation(
            String prefix,
            String group,
            String version,
            long ttlSeconds,
            @Nullable UnaryOperator<ObjectValue> renewal) {
        /** A location whose objects are in the present form. */
        public StorageLocation(String prefix, String group, String version, long ttlSeconds) {
            this(prefix, group, version, ttlSeconds, null);
        }
    }

    /** This definition with other versions served. */
    public ResourceDefinition withVersions(List<VersionDefinition> others) {
        return with(others, strategy);
    }

    /** This definition with another behaviour. */
    public ResourceDefinition withStrategy(Strategy other) {
        return with(versions, other);
    }

    private ResourceDefinition with(List<VersionDefinition> others, Strategy behaviour) {
        return new ResourceDefinition(
                group,
                plural,
                singular,
                kind,
                listKind,
                shortNames,
                categories,
                namespaced,
                List.copyOf(others),
                verbs,
                subresources,
                behaviour,
                fields,
                storage,
                custom);
    }

    /**
     * A definition of what is kept and never served, such as the allocations that servers share.
     *
     * @param kind a built-in kind, of which there are facts
     */
    public static ResourceDefinition kept(Kind kind, String plural, String singular, StorageLocation storage) {
        return new ResourceDefinition(
                kind.group(),
                plural,
                singular,
                kind.kind(),
                kind.kind() + "List",
                List.of(),
                List.of(),
                false,
                List.of(VersionDefinition.stored(
                        kind,
                        () -> Objects.requireNonNull(SchemaFacts.builtin().kind(kind), () -> "no facts of " + kind))),
                Set.of(),
                Map.of(),
                Strategy.NONE,
                SelectableFields.NONE,
                storage,
                false);
    }

    /** A subresource as a version serves it, or null. */
    public @Nullable Subresource subresource(VersionDefinition version, String name) {
        Subresource found = subresources.get(name);
        CustomForm form = version.form();
        if (found == null || form != null && !form.subresources().contains(name)) {
            return null;
        }
        return found.kind().kind().equals(kind) && !found.kind().equals(version.kind())
                ? new Subresource(name, version.kind(), found.verbs(), found.form())
                : found;
    }

    /** The served version of a name, or null. */
    public @Nullable VersionDefinition version(String version) {
        for (VersionDefinition one : versions) {
            if (one.version().equals(version)) {
                return one;
            }
        }
        return null;
    }

    /** Group, version and plural name. */
    public Resource resource(String version) {
        return new Resource(group, version, plural);
    }

    /** Plural name and group as messages show them: {@code pods} or {@code deployments.apps}. */
    public String groupResource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.SelectableFields;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.Subresource;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Defaulter;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the facts of the built-in kinds and makes their definitions. Schemas are read when a kind is first touched. */
public final class BuiltinCatalog {
    private static final String FOLDER = "/io/apiserver4j/facts/";
    private static final Defaulter CONSTANTS = new Defaulter(Map.of());
    private static final Set<String> OBJECT_SUBRESOURCES =
            Set.of("status", "finalize", "approval", "ephemeralcontainers", "resize");

    private final ObjectValue behaviors = read("behavior.json");
    private final Map<String, Supplier<KindRules>> rules;

    private BuiltinCatalog(Map<String, Supplier<KindRules>> rules) {
        this.rules = rules;
    }

    /** The definitions for a server with the standard settings whose rules read no other objects. */
    public static List<ResourceDefinition> definitions() {
        return definitions(KindSettings.STANDARD);
    }

    /** The definitions of all built-in kinds, groups in the order of discovery. */
    public static List<ResourceDefinition> definitions(KindSettings settings) {
        return new BuiltinCatalog(Strategies.rules(settings)).all();
    }

    private List<ResourceDefinition> all() {
        List<ResourceDefinition> out = new ArrayList<>();
        for (String group : read("kinds/index.json").arrayOrEmpty("groups").strings()) {
            ObjectValue facts = read("kinds/" + (group.isEmpty() ? "core" : group) + ".json");
            List<String> order = facts.arrayOrEmpty("versions").strings();
            for (ObjectValue.Member resource : facts.objectOrEmpty("resources")) {
                out.add(definition(group, order, resource.key(), object(resource.value())));
            }
        }
        return out;
    }

    private static ObjectValue object(Value value) {
        ObjectValue object = value.asObject();
        return object == null ? ObjectValue.EMPTY : object;
    }

    private ResourceDefinition definition(String group, List<String> order, String plural, ObjectValue facts) {
        String groupResource = group.isEmpty() ? plural : plural + "." + group;
        Behavior behavior = Behavior.of(behaviors.objectOrEmpty(groupResource));
        String kind = facts.stringOrEmpty("kind");
        GroupVersion stored = behavior.stored().isEmpty()
                ? new GroupVersion(group, order.get(0))
                : GroupVersion.parse(behavior.stored());
        List<VersionDefinition> versions = new ArrayList<>();
        for (String version : order) {
            if (facts.objectOrEmpty("versions").has(version)) {
                versions.add(version(new Kind(group, version, kind), stored).withDeprecation(behavior.deprecation()));
            }
        }
        Set<Verb> verbs = verbs(facts.arrayOrEmpty("verbs").strings());
        Map<String, Subresource> subresources =
                subresources(new GroupVersion(group, versions.get(0).version()), facts.objectOrEmpty("subresources"));
        return new ResourceDefinition(
                group,
                plural,
                facts.stringOrEmpty("singular"),
                kind,
                facts.stringOrEmpty("listKind"),
                facts.arrayOrEmpty("shortNames").strings(),
                facts.arrayOrEmpty("categories").strings(),
                facts.isTrue("namespaced"),
                versions,
                verbs,
                subresources,
                strategy(groupResource, behavior, subresources, stored.kind(kind)),
                fields(behavior),
                new ResourceDefinition.StorageLocation(
                        "/registry/" + (behavior.prefix().isEmpty() ? plural : behavior.prefix()),
                        stored.group(),
                        stored.version(),
                        behavior.ttlSeconds()),
                false);
    }

    private Strategy strategy(
            String groupResource, Behavior behavior, Map<String, Subresource> subresources, Kind stored) {
        KindRules own = rules.getOrDefault(groupResource, () -> KindRules.NONE).get();
        boolean hasStatus = subresources.containsKey("status");
        return new BehaviorStrategy(behavior, own, hasStatus, () -> emptyStatus(schema(stored)));
    }

    /** The status of an object that has none yet, as it reads back from the store: with its constants ({@code phase}). */
    private static @Nullable Value emptyStatus(Schema schema) {
        ObjectValue nothing = TypedReader.read(schema, ObjectValue.EMPTY, new DecodeFindings());
        return CONSTANTS.apply(schema, nothing).get("status");
    }

    private static Schema schema(Kind kind) {
        Schema schema = SchemaFacts.builtin().kind(kind);
        if (schema == null) {
            throw new IllegalStateException("no facts of " + kind);
        }
        return schema;
    }

    private static VersionDefinition version(Kind kind, GroupVersion stored) {
        Supplier<Schema> schema = () -> schema(kind);
        if (kind.groupVersion().equals(stored)) {
            return VersionDefinition.stored(kind, schema);
        }
        VersionConversion conversion = VersionConversion.of(kind);
        return new VersionDefinition(kind, schema, conversion.toStored(), conversion.fromStored(), false);
    }

    private static Set<Verb> verbs(List<String> words) {
        Set<Verb> out = EnumSet.noneOf(Verb.class);
        words.forEach(word -> out.add(Verb.valueOf(word.toUpperCase(Locale.ROOT))));
        return out;
    }

    private static Map<String, Subresource> subresources(GroupVersion own, ObjectValue facts) {
        Map<String, Subresource> out = new LinkedHashMap<>();
        for (ObjectValue.Member member : facts) {
            ObjectValue one = object(member.value());
            String apiVersion = one.stringOrEmpty("apiVersion");
            GroupVersion groupVersion = apiVersion.isEmpty() ? own : GroupVersion.parse(apiVersion);
            Kind kind = groupVersion.kind(one.stringOrEmpty("kind"));
            Subresource.Form form = OBJECT_SUBRESOURCES.contains(member.key())
                    ? Subresource.Form.OBJECT
                    : kind.kind().equals("Scale") ? Subresource.Form.SCALE : Subresource.Form.HANDLER;
            out.put(
                    member.key(),
                    new Subresource(
                            member.key(), kind, verbs(one.arrayOrEmpty("verbs").strings()), form));
        }
        return out;
    }

    private static SelectableFields fields(Behavior behavior) {
        if (behavior.fields().isEmpty()) {
            return SelectableFields.NONE;
        }
        Map<String, Function<ObjectValue, String>> readers = new TreeMap<>();
        for (String label : behavior.fields()) {
            readers.put(label, FieldReaders.of(label));
        }
        String refusal = behavior.fieldRefusal();
        return new SelectableFields(readers, refusal.isEmpty() ? SelectableFields.REFUSAL : refusal);
    }

    /** The resource file of a name, as a tree. */
    static ObjectValue read(String name) {
        try (@Nullable InputStream in = BuiltinCatalog.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return JsonReader.readObject(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The roles and bindings that every server has, from {@code facts/policy/rbac.json}. There a rule is a line: verbs, groups
 * ({@code core} for the empty one), resources and names, or verbs and paths, parted by bars.
 */
public final class RbacBootstrap {
    /** The group of roles and bindings. */
    public static final String GROUP = "rbac.authorization.k8s.io";

    /** The annotation that says whether a server may bring an object back into shape. */
    public static final String AUTO_UPDATE = "rbac.authorization.kubernetes.io/autoupdate";

    private static final String FACTS = "/io/apiserver4j/facts/policy/rbac.json";

    private RbacBootstrap() {}

    /**
     * An object.
     *
     * @param resource {@code clusterroles} ...
     * @param namespace empty for those of the cluster
     */
    public record Item(String resource, String namespace, String name, ObjectValue object) {}

    /** All of them, roles before bindings, those of the cluster first. Read once. */
    public static List<Item> items() {
        return Items.ALL;
    }

    private static final class Items {
        private static final List<Item> ALL = List.copyOf(make());
    }

    private static List<Item> make() {
        List<Item> out = new ArrayList<>();
        for (ObjectValue.Member kind : read()) {
            for (ObjectValue.Member one : objectOf(kind.value())) {
                int slash = one.key().indexOf('/');
                String namespace = slash < 0 ? "" : one.key().substring(0, slash);
                String name = one.key().substring(slash + 1);
                ObjectValue facts = objectOf(one.value());
                ObjectValue object = kind.key().endsWith("bindings")
                        ? binding(metadata(namespace, name, facts), facts)
                        : role(metadata(namespace, name, facts), facts);
                out.add(new Item(kind.key(), namespace, name, object));
            }
        }
        return out;
    }

    private static ObjectValue read() {
        try (InputStream in = RbacBootstrap.class.getResourceAsStream(FACTS)) {
            if (in == null) {
                throw new IllegalStateException("missing " + FACTS);
            }
            return JsonReader.readObject(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectValue objectOf(Value value) {
        ObjectValue object = value.asObject();
        return object == null ? ObjectValue.EMPTY : object;
    }

    private static ObjectValue metadata(String namespace, String name, ObjectValue facts) {
        ObjectEditor out = ObjectValue.builder().put("name", name);
        if (!namespace.isEmpty()) {
            out.put("namespace", namespace);
        }
        ObjectEditor labels = ObjectValue.builder().put("kubernetes.io/bootstrapping", "rbac-defaults");
        facts.objectOrEmpty("labels").forEach(label -> labels.put(label.key(), label.value()));
        return out.put("labels", labels.build())
                .put("annotations", ObjectValue.of(AUTO_UPDATE, Value.of("true")))
                .build();
    }

    private static ObjectValue role(ObjectValue metadata, ObjectValue facts) {
        ObjectEditor out = ObjectValue.builder().put("metadata", metadata);
        List<Value> rules = new ArrayList<>();
        facts.arrayOrEmpty("rules")
                .strings()
                .forEach(line -> rules.add(rule(line).toObject()));
        out.put("rules", rules.isEmpty() ? Value.nul() : ArrayValue.of(rules));
        List<Value> selectors = new ArrayList<>();
        for (String label : facts.arrayOrEmpty("aggregates").strings()) {
            selectors.add(ObjectValue.of("matchLabels", ObjectValue.ofStrings(Map.of(label, "true"))));
        }
        if (!selectors.isEmpty()) {
            out.put("aggregationRule", ObjectValue.of("clusterRoleSelectors", ArrayValue.of(selectors)));
        }
        return out.build();
    }

    /** The rule of a line. */
    static PolicyRule rule(String line) {
        String[] parts = line.split(" \\| ");
        List<String> verbs = List.of(parts[0].split(" "));
        if (parts.length == 2) {
            return new PolicyRule(verbs, List.of(), List.of(), List.of(), List.of(parts[1].split(" ")));
        }
        List<String> groups = new ArrayList<>();
        for (String group : parts[1].split(" ")) {
            groups.add(group.equals("core") ? "" : group);
        }
        List<String> names = parts.length > 3 ? List.of(parts[3].split(" ")) : List.of();
        return new PolicyRule(verbs, groups, List.of(parts[2].split(" ")), names, List.of());
    }

    private static ObjectValue binding(ObjectValue metadata, ObjectValue facts) {
        ObjectEditor out = ObjectValue.builder().put("metadata", metadata);
        List<Value> subjects = new ArrayList<>();
        facts.arrayOrEmpty("subjects").strings().forEach(line -> subjects.add(subject(line)));
        if (!subjects.isEmpty()) {
            out.put("subjects", ArrayValue.of(subjects));
        }
        String[] role = facts.stringOrEmpty("role").split(" ");
        return out.put(
                        "roleRef",
                        ObjectValue.builder()
                                .put("apiGroup", GROUP)
                                .put("kind", role[0])
                                .put("name", role[1])
                                .build())
                .build();
    }

    private static ObjectValue subject(String line) {
        String[] parts = line.split(" ");
        if (parts[0].equals("ServiceAccount")) {
            String[] place = parts[1].split("/");
            return ObjectValue.builder()
                    .put("kind", parts[0])
                    .put("name", place[1])
                    .put("namespace", place[0])
                    .build();
        }
        return ObjectValue.builder()
                .put("kind", parts[0])
                .put("apiGroup", GROUP)
                .put("name", parts[1])
                .build();
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of the built-in kinds, read from resource files: a small index at the start, the types of a Go package
 * when the first of them is touched. Safe for use by several threads.
 */
public final class SchemaFacts {
    private static final String FOLDER = "/io/apiserver4j/facts/";
    private static final String META_PACKAGE = "apimachinery/pkg/apis/meta/v1";

    private final Map<String, String> files = new HashMap<>();
    private final Set<String> common = new HashSet<>();
    private final List<String> groupVersions = new ArrayList<>();
    /** By the name of a kind, since texts are cheap keys from the first use on. */
    private final Map<String, List<KnownKind>> kinds = new HashMap<>();

    private final Map<String, SchemaSet> sets = new ConcurrentHashMap<>();

    /** A kind of the index, and the name of its type. */
    private record KnownKind(String apiVersion, String type) {}

    private static final class Builtin {
        static final SchemaFacts FACTS = new SchemaFacts();
    }

    private SchemaFacts() {
        String main = "";
        String apiVersion = "";
        String index = resource("schema/index.txt");
        for (int at = 0; at < index.length(); ) {
            int end = index.indexOf('\n', at);
            if (index.charAt(at) == ' ') {
                String type = index.substring(at + 1, end);
                int dot = type.lastIndexOf('.');
                add(
                        type.substring(dot + 1),
                        apiVersion,
                        dot < 0 ? main.concat(".").concat(type) : type);
            } else {
                String[] words = index.substring(at, end).split(" ");
                switch (words[0]) {
                    case "package" -> files.put(words[1], words[2]);
                    case "common" -> common.add(words[1]);
                    default -> {
                        apiVersion = words[1];
                        main = words[2];
                        groupVersions.add(apiVersion);
                    }
                }
            }
            at = end + 1;
        }
    }

    private void add(String kind, String apiVersion, String type) {
        List<KnownKind> known = kinds.get(kind);
        if (known == null) {
            known = new ArrayList<>(1);
            kinds.put(kind, known);
        }
        known.add(new KnownKind(apiVersion, type));
    }

    /** The facts of the release that this library serves. */
    public static SchemaFacts builtin() {
        return Builtin.FACTS;
    }

    /**
     * The shape of a kind, or null where there is no such kind. The kinds of options and of watch events belong to
     * every group version that has kinds.
     */
    public @Nullable Schema kind(Kind kind) {
        String apiVersion = kind.apiVersion();
        for (KnownKind known : kinds.getOrDefault(kind.kind(), List.of())) {
            if (known.apiVersion.equals(apiVersion)) {
                return type(known.type);
            }
        }
        return common.contains(kind.kind()) && groupVersions.contains(apiVersion)
                ? type(META_PACKAGE.concat(".").concat(kind.kind()))
                : null;
    }

    /**
     * The shape of a named type, e.g. {@code api/core/v1.Container}; {@code meta.} stands for the package of metadata.
     *
     * @throws IllegalArgumentException where there is no such type
     */
    public Schema type(String goTypeName) {
        String full = goTypeName.startsWith("meta.") ? META_PACKAGE.concat(goTypeName.substring(4)) : goTypeName;
        int dot = full.lastIndexOf('.');
        Schema found = dot < 0 ? null : set(full.substring(0, dot)).type(full.substring(dot + 1));
        if (found == null) {
            throw new IllegalArgumentException("no such type: " + goTypeName);
        }
        return found;
    }

    /** All kinds, without the options and watch events that each group version knows. */
    public Set<Kind> kinds() {
        Set<Kind> all = new LinkedHashSet<>();
        kinds.forEach((name, known) -> {
            for (KnownKind one : known) {
                all.add(GroupVersion.parse(one.apiVersion).kind(name));
            }
        });
        return all;
    }

    /** The group versions that have kinds, as apiVersion texts in alphabetical order. */
    public List<String> groupVersions() {
        return Collections.unmodifiableList(groupVersions);
    }

    /** The Go packages that have types. */
    Set<String> packages() {
        return files.keySet();
    }

    /** The types of a Go package. */
    SchemaSet set(String goPackage) {
        SchemaSet known = sets.get(goPackage);
        if (known != null) {
            return known;
        }
        String file = files.get(goPackage);
        if (file == null) {
            throw new IllegalArgumentException("no types of the package " + goPackage);
        }
        SchemaSet fresh =
                new SchemaSet(goPackage, resource("schema/".concat(file).concat(".txt")), this);
        SchemaSet first = sets.putIfAbsent(goPackage, fresh);
        return first == null ? fresh : first;
    }

    /** A facts file, by its path under the folder of facts. */
    static String resource(String path) {
        try (InputStream in = SchemaFacts.class.getResourceAsStream(FOLDER.concat(path))) {
            if (in == null) {
                throw new IllegalStateException("the resource " + FOLDER + path + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of the built-in resources, read once from {@code facts/columns.json}. */
final class ColumnFacts {
    private static final String RESOURCE = "/io/apiserver4j/facts/columns.json";

    private static final class Holder {
        static final ColumnFacts FACTS = load();
    }

    private final Map<String, ColumnSet> byVersion;
    private final Map<String, ColumnSet> byResource = new HashMap<>();
    private final ColumnSet plain;
    private final Map<String, String> texts;

    private ColumnFacts(Map<String, String> texts, Map<String, ColumnSet> byVersion) {
        this.texts = texts;
        this.byVersion = byVersion;
        byVersion.forEach((name, columns) -> byResource.put(withoutVersion(name), columns));
        plain = new ColumnSet(
                List.of(
                        new TableColumn("Name", "string", "name", text("name"), 0),
                        new TableColumn("Created At", "date", "", text("created"), 0)),
                List.of(ColumnFunctions.find("name"), ColumnFunctions.find("created")),
                new ColumnSet.ListRules(null, false, false, true));
    }

    static ColumnFacts get() {
        return Holder.FACTS;
    }

    /** A description that many resources share. */
    String text(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("no such text in the column facts: " + name);
        }
        return text;
    }

    ColumnSet find(String group, String version, String resource) {
        ColumnSet exact = byVersion.get(key(group, version, resource));
        return exact != null ? exact : byResource.getOrDefault(group + "/" + resource, plain);
    }

    Map<String, ColumnSet> all() {
        return Map.copyOf(byVersion);
    }

    private static String key(String group, String version, String resource) {
        return (group.isEmpty() ? "" : group + "/") + version + "/" + resource;
    }

    private static String withoutVersion(String key) {
        String[] parts = key.split("/");
        return parts.length == 2 ? "/" + parts[1] : parts[0] + "/" + parts[2];
    }

    private static ColumnFacts load() {
        ObjectValue facts = read();
        Map<String, String> texts = facts.objectOrEmpty("texts").strings();
        Map<String, ColumnSet> sets = new HashMap<>();
        for (ObjectValue.Member member : facts.objectOrEmpty("resources")) {
            ObjectValue entry = member.value().asObject();
            if (entry != null) {
                sets.put(member.key(), set(entry, texts));
            }
        }
        return new ColumnFacts(texts, sets);
    }

    private static ObjectValue read() {
        try (InputStream in = ColumnFacts.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RESOURCE);
            }
            return JsonReader.readObject(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ColumnSet set(ObjectValue entry, Map<String, String> texts) {
        List<TableColumn> columns = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        for (ObjectValue column : entry.arrayOrEmpty("columns").objects()) {
            String description = column.stringOrEmpty("description");
            columns.add(new TableColumn(
                    column.stringOrEmpty("name"),
                    column.stringOrEmpty("type"),
                    column.stringOrEmpty("format"),
                    description.startsWith("@") ? texts.getOrDefault(description.substring(1), "") : description,
                    column.longOr("priority", 0)));
            cells.add(ColumnFunctions.find(column.stringOrEmpty("cell")));
        }
        return new ColumnSet(
                columns,
                cells,
                new ColumnSet.ListRules(
                        order(entry.getString("rowOrder")),
                        entry.isTrue("wholeList"),
                        entry.has("rowConditions"),
                        entry.isTrue("emptyIsNull")));
    }

    private static @Nullable Comparator<ObjectValue> order(@Nullable String name) {
        if (name == null) {
            return null;
        }
        if (name.equals("flow.byPrecedence")) {
            return AccessColumns.BY_PRECEDENCE;
        }
        throw new IllegalArgumentException("no such order of rows: " + name);
    }
}

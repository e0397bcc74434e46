// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cells of events. Both groups serve the same objects with different field names, so each field is read by two names.
 */
final class EventColumns {
    private EventColumns() {}

    static void addTo(CellRegistry cells) {
        cells.text("event.lastSeen", EventColumns::lastSeen);
        cells.text("event.firstSeen", EventColumns::firstSeen);
        cells.cell("event.count", EventColumns::count);
        cells.text("event.target", EventColumns::target);
        cells.text("event.part", row -> about(row).stringOrEmpty("fieldPath"));
        cells.text("event.source", EventColumns::source);
        cells.text("event.message", row -> message(row).strip());
    }

    private static String firstSeen(Row row) {
        String first = eitherText(row, "firstTimestamp", "deprecatedFirstTimestamp");
        return HumanForms.since(first == null ? row.object().getString("eventTime") : first, row.now());
    }

    private static String lastSeen(Row row) {
        ObjectValue series = row.object().getObject("series");
        if (series != null) {
            return HumanForms.since(series.getString("lastObservedTime"), row.now());
        }
        String last = eitherText(row, "lastTimestamp", "deprecatedLastTimestamp");
        return last == null ? firstSeen(row) : HumanForms.since(last, row.now());
    }

    private static Value count(Row row) {
        ObjectValue series = row.object().getObject("series");
        if (series != null) {
            return Value.of(series.longOr("count", 0));
        }
        long count = row.object().longOr("count", row.object().longOr("deprecatedCount", 0));
        return Value.of(count == 0 ? 1 : count);
    }

    private static ObjectValue about(Row row) {
        return either(row, "involvedObject", "regarding");
    }

    private static String target(Row row) {
        String kind = about(row).stringOrEmpty("kind").toLowerCase(Locale.ROOT);
        String name = about(row).stringOrEmpty("name");
        return name.isEmpty() ? kind : kind + "/" + name;
    }

    private static String source(Row row) {
        ObjectValue source = either(row, "source", "deprecatedSource");
        String component = source.stringOrEmpty("component");
        if (component.isEmpty()) {
            component = orEmpty(eitherText(row, "reportingComponent", "reportingController"));
        }
        String host = source.stringOrEmpty("host");
        if (host.isEmpty()) {
            host = row.object().stringOrEmpty("reportingInstance");
        }
        return host.isEmpty() ? component : component + ", " + host;
    }

    private static String message(Row row) {
        return orEmpty(eitherText(row, "message", "note"));
    }

    private static ObjectValue either(Row row, String name, String otherName) {
        ObjectValue value = row.object().getObject(name);
        return value == null ? row.object().objectOrEmpty(otherName) : value;
    }

    private static @Nullable String eitherText(Row row, String name, String otherName) {
        String text = row.object().getString(name);
        return text == null ? row.object().getString(otherName) : text;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.meta.GoDuration;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.PlainText;
import io.apiserver4j.request.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What the levels and their queues hold now, as tables of text with the columns of kube-apiserver. */
final class FlowDump {
    private static final List<String> DETAILS =
            List.of("UserName", "Verb", "APIPath", "Namespace", "Name", "APIVersion", "Resource", "SubResource");
    private static final int LEAST_WIDTH = 8;

    private final Supplier<List<PriorityLevel>> levels;

    FlowDump(Supplier<List<PriorityLevel>> levels) {
        this.levels = levels;
    }

    private List<PriorityLevel> sorted() {
        return levels.get().stream()
                .sorted(Comparator.comparing(PriorityLevel::name))
                .toList();
    }

    ApiResponse levels(Call call) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "PriorityLevelName",
                "ActiveQueues",
                "IsIdle",
                "IsQuiescing",
                "WaitingRequests",
                "ExecutingRequests",
                "DispatchedRequests",
                "RejectedRequests",
                "TimedoutRequests",
                "CancelledRequests"));
        for (PriorityLevel level : sorted()) {
            PriorityLevel.Dump dump = level.dump();
            long waiting = dump.waiting().stream().mapToLong(List::size).sum();
            rows.add(List.of(
                    level.name(),
                    text(dump.waiting().stream().filter(list -> !list.isEmpty()).count()),
                    Boolean.toString(waiting == 0 && dump.working().isEmpty()),
                    "false",
                    text(waiting),
                    text(dump.working().size()),
                    text(dump.dispatched()),
                    text(dump.refused()),
                    "0",
                    text(dump.cancelled())));
        }
        return table(rows);
    }

    ApiResponse queues(Call call) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "PriorityLevelName",
                "Index",
                "PendingRequests",
                "ExecutingRequests",
                "SeatsInUse",
                "NextDispatchR",
                "InitialSeatsSum",
                "MaxSeatsSum",
                "TotalWorkSum"));
        for (PriorityLevel level : sorted()) {
            PriorityLevel.Dump dump = level.dump();
            for (int i = 0; i < dump.queues().size(); i++) {
                FlowQueue queue = dump.queues().get(i);
                int initial = dump.waiting().get(i).stream()
                        .mapToInt(ticket -> ticket.estimate.initial())
                        .sum();
                rows.add(List.of(
                        level.name(),
                        text(i),
                        text(queue.length()),
                        text(queue.executing),
                        text(queue.seatsInUse),
                        seconds(queue.next),
                        text(initial),
                        text(queue.seatsWaiting()),
                        seconds(queue.work())));
            }
        }
        return table(rows);
    }

    ApiResponse requests(Call call) {
        boolean details =
                !call.request().query().firstOrEmpty("includeRequestDetails").isEmpty();
        List<String> head = new ArrayList<>(List.of(
                "PriorityLevelName",
                "FlowSchemaName",
                "QueueIndex",
                "RequestIndexInQueue",
                "FlowDistingsher",
                "ArriveTime",
                "InitialSeats",
                "FinalSeats",
                "AdditionalLatency",
                "StartTime"));
        if (details) {
            head.addAll(DETAILS);
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(head);
        for (PriorityLevel level : sorted()) {
            PriorityLevel.Dump dump = level.dump();
            for (int i = 0; i < dump.waiting().size(); i++) {
                List<Ticket> waiting = dump.waiting().get(i);
                for (int j = 0; j < waiting.size(); j++) {
                    rows.add(row(level, waiting.get(j), i, j, details));
                }
            }
            for (Ticket ticket : dump.working()) {
                FlowQueue queue = ticket.queue;
                rows.add(row(level, ticket, queue == null ? -1 : dump.queues().indexOf(queue), -1, details));
            }
        }
        return table(rows);
    }

    private static List<String> row(PriorityLevel level, Ticket ticket, int queue, int place, boolean details) {
        List<String> row = new ArrayList<>(List.of(
                level.name(),
                ticket.series.schema().name(),
                text(queue),
                text(place),
                ticket.distinguisher,
                ticket.arrived.toString(),
                text(ticket.estimate.initial()),
                text(ticket.estimate.last()),
                GoDuration.format(ticket.estimate.lingerNanos()),
                place >= 0 ? "0001-01-01T00:00:00Z" : start(ticket).toString()));
        if (details) {
            Call call = ticket.call;
            Target target = call.requireTarget();
            row.add(call.requireIdentity().user());
            row.add(target.verb().word());
            row.add(target.path());
            if (target instanceof Target.OfResource resource) {
                row.addAll(List.of(
                        resource.namespace(),
                        resource.name(),
                        resource.group().isEmpty() ? resource.version() : resource.group() + "/" + resource.version(),
                        resource.resource(),
                        resource.subresource()));
            } else {
                row.addAll(List.of("", "", "", "", ""));
            }
        }
        return row;
    }

    private static Instant start(Ticket ticket) {
        return ticket.arrived.plus(Duration.ofNanos(ticket.startNanos - ticket.enteredNanos));
    }

    private static String text(long number) {
        return Long.toString(number);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.8fss", seconds);
    }

    /** Columns as wide as their longest cell and one space more; the last one as it is. */
    private static ApiResponse table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns - 1; i++) {
                widths[i] =
                        Math.max(Math.max(widths[i], LEAST_WIDTH), row.get(i).length() + 2);
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            for (int i = 0; i < columns - 1; i++) {
                String cell = row.get(i) + ",";
                out.append(cell).append(" ".repeat(widths[i] - cell.length()));
            }
            out.append(row.get(columns - 1)).append('\n');
        }
        return PlainText.of(200, out.toString());
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.measure.Measures;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Cancellation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queues and seats of one level, without threads: tickets are moved by hand. */
class PriorityLevelTest {
    private static final WorkEstimate WIDE = new WorkEstimate(3, 0, 0);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Measures measures = new Measures();
    private final FlowSeries series =
            new FlowSeries(new FlowSchema("schema", "s", 1, "level", "ByUser", List.of()), new FlowMeasures(measures));

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void aGreedyFlowAndAModestOneTakeTurns() {
        PriorityLevel level = level(1, 64, 50, 100);
        List<Ticket> greedy = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            greedy.add(enter(level, WorkEstimate.ONE, flow(1)));
        }
        Ticket first = enter(level, WorkEstimate.ONE, flow(2));
        Ticket second = enter(level, WorkEstimate.ONE, flow(2));
        assertThat(working(greedy)).isEqualTo(1);
        greedy.get(0).close();
        greedy.get(1).close();
        assertThat(first.state).isNotEqualTo(Ticket.State.WAITING);
        first.close();
        working(greedy, level);
        assertThat(second.state).isNotEqualTo(Ticket.State.WAITING);
    }

    private static long working(List<Ticket> tickets) {
        return tickets.stream()
                .filter(ticket -> ticket.state == Ticket.State.WORKING)
                .count();
    }

    /** Ends those of a flow that are worked on now. */
    private static void working(List<Ticket> tickets, PriorityLevel level) {
        assertThat(level.isIdle()).isFalse();
        List.copyOf(tickets).stream()
                .filter(ticket -> ticket.state == Ticket.State.WORKING)
                .forEach(Ticket::close);
    }

    @Test
    void seatsAreNeverExceededAndAllAreServed() {
        PriorityLevel level = level(4, 8, 50, 100);
        List<Ticket> all = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            all.add(enter(level, i % 3 == 0 ? WIDE : WorkEstimate.ONE, flow(i % 5)));
        }
        int served = 0;
        while (served < 60) {
            List<Ticket> now = all.stream()
                    .filter(ticket -> ticket.state == Ticket.State.WORKING)
                    .toList();
            assertThat(now).isNotEmpty();
            assertThat(now.stream().mapToInt(ticket -> ticket.estimate.seats()).sum())
                    .isLessThanOrEqualTo(4);
            now.get(0).close();
            served++;
        }
        assertThat(level.isIdle()).isTrue();
        assertThat(measures.text())
                .contains("apiserver_flowcontrol_current_executing_seats{flow_schema=\"schema\","
                        + "priority_level=\"level\"} 0")
                .contains("apiserver_flowcontrol_dispatched_requests_total{flow_schema=\"schema\","
                        + "priority_level=\"level\"} 60");
    }

    @Test
    void aFullQueueRefuses() {
        PriorityLevel level = level(1, 1, 2, 100);
        Ticket working = enter(level, WorkEstimate.ONE, 1);
        Ticket waits = enter(level, WorkEstimate.ONE, 1);
        Ticket waitsToo = enter(level, WorkEstimate.ONE, 2);
        Ticket refused = enter(level, WorkEstimate.ONE, 3);
        assertThat(List.of(working.state, waits.state, waitsToo.state, refused.state))
                .containsExactly(
                        Ticket.State.WORKING, Ticket.State.WAITING, Ticket.State.WAITING, Ticket.State.REFUSED);
        assertThat(measures.text()).contains("reason=\"queue-full\"} 1");
    }

    @Test
    void whoWaitsTooLongOrIsGoneMakesPlace() {
        PriorityLevel level = level(1, 1, 5, 100);
        Ticket working = enter(level, WorkEstimate.ONE, 1);
        Ticket late = enter(level, WorkEstimate.ONE, 1);
        assertThat(late.isAdmitted(0, new Cancellation())).isFalse();
        Cancellation gone = new Cancellation();
        gone.cancel();
        Ticket left = enter(level, WorkEstimate.ONE, 1);
        assertThat(left.isAdmitted(TimeUnit.MINUTES.toNanos(1), gone)).isFalse();
        Ticket next = enter(level, WorkEstimate.ONE, 1);
        working.close();
        assertThat(next.isAdmitted(0, new Cancellation())).isTrue();
        next.close();
        assertThat(level.isIdle()).isTrue();
        assertThat(measures.text()).contains("reason=\"time-out\"} 2");
    }

    @Test
    void aCallWiderThanTheLevelGetsItAlone() {
        PriorityLevel level = level(2, 1, 5, 100);
        Ticket working = enter(level, WorkEstimate.ONE, 1);
        Ticket wide = enter(level, WIDE, 1);
        assertThat(wide.state).isEqualTo(Ticket.State.WAITING);
        working.close();
        assertThat(wide.state).isEqualTo(Ticket.State.WORKING);
        wide.close();
    }

    @Test
    void withoutQueuesCallsBeyondTheSeatsAreRefused() {
        PriorityLevel level = level(1, 0, 0, 100);
        Ticket working = enter(level, WorkEstimate.ONE, 1);
        assertThat(enter(level, WorkEstimate.ONE, 1).state).isEqualTo(Ticket.State.REFUSED);
        working.close();
        assertThat(enter(level, WorkEstimate.ONE, 1).state).isEqualTo(Ticket.State.WORKING);
        assertThat(measures.text()).contains("reason=\"concurrency-limit\"} 1");
    }

    @Test
    void writesKeepTheirSeatsUntilWatchersAreTold() throws Exception {
        PriorityLevel level = level(3, 1, 5, 100);
        Ticket write = enter(level, new WorkEstimate(1, 3, TimeUnit.MILLISECONDS.toNanos(5)), 1);
        write.close();
        Ticket next = enter(level, WorkEstimate.ONE, 1);
        assertThat(next.isAdmitted(TimeUnit.SECONDS.toNanos(10), new Cancellation()))
                .isTrue();
        next.close();
        assertThat(level.isIdle()).isTrue();
    }

    @Test
    void fewerPlacesToWaitThanQueuesHold() {
        PriorityLevel level = level(1, 8, 50, 4);
        enter(level, WorkEstimate.ONE, 1);
        List<Ticket.State> states = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            states.add(enter(level, WorkEstimate.ONE, i).state);
        }
        assertThat(states.subList(0, 3)).containsOnly(Ticket.State.WAITING);
        assertThat(states.subList(3, 6)).containsOnly(Ticket.State.REFUSED);
    }

    @Test
    void seatsThatAreNotWantedAreLentToThoseThatWantMore() {
        PriorityLevel busy = level(4, 8, 50, 100);
        PriorityLevel idle = level(4, 8, 50, 100);
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tickets.add(enter(busy, WorkEstimate.ONE, i));
        }
        assertThat(working(tickets)).isEqualTo(4);
        Lending.adjust(List.of(busy, idle), 8, 1);
        assertThat(working(tickets)).isEqualTo(6); // the other one keeps two, which it does not lend
        assertThat(idle.dump().limit()).isEqualTo(2);
    }

    private Ticket enter(PriorityLevel level, WorkEstimate estimate, long flow) {
        Call call = new Call(
                ApiRequest.get("/version"), "id", Instant.EPOCH, null, null, null, new CallNotes(), new Cancellation());
        Ticket ticket = new Ticket(level, series, estimate, "", call, System.nanoTime());
        level.enter(ticket, flow);
        return ticket;
    }

    /** A flow whose queue, of 64 by hands of one, differs from that of the others. */
    private static long flow(int number) {
        long flow = number;
        int[] hand = new int[1];
        while (true) {
            Shuffle.deal(flow, 64, hand);
            if (hand[0] % 16 == number) {
                return flow;
            }
            flow += 1000;
        }
    }

    private PriorityLevel level(int seats, int queues, int length, int waits) {
        LevelConfig config = new LevelConfig("level", "u", false, 1, 50, null, queues, 1, length);
        PriorityLevel level = new PriorityLevel(config, timer, new WaitBudget(waits), System.nanoTime());
        level.configure(config, new PriorityLevel.Limits(seats, seats / 2, 2 * seats), 0.5);
        level.limit(seats);
        return level;
    }
}

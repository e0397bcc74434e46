// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The seats of one priority level and the queues before them. Fair among flows by seats: each queue is owed the same part of
 * the seats for as long as it has something to do, and the next to begin is the first of that queue which would be the first
 * to end in a world where all of them progress at the same pace.
 */
final class PriorityLevel {
    private static final FlowQueue[] NONE = {};

    private final String name;
    private final ScheduledExecutorService timer;
    private final WaitBudget budget;
    private final ReentrantLock lock = new ReentrantLock();
    private final SeatDemand demand;
    private final Working working = new Working();
    private volatile LevelConfig config;
    private FlowQueue[] queues = NONE;
    private Limits limits = new Limits(0, 0, 0);
    private int limit;
    private int promisedWaits;
    private double smoothed;
    private SeatDemand.Seen seen = new SeatDemand.Seen(0, 0, 0, 0);

    private int waiting;
    private int seatsWaiting;
    private int waitingInCommon;
    private int seatsInUse;
    private int activeQueues;
    private double progress;
    private long progressNanos;
    private int robin;
    private int turns;
    private long dispatched;
    private long refused;
    private long cancelled;

    /** Seats: what its shares give, and between which numbers lending and borrowing may move that. */
    record Limits(int nominal, int least, int most) {}

    /** Everything that can be told, at one time. */
    record Dump(
            List<FlowQueue> queues,
            List<List<Ticket>> waiting,
            List<Ticket> working,
            int limit,
            Limits limits,
            double smoothed,
            SeatDemand.Seen seen,
            long dispatched,
            long refused,
            long cancelled) {}

    PriorityLevel(LevelConfig config, ScheduledExecutorService timer, WaitBudget budget, long nanos) {
        this.name = config.name();
        this.config = config;
        this.timer = timer;
        this.budget = budget;
        this.demand = new SeatDemand(nanos);
        this.progressNanos = nanos;
    }

    String name() {
        return name;
    }

    LevelConfig config() {
        return config;
    }

    /** Takes a configuration on; those who wait stay in their queues. */
    void configure(LevelConfig wanted, Limits seats, double part) {
        lock.lock();
        try {
            sync(System.nanoTime());
            boolean first = limits.nominal() == 0;
            config = wanted;
            limits = seats;
            promisedWaits = budget.of(part);
            if (first) {
                limit = seats.nominal() - (seats.nominal() - seats.least()) / 2;
            }
            limit = Math.max(seats.least(), Math.min(seats.most(), limit));
            if (queues.length < wanted.queues()) {
                FlowQueue[] grown = new FlowQueue[wanted.queues()];
                System.arraycopy(queues, 0, grown, 0, queues.length);
                for (int i = queues.length; i < grown.length; i++) {
                    grown[i] = new FlowQueue();
                }
                queues = grown;
            }
            trim();
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /** Queues beyond the wanted number go as they get empty. */
    private void trim() {
        int length = queues.length;
        while (length > config.queues() && queues[length - 1].isIdle()) {
            length--;
        }
        if (length < queues.length) {
            FlowQueue[] kept = new FlowQueue[length];
            System.arraycopy(queues, 0, kept, 0, length);
            queues = kept;
            robin = 0;
        }
    }

    /** The number of seats that a single call may have at most. */
    int widest() {
        LevelConfig now = config;
        int nominal = limits.nominal();
        return now.queues() == 0
                ? Integer.MAX_VALUE
                : (int) Math.max(1, Math.min(Math.ceil(nominal * 0.15), nominal / now.handSize()));
    }

    /** Gives a call its seats, puts it into a queue, or refuses it: the ticket's state says which. */
    void enter(Ticket ticket, long flow) {
        lock.lock();
        try {
            sync(ticket.enteredNanos);
            ticket.arrivedAt = progress;
            if (config.exempt()) {
                begin(ticket, ticket.enteredNanos);
            } else if (config.queues() == 0) {
                if (fits(ticket.estimate.seats())) {
                    begin(ticket, ticket.enteredNanos);
                } else {
                    refuse(ticket, "concurrency-limit");
                }
            } else {
                enqueue(ticket, queues[choose(flow)]);
            }
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(Ticket ticket, FlowQueue queue) {
        if (seatsInUse >= limit && queue.length() >= config.queueLength()) {
            refuse(ticket, "queue-full");
            return;
        }
        ticket.queue = queue;
        if (waiting == 0 && fits(ticket.estimate.seats())) {
            if (!queue.isActive()) {
                queue.next = progress;
            }
            queue.next += ticket.estimate.work();
            begin(ticket, ticket.enteredNanos);
            return;
        }
        if (waiting - waitingInCommon < promisedWaits) {
            ticket.waitsInCommon = false;
        } else if (budget.take()) {
            ticket.waitsInCommon = true;
            waitingInCommon++;
        } else {
            refuse(ticket, "queue-full");
            return;
        }
        if (!queue.isActive()) {
            queue.next = progress;
            activeQueues++;
        }
        queue.add(ticket);
        queue.bound();
        waiting++;
        seatsWaiting += ticket.estimate.seats();
        ticket.series.queued(ticket.estimate.seats(), queue.length());
        noteDemand(ticket.enteredNanos);
        dispatch();
    }

    /** Of the hand of a flow, the queue with the least work; the first to be looked at differs from turn to turn. */
    private int choose(long flow) {
        int[] hand = new int[config.handSize()];
        Shuffle.deal(flow, config.queues(), hand);
        int start = Math.floorMod(turns++, hand.length);
        int best = hand[start];
        for (int i = 1; i < hand.length && queues[best].work() > 0; i++) {
            int other = hand[(start + i) % hand.length];
            if (queues[other].work() < queues[best].work()) {
                best = other;
            }
        }
        return best;
    }

    private boolean fits(int seats) {
        return seats > limit ? working.isEmpty() : seatsInUse + seats <= limit;
    }

    private void begin(Ticket ticket, long nanos) {
        FlowQueue queue = ticket.queue;
        if (queue != null) {
            if (!queue.isActive()) {
                activeQueues++;
            }
            queue.executing++;
            queue.seatsInUse += ticket.estimate.seats();
        }
        seatsInUse += ticket.estimate.seats();
        working.add(ticket);
        dispatched++;
        ticket.startNanos = nanos;
        ticket.series.began(ticket.estimate.seats());
        noteDemand(nanos);
        ticket.decide(Ticket.State.WORKING);
    }

    private void refuse(Ticket ticket, String reason) {
        refused++;
        ticket.series.refused(reason);
        ticket.decide(Ticket.State.REFUSED);
    }

    /** The fair world goes on: at each time its pace is the seats that are asked for, over the queues that ask. */
    private void sync(long nanos) {
        long passed = nanos - progressNanos;
        if (passed <= 0) {
            return;
        }
        progressNanos = nanos;
        if (activeQueues > 0) {
            progress += passed / 1e9 * Math.min(limit, seatsInUse + seatsWaiting) / activeQueues;
        }
    }

    private void noteDemand(long nanos) {
        demand.set(seatsInUse + seatsWaiting, nanos);
    }

    private void dispatch() {
        while (waiting > 0 && (seatsInUse < limit || working.isEmpty())) {
            int next = nextQueue();
            FlowQueue queue = queues[next];
            Ticket ticket = queue.first();
            if (ticket == null || !fits(ticket.estimate.seats())) {
                return;
            }
            robin = next;
            takeOut(ticket, queue);
            queue.next += ticket.estimate.work();
            begin(ticket, System.nanoTime());
            queue.bound();
        }
    }

    private int nextQueue() {
        double least = Double.POSITIVE_INFINITY;
        int found = robin;
        for (int i = 1; i <= queues.length; i++) {
            int at = (robin + i) % queues.length;
            Ticket first = queues[at].first();
            if (first != null) {
                double end = queues[at].next + first.estimate.work();
                if (end < least) {
                    least = end;
                    found = at;
                }
            }
        }
        return found;
    }

    /** Takes one that waits out of its queue; the queue still counts as active. */
    private void takeOut(Ticket ticket, FlowQueue queue) {
        queue.remove(ticket);
        waiting--;
        seatsWaiting -= ticket.estimate.seats();
        ticket.series.unqueued(ticket.estimate.seats());
        if (ticket.waitsInCommon) {
            waitingInCommon--;
            budget.give();
        }
        if (!queue.isActive()) {
            activeQueues--;
        }
    }

    /** One that waits does so no more. */
    void giveUp(Ticket ticket) {
        lock.lock();
        try {
            FlowQueue queue = ticket.queue;
            if (ticket.state != Ticket.State.WAITING || queue == null) {
                return;
            }
            long nanos = System.nanoTime();
            sync(nanos);
            takeOut(ticket, queue);
            queue.bound();
            cancelled++;
            refuse(ticket, "time-out");
            noteDemand(nanos);
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    /** One that had seats is done; its seats are free at once, or later where it lingers. */
    void leave(Ticket ticket) {
        long nanos = System.nanoTime();
        lock.lock();
        try {
            sync(nanos);
            ticket.state = Ticket.State.DONE;
            working.remove(ticket);
            ticket.series.ended(nanos - ticket.startNanos);
            FlowQueue queue = ticket.queue;
            if (queue != null) {
                queue.executing--;
                queue.next -=
                        ticket.estimate.initial() * (WorkEstimate.GUESS - Math.max(0, nanos - ticket.startNanos) / 1e9);
                queue.bound();
                if (!queue.isActive()) {
                    activeQueues--;
                }
            }
            if (ticket.estimate.lingerNanos() <= 0 || config.exempt()) {
                release(ticket, nanos);
                return;
            }
        } finally {
            lock.unlock();
        }
        linger(ticket);
    }

    private void linger(Ticket ticket) {
        Runnable later = () -> {
            lock.lock();
            try {
                long nanos = System.nanoTime();
                sync(nanos);
                release(ticket, nanos);
            } finally {
                lock.unlock();
            }
        };
        if (timer.isShutdown()) {
            later.run();
        } else {
            timer.schedule(later, ticket.estimate.lingerNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void release(Ticket ticket, long nanos) {
        seatsInUse -= ticket.estimate.seats();
        FlowQueue queue = ticket.queue;
        if (queue != null) {
            queue.seatsInUse -= ticket.estimate.seats();
        }
        ticket.series.released(ticket.estimate.seats());
        noteDemand(nanos);
        if (queues.length > config.queues()) {
            trim();
        }
        dispatch();
    }

    boolean isIdle() {
        lock.lock();
        try {
            return waiting == 0 && working.isEmpty() && seatsInUse == 0;
        } finally {
            lock.unlock();
        }
    }

    /** What was wanted since this was asked last, smoothed over some minutes: the measure of lending and borrowing. */
    SeatDemand.Seen demand(double decay) {
        lock.lock();
        try {
            seen = demand.next(System.nanoTime());
            double envelope = seen.mean() + seen.deviation();
            if (seen.seconds() > 0) {
                smoothed = Math.max(envelope, decay * smoothed + (1 - decay) * envelope);
            }
            return seen;
        } finally {
            lock.unlock();
        }
    }

    double smoothed() {
        return smoothed;
    }

    Limits limits() {
        return limits;
    }

    /** Sets how many seats there are now. */
    void limit(int seats) {
        lock.lock();
        try {
            sync(System.nanoTime());
            limit = seats;
            dispatch();
        } finally {
            lock.unlock();
        }
    }

    Dump dump() {
        lock.lock();
        try {
            List<List<Ticket>> lists = new ArrayList<>();
            for (FlowQueue queue : queues) {
                lists.add(queue.list());
            }
            return new Dump(
                    List.of(queues),
                    lists,
                    working.list(),
                    limit,
                    limits,
                    smoothed,
                    seen,
                    dispatched,
                    refused,
                    cancelled);
        } finally {
            lock.unlock();
        }
    }
}

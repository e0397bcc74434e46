// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Stage;
import io.apiserver4j.request.Target;
import io.apiserver4j.request.Verb;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The faults that a test asked for, as a stage of the server's corridor. Calls that no rule matches reach the real server.
 * Clients of Kubernetes try again by themselves at 429, 500 and 503: a rule that is to be seen by the test needs more
 * {@link Rule#times} than the client has patience. Safe for use by several threads.
 */
public final class Faults implements Stage {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    /** No faults yet. */
    public Faults() {}

    /** A rule for calls of a verb to a resource (plural name); empty texts match all. Says what goes wrong by {@code then}. */
    public Rule on(String verb, String resource) {
        return new Rule(verb, resource);
    }

    /** Forgets all rules. */
    public void clear() {
        rules.clear();
    }

    /** Rules that no call has matched so often as they were to. */
    public List<String> unused() {
        List<String> out = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.left.get() > 0 && rule.left.get() != Integer.MAX_VALUE || rule.hits.get() == 0) {
                out.add(rule.toString());
            }
        }
        return out;
    }

    /** Which calls, how often, and what goes wrong. */
    public final class Rule {
        private final String verb;
        private final String resource;
        private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        private final AtomicInteger skip = new AtomicInteger();
        private final AtomicInteger hits = new AtomicInteger();
        private String name = "";
        private String user = "";
        private volatile @Nullable Fault fault;

        private Rule(String verb, String resource) {
            this.verb = verb;
            this.resource = resource;
        }

        /** Only calls about this object. */
        public Rule named(String objectName) {
            name = objectName;
            return this;
        }

        /** Only calls of this user. */
        public Rule by(String userName) {
            user = userName;
            return this;
        }

        /** Only the first so many matching calls. */
        public Rule times(int count) {
            left.set(count);
            return this;
        }

        /** Only from the n-th matching call on (1 is the first). */
        public Rule fromCall(int n) {
            skip.set(n - 1);
            return this;
        }

        /** What goes wrong; the rule is in force from now on. */
        public Rule then(Fault wanted) {
            fault = wanted;
            rules.add(this);
            return this;
        }

        /** How many calls it was applied to. */
        public int hits() {
            return hits.get();
        }

        private @Nullable Fault match(Call call) {
            Fault wanted = fault;
            if (wanted == null || !matches(call)) {
                return null;
            }
            if (skip.getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0) {
                return null;
            }
            if (left.getAndUpdate(n -> n > 0 && n != Integer.MAX_VALUE ? n - 1 : n) == 0) {
                return null;
            }
            hits.incrementAndGet();
            return wanted;
        }

        private boolean matches(Call call) {
            if (!(call.requireTarget() instanceof Target.OfResource target)) {
                return false;
            }
            String asked =
                    target.subresource().isEmpty() ? target.resource() : target.resource() + "/" + target.subresource();
            return (verb.isEmpty() || target.verb().word().equals(verb))
                    && (resource.isEmpty() || resource.equals(asked))
                    && (name.isEmpty() || name.equals(target.name()))
                    && (user.isEmpty() || user.equals(call.requireIdentity().user()));
        }

        @Override
        public String toString() {
            return verb + " " + resource + (name.isEmpty() ? "" : " " + name);
        }
    }

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        for (Rule rule : rules) {
            Fault fault = rule.match(call);
            if (fault != null) {
                return apply(fault, call, next);
            }
        }
        return next.handle(call);
    }

    private static ApiResponse apply(Fault fault, Call call, Endpoint next) {
        if (!fault.delay().isZero()) {
            try {
                Thread.sleep(fault.delay().toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (fault.status() != null && !fault.afterwards()) {
            throw fault.status().asException();
        }
        ApiResponse response = next.handle(call);
        if (fault.status() != null) {
            throw fault.status().asException();
        }
        boolean watch = call.requireTarget().verb() == Verb.WATCH;
        return watch && fault.frames() >= 0 && response instanceof ApiResponse.Streaming stream
                ? new ApiResponse.Streaming(
                        stream.code(), stream.headers(), cut(stream.chunks(), fault.frames()), stream.flushEach())
                : response;
    }

    /** A publisher that completes after so many buffers. */
    private static Flow.Publisher<List<ByteBuffer>> cut(Flow.Publisher<List<ByteBuffer>> source, int frames) {
        return wanted -> source.subscribe(new Cutter(wanted, frames));
    }

    private static final class Cutter implements Flow.Subscriber<List<ByteBuffer>>, Flow.Subscription {
        private final Flow.Subscriber<? super List<ByteBuffer>> to;
        private int left;
        private boolean done;
        private Flow.@Nullable Subscription subscription;

        Cutter(Flow.Subscriber<? super List<ByteBuffer>> to, int left) {
            this.to = to;
            this.left = left;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            to.onSubscribe(this);
            if (left == 0) {
                end();
            }
        }

        @Override
        public void onNext(List<ByteBuffer> group) {
            if (done) {
                return;
            }
            List<ByteBuffer> kept = group.size() <= left ? group : group.subList(0, left);
            left -= kept.size();
            to.onNext(kept);
            if (left == 0) {
                end();
            }
        }

        private void end() {
            if (!done) {
                done = true;
                cancel();
                to.onComplete();
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (!done) {
                done = true;
                to.onError(failure);
            }
        }

        @Override
        public void onComplete() {
            if (!done) {
                done = true;
                to.onComplete();
            }
        }

        @Override
        public void request(long n) {
            Flow.Subscription given = subscription;
            if (given != null) {
                given.request(n);
            }
        }

        @Override
        public void cancel() {
            Flow.Subscription given = subscription;
            if (given != null) {
                given.cancel();
            }
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.outbound;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.value.JsonWriter;
import io.apiserver4j.value.ObjectValue;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Makes the calls of one server. Threads and clients come with the first call. */
public final class Outbound implements AutoCloseable {
    private final Map<String, LocalEndpoint> local;
    private final ServiceResolver services;
    private @Nullable ExecutorService executor; // guarded by this
    private @Nullable JdkHttpCaller caller; // guarded by this

    /**
     * Calls by these settings.
     *
     * @param clusterServices finds services where the settings don't
     */
    public Outbound(OutboundSettings settings, ServiceResolver clusterServices) {
        local = settings.local();
        ServiceResolver chosen = settings.services();
        services = chosen != null ? chosen : clusterServices;
    }

    /**
     * Posts a document and gives the one that is answered, which is of the same kind (or does not say its kind).
     *
     * @throws CallException where there is no such answer in time
     */
    public ObjectValue post(CallTarget target, ObjectValue document, CallLimits limits) {
        LocalEndpoint endpoint = local.isEmpty() ? null : local.get(target.address());
        if (endpoint != null) {
            return askLocal(endpoint, target, document, limits);
        }
        return AnswerRules.document(caller().post(target, JsonWriter.toBytes(document), limits), Kind.of(document));
    }

    private ObjectValue askLocal(LocalEndpoint endpoint, CallTarget target, ObjectValue document, CallLimits limits) {
        CompletableFuture<ObjectValue> answer = new CompletableFuture<>();
        limits.cancellation().onCancel(() -> answer.cancel(true));
        executor().execute(() -> {
            try {
                answer.complete(endpoint.answer(document));
            } catch (Exception e) { // of whatever the function does
                answer.completeExceptionally(e);
            }
        });
        String why;
        try {
            return answer.get(limits.patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            why = String.valueOf(e.getCause());
        } catch (TimeoutException e) {
            why = "context deadline exceeded";
        } catch (CancellationException e) {
            why = "context canceled";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            why = "context canceled";
        }
        throw CallException.failed("Post " + GoText.quote(target.address()) + ": " + why);
    }

    /** Threads for calls that are made side by side; they come when needed and go when idle. */
    public synchronized Executor executor() {
        ExecutorService known = executor;
        if (known == null) {
            AtomicInteger count = new AtomicInteger();
            known = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "apiserver4j-outbound-" + count.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
            executor = known;
        }
        return known;
    }

    private synchronized JdkHttpCaller caller() {
        JdkHttpCaller known = caller;
        if (known == null) {
            known = new JdkHttpCaller(services, executor());
            caller = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        ExecutorService known = executor;
        if (known != null) {
            known.shutdownNow();
        }
    }
}

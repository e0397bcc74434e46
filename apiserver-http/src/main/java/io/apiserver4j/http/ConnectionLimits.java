// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.ApiRequest;
import java.time.Duration;

/**
 * How much, and for how long, a client may ask of the door.
 *
 * @param bodyBytes largest request body; of a larger one, one byte more is handed to the server, which answers 413 by it,
 *     so this should be the server's own limit ({@link ApiRequest#BODY_LIMIT})
 * @param bufferedBytes largest sum of all request bodies held at a time; beyond it requests are answered 429
 * @param headerBytes largest head of a request; beyond it 431
 * @param streams requests that may be open on one HTTP/2 connection
 * @param resets how many streams a client may reset on one connection in thirty seconds before it is sent away
 * @param handlers requests whose handlers may run at once, also those that the server lets wait for their turn (up to
 *     2048, beside those it works on); more wait
 * @param waiting requests that may wait for a handler; beyond it 429
 * @param headerTimeout time for TLS, and for a request's head once it began
 * @param bodyTimeout time for a request's body; beyond it 504
 * @param idleTimeout time after which a connection without requests is closed
 * @param stallTimeout time after which a client that takes nothing of its answer is cut off
 */
public record ConnectionLimits(
        int bodyBytes,
        long bufferedBytes,
        int headerBytes,
        int streams,
        int resets,
        int handlers,
        int waiting,
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration idleTimeout,
        Duration stallTimeout) {
    /** What kube-apiserver v1.37 allows, and for what it leaves open (from {@code resets} on) values of our own. */
    public static final ConnectionLimits STANDARD = new ConnectionLimits(
            ApiRequest.BODY_LIMIT,
            Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4),
            1 << 20,
            250,
            1000,
            3072,
            4096,
            Duration.ofSeconds(32),
            Duration.ofSeconds(60),
            Duration.ofSeconds(90),
            Duration.ofSeconds(30));

    /** Checks the numbers. */
    public ConnectionLimits {
        if (bodyBytes < 1 || headerBytes < 1024 || streams < 1 || resets < 1 || handlers < 1 || waiting < 0) {
            throw new IllegalArgumentException("a limit is too small");
        }
        if (bufferedBytes < bodyBytes) {
            throw new IllegalArgumentException("bufferedBytes must allow one body");
        }
    }

    /** These limits with another number of streams of one HTTP/2 connection. */
    public ConnectionLimits withStreams(int changed) {
        return new ConnectionLimits(
                bodyBytes,
                bufferedBytes,
                headerBytes,
                changed,
                resets,
                handlers,
                waiting,
                headerTimeout,
                bodyTimeout,
                idleTimeout,
                stallTimeout);
    }

    /** These limits with other numbers of requests that are handled at once and that wait. */
    public ConnectionLimits withHandlers(int running, int queued) {
        return new ConnectionLimits(
                bodyBytes,
                bufferedBytes,
                headerBytes,
                streams,
                resets,
                running,
                queued,
                headerTimeout,
                bodyTimeout,
                idleTimeout,
                stallTimeout);
    }

    /** These limits with another largest body. */
    public ConnectionLimits withBodyBytes(int changed) {
        return new ConnectionLimits(
                changed,
                Math.max(bufferedBytes, changed),
                headerBytes,
                streams,
                resets,
                handlers,
                waiting,
                headerTimeout,
                bodyTimeout,
                idleTimeout,
                stallTimeout);
    }

    /** These limits with other times. */
    public ConnectionLimits withTimeouts(Duration header, Duration body, Duration idle, Duration stall) {
        return new ConnectionLimits(
                bodyBytes, bufferedBytes, headerBytes, streams, resets, handlers, waiting, header, body, idle, stall);
    }
}

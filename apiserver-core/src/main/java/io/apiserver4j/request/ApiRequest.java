// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import io.apiserver4j.meta.Status;

/**
 * One request as it arrived.
 *
 * @param method the HTTP method, upper case
 * @param path the path, still escaped, without query
 * @param query the decoded query
 * @param body the whole body, empty where there is none; never changed after it was handed over
 * @param peer who is at the other end
 * @param http2 true where the transport multiplexes (Connection headers make no sense then)
 */
public record ApiRequest(
        String method, String path, Query query, Headers headers, byte[] body, Peer peer, boolean http2) {
    /** The largest body that is read, in bytes; transports hand over at most one byte more. */
    public static final int BODY_LIMIT = 3 * 1024 * 1024;

    private static final byte[] NO_BODY = {};

    /** A request within the process. */
    public static ApiRequest of(String method, String path, Query query, Headers headers, byte[] body) {
        return new ApiRequest(method, path, query, headers, body, Peer.IN_PROCESS, true);
    }

    /** A GET within the process; the target is a path with or without a query. */
    public static ApiRequest get(String target) {
        return of("GET", target, Headers.NONE, NO_BODY);
    }

    /** A request within the process; the target is a path with or without a query. */
    public static ApiRequest of(String method, String target, Headers headers, byte[] body) {
        int mark = target.indexOf('?');
        return mark < 0
                ? of(method, target, Query.NONE, headers, body)
                : of(method, target.substring(0, mark), Query.parse(target.substring(mark + 1)), headers, body);
    }

    /**
     * The body, for those who read it.
     *
     * @throws io.apiserver4j.meta.ApiException 413 where it is larger than {@link #BODY_LIMIT}
     */
    public byte[] readBody() {
        if (body.length > BODY_LIMIT) {
            throw Status.requestTooLarge("Request entity too large: limit is " + BODY_LIMIT)
                    .asException();
        }
        return body;
    }
}

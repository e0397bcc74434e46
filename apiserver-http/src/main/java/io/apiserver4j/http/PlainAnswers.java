// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.ApiResponse.Complete;
import io.apiserver4j.request.Headers;
import java.nio.charset.StandardCharsets;

/** Answers that the door gives by itself, with the texts of Go's net/http and of the filters around kube-apiserver. */
final class PlainAnswers {
    /** More requests than handlers and places to wait. */
    static final Complete TOO_MANY = text(429, "Too many requests, please try again later.\n", "Retry-After", "1");

    /** A failure that the server should have made an answer of. */
    static final Complete PANIC = text(500, "This request caused apiserver to panic. Look in the logs for details.\n");

    /** A protocol change that this connection can't make. */
    static final Complete NO_UPGRADE = text(400, "unable to upgrade: the connection can't change its protocol\n");

    /** A body that did not come in time; the text is that of a request that was not done in time. */
    static final Complete TIMEOUT = Complete.of(
            504,
            Headers.of("Content-Type", "text/plain; charset=utf-8"),
            ("{\"metadata\":{},\"status\":\"Failure\",\"message\":\"Timeout: request did not complete within the "
                            + "allotted timeout\",\"reason\":\"Timeout\",\"details\":{},\"code\":504}\n")
                    .getBytes(StandardCharsets.UTF_8));

    /** An Expect header with anything but 100-continue. */
    static final Complete EXPECTATION_FAILED = Complete.of(417, Headers.NONE, new byte[0]);

    /** What OPTIONS of the server as a whole is answered with. */
    static final Complete NOTHING = Complete.of(200, Headers.NONE, new byte[0]);

    private PlainAnswers() {}

    /** The whole answer of HTTP/1.1, as bytes, to a request that can't be read; the connection is closed after it. */
    static byte[] unreadable(String status) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"
                        + status)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Complete text(int code, String text, String... moreHeaders) {
        Headers headers = Headers.of("Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff");
        for (int i = 0; i < moreHeaders.length; i += 2) {
            headers = headers.with(moreHeaders[i], moreHeaders[i + 1]);
        }
        return Complete.of(code, headers, text.getBytes(StandardCharsets.UTF_8));
    }
}

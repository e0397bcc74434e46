// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import io.apiserver4j.request.ApiResponse.Complete;
import io.apiserver4j.request.Headers;

/**
 * Which answers are sent in gzip form: those of objects above 128 KiB, where the client lists gzip without parameters, as
 * the feature APIResponseCompression of kube-apiserver does.
 */
final class Compression {
    /** Bodies up to this size are left alone. */
    static final int THRESHOLD = 128 * 1024;

    private Compression() {}

    /** True where the client takes gzip. */
    static boolean isWanted(Headers request) {
        String accepted = request.first("accept-encoding");
        if (accepted == null) {
            return false;
        }
        for (String token : accepted.split(",", -1)) {
            if (token.strip().equals("gzip")) {
                return true;
            }
        }
        return false;
    }

    /** True for answers of objects that have no encoding yet. */
    static boolean fits(Headers answer) {
        String type = answer.firstOrEmpty("content-type");
        return type.startsWith("application/")
                && !type.startsWith("application/octet-stream")
                && !answer.has("content-encoding");
    }

    /** The answer, in gzip form where it is large enough. */
    static Complete whole(Complete answer) {
        if (answer.length() <= THRESHOLD || !fits(answer.headers())) {
            return answer;
        }
        Gzip gzip = new Gzip();
        try {
            gzip.add(answer.parts());
            gzip.finish();
            return new Complete(answer.code(), headers(answer.headers()), gzip.take());
        } finally {
            gzip.close();
        }
    }

    /** The headers of a compressed answer. */
    static Headers headers(Headers plain) {
        return plain.with("Content-Encoding", "gzip").plus("Vary", "Accept-Encoding");
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.codec.Negotiation;
import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Stage;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.verb.Presenter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place where an exception becomes a response. Failures that nobody foresaw become a 500 that names the call's id
 * and nothing of the inside; the log has the rest.
 */
final class RecoverStage implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger(RecoverStage.class);

    private final Presenter presenter;

    RecoverStage(Presenter presenter) {
        this.presenter = presenter;
    }

    @Override
    public ApiResponse handle(Call call, Endpoint next) {
        try {
            return next.handle(call);
        } catch (ApiException e) {
            return answer(call, e.status());
        } catch (StoreException e) {
            LOG.warn("store failed in call {}", call.auditId(), e);
            return answer(call, Status.plain(String.valueOf(e.getMessage())));
        } catch (StackOverflowError e) {
            // A document within the reader's limit may still nest deeper than this thread's stack, whose size is not
            // ours.
            LOG.warn("call {} nests too deeply for its thread", call.auditId(), e);
            return answer(call, Status.badRequest("exceeded max depth"));
        } catch (RuntimeException e) {
            LOG.error(
                    "call {} failed: {} {}",
                    call.auditId(),
                    call.request().method(),
                    call.request().path(),
                    e);
            return answer(
                    call,
                    Status.internalError("This request caused apiserver to panic. Look in the logs for details."));
        }
    }

    private ApiResponse answer(Call call, Status status) {
        ApiRequest request = call.request();
        OutputFormat format = Negotiation.failure(
                request.headers().firstOrEmpty("Accept"),
                request.query().first("pretty"),
                request.headers().firstOrEmpty("User-Agent"));
        ApiResponse response = presenter.document(status.toObject(), format, status.code());
        return status.retryAfterSeconds() > 0
                ? response.withHeaders(
                        response.headers().with("Retry-After", Integer.toString(status.retryAfterSeconds())))
                : response;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The value that walks the corridor. Each stage may hand on a copy that says more; which member comes from which stage is
 * in the table of ARCHITECTURE.md.
 *
 * @param request what arrived
 * @param auditId the id of this call in audit records and in the Audit-Id header
 * @param arrival when it arrived
 * @param target what the URL names; null before the stage <i>resolve</i>
 * @param identity who acts; null before the stage <i>authenticate</i>
 * @param deadline when the answer must be there; null for long-running calls and before the stage <i>deadline</i>
 * @param notes warnings and audit annotations collected on the way
 * @param cancellation tells when nobody waits for the answer any more
 */
public record Call(
        ApiRequest request,
        String auditId,
        Instant arrival,
        @Nullable Target target,
        @Nullable Identity identity,
        @Nullable Instant deadline,
        CallNotes notes,
        Cancellation cancellation) {
    /** This call with other headers. */
    public Call withHeaders(Headers headers) {
        ApiRequest changed = new ApiRequest(
                request.method(),
                request.path(),
                request.query(),
                headers,
                request.body(),
                request.peer(),
                request.http2());
        return new Call(changed, auditId, arrival, target, identity, deadline, notes, cancellation);
    }

    /** This call with what its URL names. */
    public Call withTarget(Target resolved) {
        return new Call(request, auditId, arrival, resolved, identity, deadline, notes, cancellation);
    }

    /** This call with who acts. */
    public Call withIdentity(Identity known) {
        return new Call(request, auditId, arrival, target, known, deadline, notes, cancellation);
    }

    /** This call with the time when its answer must be there. */
    public Call withDeadline(Instant limit) {
        return new Call(request, auditId, arrival, target, identity, limit, notes, cancellation);
    }

    /** What the URL names; an error before the stage <i>resolve</i>. */
    public Target requireTarget() {
        Target known = target;
        if (known == null) {
            throw new IllegalStateException("the call is not resolved yet");
        }
        return known;
    }

    /** Who acts; an error before the stage <i>authenticate</i>. */
    public Identity requireIdentity() {
        Identity known = identity;
        if (known == null) {
            throw new IllegalStateException("the call is not authenticated yet");
        }
        return known;
    }
}

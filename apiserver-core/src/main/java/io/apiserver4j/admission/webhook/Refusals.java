// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.webhook;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refusals of webhooks as clients see them. */
final class Refusals {
    private Refusals() {}

    /** A webhook's no, in its own words behind its name; null where it gave no Status. */
    static ApiException denied(Webhook webhook, @Nullable ObjectValue result) {
        ObjectValue given = result == null ? ObjectValue.EMPTY : result;
        String deniedBy = "admission webhook " + GoText.quote(webhook.name()) + " denied the request";
        String reason = given.stringOrEmpty("reason");
        String message = given.stringOrEmpty("message");
        String said = message.isEmpty() ? reason : message;
        String status = given.stringOrEmpty("status");
        ObjectValue details = given.getObject("details");
        return new Status(
                        status.isEmpty() || status.equals("Success") ? "Failure" : status,
                        (int) Math.max(given.longOr("code", 0), 400), // never less than an error
                        reason,
                        said.isEmpty() ? deniedBy + " without explanation" : deniedBy + ": " + said,
                        details == null ? null : details(details),
                        details == null ? 0 : (int) details.longOr("retryAfterSeconds", 0))
                .asException();
    }

    private static Status.Details details(ObjectValue details) {
        List<Status.Cause> causes = new ArrayList<>();
        for (ObjectValue cause : details.arrayOrEmpty("causes").objects()) {
            causes.add(new Status.Cause(
                    cause.stringOrEmpty("reason"), cause.stringOrEmpty("message"), cause.stringOrEmpty("field")));
        }
        return new Status.Details(
                details.stringOrEmpty("name"),
                details.stringOrEmpty("group"),
                details.stringOrEmpty("kind"),
                details.stringOrEmpty("uid"),
                causes);
    }

    /** 400: a webhook with side effects can't be asked about a dry run. */
    static ApiException noDryRun(Webhook webhook) {
        return Status.badRequest("admission webhook " + GoText.quote(webhook.name()) + " does not support dry run")
                .asException();
    }

    /** 504: nobody waits any more, or the time of the call is over. */
    static ApiException late() {
        return Status.timeout("Timeout: request did not complete within requested timeout", 0)
                .asException();
    }
}

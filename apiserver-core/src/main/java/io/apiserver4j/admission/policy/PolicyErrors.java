// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What went wrong with mutating policies in one request. */
final class PolicyErrors {
    private final List<Status.Cause> causes = new ArrayList<>(0);
    private String reason = "Forbidden";

    /** A policy or binding that can't be used. */
    void configuration(PolicyHeader policy, @Nullable Binding binding, ConfigurationException why) {
        String what = binding == null ? "policy" : "binding";
        add(policy, binding, "failed to configure " + what + ": " + why.text(), "Forbidden");
    }

    /** An expression that failed, or whose value does not fit. */
    void evaluation(PolicyHeader policy, Binding binding, String message) {
        add(policy, binding, message, "Invalid");
    }

    private void add(PolicyHeader policy, @Nullable Binding binding, String message, String why) {
        if (policy.ignoresErrors()) {
            return;
        }
        if (causes.isEmpty()) { // the first one is told
            reason = why;
        }
        String who = binding == null
                ? "policy " + GoText.quote(policy.name())
                : "policy '" + policy.name() + "' with binding '" + binding.name() + "'";
        causes.add(new Status.Cause("", who + " denied request: " + message, ""));
    }

    /** Refuses the request where there were errors. */
    void end(AdmissionRequest request) {
        if (causes.isEmpty()) {
            return;
        }
        Status status = request.forbidden("").status();
        Status.Details about = status.details();
        Status.Details details = about == null
                ? new Status.Details("", "", "", "", causes)
                : new Status.Details(about.name(), about.group(), about.kind(), about.uid(), List.copyOf(causes));
        throw new Status(status.status(), 403, reason, causes.get(0).message(), details, 0).asException();
    }
}

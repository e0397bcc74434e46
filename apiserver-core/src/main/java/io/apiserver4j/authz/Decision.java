// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

/**
 * An authorizer's answer.
 *
 * @param reason why, as the 403 shows it; may be empty
 * @param error what kept the authorizer from knowing, or empty; a call that is not allowed and has one ends with 500
 */
public record Decision(Outcome outcome, String reason, String error) {
    /** The kinds of answers. */
    public enum Outcome {
        ALLOW,
        DENY,
        NO_OPINION
    }

    /** An answer without error. */
    public Decision(Outcome outcome, String reason) {
        this(outcome, reason, "");
    }

    /** May be done. */
    public static Decision allow(String reason) {
        return new Decision(Outcome.ALLOW, reason);
    }

    /** May not be done, whatever others say. */
    public static Decision deny(String reason) {
        return new Decision(Outcome.DENY, reason);
    }

    /** Others are to say. */
    public static Decision noOpinion(String reason) {
        return new Decision(Outcome.NO_OPINION, reason);
    }

    /** This answer with an error. */
    public Decision withError(String what) {
        return new Decision(outcome, reason, what);
    }

    /** True where it may be done. */
    public boolean isAllowed() {
        return outcome == Outcome.ALLOW;
    }
}

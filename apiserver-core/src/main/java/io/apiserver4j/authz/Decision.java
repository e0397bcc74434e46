// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

/**
 * An authorizer's answer.
 *
 * @param reason why, as the 403 shows it; may be empty
 */
public record Decision(Outcome outcome, String reason) {
    /** The kinds of answers. */
    public enum Outcome {
        ALLOW,
        DENY,
        NO_OPINION
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

    /** True where it may be done. */
    public boolean isAllowed() {
        return outcome == Outcome.ALLOW;
    }
}

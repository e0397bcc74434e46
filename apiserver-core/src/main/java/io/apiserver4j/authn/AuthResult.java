// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.Identity;
import java.util.LinkedHashSet;
import java.util.List;

/** What an authenticator says of a caller. */
public sealed interface AuthResult {
    /**
     * The caller is known.
     *
     * @param audiences those of the asked audiences that the credentials are for; empty where they are for nobody in
     *     particular
     */
    record Known(Identity identity, List<String> audiences) implements AuthResult {
        /** Copies the list. */
        public Known {
            audiences = List.copyOf(audiences);
        }

        /** A caller whose credentials are for nobody in particular. */
        public Known(Identity identity) {
            this(identity, List.of());
        }
    }

    /** The caller showed nothing that this authenticator looks at. */
    record NoOpinion() implements AuthResult {}

    /**
     * The caller showed credentials that are refused.
     *
     * @param reasons why; logged, and told to who asks by a TokenReview, never to the caller
     */
    record Refused(List<String> reasons) implements AuthResult {
        /** Copies the list. */
        public Refused {
            reasons = List.copyOf(reasons);
        }

        /** Refused for one reason. */
        public Refused(String reason) {
            this(List.of(reason));
        }

        /** The reasons as one text, each told once. */
        public String reason() {
            List<String> all = List.copyOf(new LinkedHashSet<>(reasons));
            return all.size() == 1 ? all.get(0) : "[" + String.join(", ", all) + "]";
        }
    }

    /** The one answer of no opinion. */
    NoOpinion NO_OPINION = new NoOpinion();
}

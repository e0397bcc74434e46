// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.policy;

import io.apiserver4j.value.ObjectValue;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which policies have changed one write, and which of them must see it again. Used by the request's thread. */
final class Invoked {
    private final Set<Key> waiting = new HashSet<>(0);
    private final Set<Key> required = new HashSet<>(0);
    private @Nullable ObjectValue lastOutput;

    /** A policy with a binding and a parameter. */
    record Key(String policy, String binding, String paramNamespace, String paramName) {}

    /** A policy that wants to see later changes was evaluated. */
    void add(Key key) {
        waiting.add(key);
    }

    /** The object changed: all that were evaluated before and want to see that are to be evaluated again. */
    void requireAgain() {
        required.addAll(waiting);
        waiting.clear();
    }

    boolean isRequired(Key key) {
        return required.contains(key);
    }

    /** The object as the policies left it. */
    void keepOutput(@Nullable ObjectValue object) {
        lastOutput = object;
    }

    /** True where others changed the object since. */
    boolean isChanged(@Nullable ObjectValue object) {
        return !Objects.equals(lastOutput, object);
    }
}

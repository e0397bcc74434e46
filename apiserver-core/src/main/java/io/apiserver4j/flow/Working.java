// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Those of a priority level that are worked on: a list whose links are in the tickets. Guarded by the level. */
final class Working {
    private @Nullable Ticket first;

    boolean isEmpty() {
        return first == null;
    }

    void add(Ticket ticket) {
        Ticket second = first;
        ticket.after = second;
        if (second != null) {
            second.before = ticket;
        }
        first = ticket;
    }

    void remove(Ticket ticket) {
        Ticket before = ticket.before;
        Ticket after = ticket.after;
        if (before != null) {
            before.after = after;
        } else if (first == ticket) {
            first = after;
        }
        if (after != null) {
            after.before = before;
        }
        ticket.before = null;
        ticket.after = null;
    }

    List<Ticket> list() {
        List<Ticket> out = new ArrayList<>();
        for (Ticket at = first; at != null; at = at.after) {
            out.add(at);
        }
        return out;
    }
}

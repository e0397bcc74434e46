// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One object with revisions, and what its clients were told: whether there is an order of their calls, each at an instant
 * between its begin and its end, in which a single register would have told them the same. The store's own history gives
 * the order of the writes, so only the instants are left to find.
 */
final class RegisterModel {
    /** What a client did. */
    enum Kind {
        CREATE,
        UPDATE,
        DELETE,
        READ
    }

    /**
     * A call.
     *
     * @param condition the revision that a write was for, 0 for none
     * @param revision the revision that the answer tells; of a delete 0
     * @param code how it was answered
     */
    record Call(Kind kind, long condition, long revision, int code, long begin, long end) {}

    /** What the store says: its revision, and what was there before, 0 for nothing. */
    record Change(long revision, boolean deletion, long before) {}

    private final TreeMap<Long, Change> history = new TreeMap<>();
    private final TreeMap<Long, Call> writers = new TreeMap<>();

    /** What does not fit; empty where all does. */
    List<String> check(List<Change> changes, List<Call> calls) {
        changes.forEach(change -> history.put(change.revision(), change));
        List<String> odd = new ArrayList<>();
        for (Call call : calls) {
            if (call.kind() != Kind.READ && call.code() < 300) {
                Change change = changeOf(call);
                if (change == null || writers.put(change.revision(), call) != null) {
                    odd.add("no change of its own for " + call);
                }
            }
        }
        changes.stream()
                .filter(change -> !writers.containsKey(change.revision()))
                .forEach(change -> odd.add("nobody made " + change));
        for (Call call : calls) {
            if (!fits(call)) {
                odd.add("can't be: " + call);
            }
        }
        return odd;
    }

    private Change changeOf(Call call) {
        if (call.kind() != Kind.DELETE) {
            Change change = history.get(call.revision());
            boolean fits = change != null
                    && !change.deletion()
                    && (call.kind() == Kind.CREATE ? change.before() == 0 : change.before() == call.condition());
            return fits ? change : null;
        }
        return history.values().stream()
                .filter(change -> change.deletion() && change.before() == call.condition())
                .findFirst()
                .orElse(null);
    }

    private boolean fits(Call call) {
        return switch (call.code()) {
            case 200, 201 -> call.kind() != Kind.READ ? inOrder(call) : stood(call, call.revision());
            case 404 -> stoodAny(call, 0, true);
            case 409 -> stoodAny(call, call.condition(), false);
            default -> false;
        };
    }

    /** A write that ended before this one began has a smaller revision. */
    private boolean inOrder(Call call) {
        Change own = changeOf(call);
        return own != null
                && writers.tailMap(own.revision(), false).values().stream()
                        .noneMatch(later -> later.end() < call.begin());
    }

    /** Whether a state (a revision, 0 for nothing) may have stood, or one that is another, while the call was made. */
    private boolean stoodAny(Call call, long state, boolean same) {
        if (same && state == 0 && stands(call, 0, history.isEmpty() ? Long.MAX_VALUE : history.firstKey())) {
            return true;
        }
        for (Change change : history.values()) {
            long after = change.deletion() ? 0 : change.revision();
            if ((after == state) == same && stood(call, change.revision())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the state that a revision made may have stood while the call was made. */
    private boolean stood(Call call, long revision) {
        Long next = history.higherKey(revision);
        return history.containsKey(revision) && stands(call, revision, next == null ? Long.MAX_VALUE : next);
    }

    /** The write may have happened before the call ended, and the next one after it began. */
    private boolean stands(Call call, long made, long replaced) {
        Call maker = writers.get(made);
        Call replacer = writers.get(replaced);
        return (maker == null || maker.begin() <= call.end()) && (replacer == null || replacer.end() >= call.begin());
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.CallObserver;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * The corridor: the stages that every call passes, in order, each under its name. Immutable; a changed list is a new one.
 */
public final class Pipeline {
    private final List<Named> stages;

    /** A stage under its name. */
    public record Named(String name, Stage stage) {}

    private Pipeline(List<Named> stages) {
        this.stages = List.copyOf(stages);
    }

    /** A corridor of these stages, the first one first. */
    public static Pipeline of(List<Named> stages) {
        return new Pipeline(stages);
    }

    /** The names, in order. */
    public List<String> names() {
        return stages.stream().map(Named::name).toList();
    }

    /** This corridor with a stage put before another one. */
    public Pipeline before(String name, String newName, Stage stage) {
        return insert(position(name), newName, stage);
    }

    /** This corridor with a stage put behind another one. */
    public Pipeline after(String name, String newName, Stage stage) {
        return insert(position(name) + 1, newName, stage);
    }

    private Pipeline insert(int position, String newName, Stage stage) {
        List<Named> changed = new ArrayList<>(stages);
        changed.add(position, new Named(newName, stage));
        return new Pipeline(changed);
    }

    private int position(String name) {
        int position = names().indexOf(name);
        if (position < 0) {
            throw new IllegalArgumentException("no stage " + name + ", there are " + names());
        }
        return position;
    }

    /** All stages with an end behind them, as one endpoint; the observer is told of each stage that a call reaches. */
    public Endpoint ending(Endpoint end, CallObserver observer) {
        Endpoint next = end;
        for (int i = stages.size() - 1; i >= 0; i--) {
            Named here = stages.get(i);
            Endpoint behind = next;
            next = observer == CallObserver.NONE
                    ? call -> here.stage().handle(call, behind)
                    : call -> observed(call, here, behind, observer);
        }
        return next;
    }

    private static ApiResponse observed(Call call, Named here, Endpoint behind, CallObserver observer) {
        observer.reached(call, here.name());
        return here.stage().handle(call, behind);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A path with its operations. */
record PathItem(String path, List<Operation> operations) {
    /** The parameters that all operations have, which documents give once for the path. */
    List<Parameter> shared() {
        Set<Parameter> common = new LinkedHashSet<>(operations.get(0).parameters());
        for (Operation operation : operations) {
            common.retainAll(operation.parameters());
        }
        return sorted(common);
    }

    /** The parameters of one operation that others don't have. */
    List<Parameter> own(Operation operation) {
        List<Parameter> own = new ArrayList<>(operation.parameters());
        own.removeAll(shared());
        return sorted(own);
    }

    private static List<Parameter> sorted(Iterable<Parameter> parameters) {
        List<Parameter> out = new ArrayList<>();
        parameters.forEach(out::add);
        out.sort(null);
        return out;
    }
}

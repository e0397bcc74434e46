// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Answers / and /index.html with the list of paths. */
public final class RootIndex implements Endpoint {
    private final Supplier<? extends Collection<String>> paths;

    /** An index of what the supplier gives when somebody asks. */
    public RootIndex(Supplier<? extends Collection<String>> paths) {
        this.paths = paths;
    }

    @Override
    public ApiResponse handle(Call call) {
        return JsonPage.of(ObjectValue.of("paths", ArrayValue.ofStrings(new TreeSet<>(paths.get()))));
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.request.Target;

/** Calls over all namespaces, brought down to one of them. */
final class InNamespace {
    private InNamespace() {}

    /** The same call about one namespace. */
    static ResourceCall of(ResourceCall call, String namespace) {
        Target.OfResource target = call.target();
        if (target.namespace().equals(namespace)) {
            return call;
        }
        return new ResourceCall(
                call.call(),
                new Target.OfResource(
                        target.verb(),
                        target.path(),
                        target.group(),
                        target.version(),
                        target.resource(),
                        target.subresource(),
                        namespace,
                        target.name(),
                        target.rest(),
                        target.watchPath()),
                call.definition(),
                call.version(),
                call.subresource());
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.operator;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** Somebody is to be greeted. */
@Group("examples.apiserver4j.io")
@Version("v1")
public final class Greeting extends CustomResource<Greeting.Spec, Greeting.Status> implements Namespaced {
    private static final long serialVersionUID = 1L;

    /** What is wanted; read and written by the client, hence with fields. */
    public static final class Spec {
        /** Who is greeted. */
        public @Nullable String name;

        /** By how many. */
        public int times;
    }

    /** What is there. */
    public static final class Status {
        /** The generation that this is about. */
        public long observedGeneration;

        /** How many greeters were asked for. */
        public int greeters;
    }
}

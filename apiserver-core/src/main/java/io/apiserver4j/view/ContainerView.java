// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.view;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;

/** A container of a pod: one of its containers, init containers or ephemeral containers. */
public record ContainerView(ObjectValue tree) {
    /** The name. */
    public String name() {
        return tree.stringOrEmpty("name");
    }

    /** The image, or the empty text. */
    public String image() {
        return tree.stringOrEmpty("image");
    }

    /** When the image is pulled, or the empty text. */
    public String imagePullPolicy() {
        return tree.stringOrEmpty("imagePullPolicy");
    }

    /** True for an init container that keeps running beside the others (a sidecar). */
    public boolean isSidecar() {
        return "Always".equals(tree.getString("restartPolicy"));
    }

    /** The ports. */
    public ArrayValue ports() {
        return tree.arrayOrEmpty("ports");
    }

    /** The environment variables. */
    public ArrayValue env() {
        return tree.arrayOrEmpty("env");
    }

    /** Where environment variables come from. */
    public ArrayValue envFrom() {
        return tree.arrayOrEmpty("envFrom");
    }

    /** The mounted volumes. */
    public ArrayValue volumeMounts() {
        return tree.arrayOrEmpty("volumeMounts");
    }

    /** Requested amounts by resource name. */
    public ObjectValue requests() {
        return tree.objectOrEmpty("resources").objectOrEmpty("requests");
    }

    /** Allowed amounts by resource name. */
    public ObjectValue limits() {
        return tree.objectOrEmpty("resources").objectOrEmpty("limits");
    }

    /** The security settings; empty where there are none. */
    public ObjectValue securityContext() {
        return tree.objectOrEmpty("securityContext");
    }
}

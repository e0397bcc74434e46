// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.view;

import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;

/** A pod, or a pod template: both have {@code metadata} and {@code spec}. */
public record PodView(ObjectValue tree) {
    /** The metadata. */
    public ObjectMeta meta() {
        return ObjectMeta.of(tree);
    }

    /** The specification; empty where there is none. */
    public ObjectValue spec() {
        return tree.objectOrEmpty("spec");
    }

    /** The status; empty where there is none. */
    public ObjectValue status() {
        return tree.objectOrEmpty("status");
    }

    /** The containers, without init and ephemeral ones. */
    public List<ContainerView> containers() {
        return containers("containers");
    }

    /** The init containers, sidecars among them. */
    public List<ContainerView> initContainers() {
        return containers("initContainers");
    }

    /** The ephemeral containers. */
    public List<ContainerView> ephemeralContainers() {
        return containers("ephemeralContainers");
    }

    /** All containers: init, then ordinary, then ephemeral ones. */
    public List<ContainerView> allContainers() {
        List<ContainerView> all = new ArrayList<>(initContainers());
        all.addAll(containers());
        all.addAll(ephemeralContainers());
        return all;
    }

    private List<ContainerView> containers(String member) {
        ArrayValue array = spec().arrayOrEmpty(member);
        List<ContainerView> out = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            out.add(new ContainerView(array.objectAt(i)));
        }
        return out;
    }

    /** The volumes. */
    public List<ObjectValue> volumes() {
        return spec().arrayOrEmpty("volumes").objects();
    }

    /** The node it runs on, or the empty text while it is not placed. */
    public String nodeName() {
        return spec().stringOrEmpty("nodeName");
    }

    /** The service account, or the empty text. */
    public String serviceAccountName() {
        return spec().stringOrEmpty("serviceAccountName");
    }

    /** The priority class, or the empty text. */
    public String priorityClassName() {
        return spec().stringOrEmpty("priorityClassName");
    }

    /** When containers are started again: Always, OnFailure, Never, or the empty text. */
    public String restartPolicy() {
        return spec().stringOrEmpty("restartPolicy");
    }

    /** The security settings of the whole pod; empty where there are none. */
    public ObjectValue securityContext() {
        return spec().objectOrEmpty("securityContext");
    }

    /** The phase, or the empty text. */
    public String phase() {
        return status().stringOrEmpty("phase");
    }

    /** True once all containers have ended for good. */
    public boolean isFinished() {
        String phase = phase();
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** The conditions. */
    public ArrayValue conditions() {
        return status().arrayOrEmpty("conditions");
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A read view over the {@code metadata} of an object; nothing is copied. */
public record ObjectMeta(ObjectValue tree) {
    /** The view over an object's metadata; missing metadata reads as empty. */
    public static ObjectMeta of(ObjectValue object) {
        return new ObjectMeta(object.objectOrEmpty("metadata"));
    }

    /** The name, or the empty text. */
    public String name() {
        return tree.stringOrEmpty("name");
    }

    /** The prefix of a name to be made, or the empty text. */
    public String generateName() {
        return tree.stringOrEmpty("generateName");
    }

    /** The namespace, or the empty text. */
    public String namespace() {
        return tree.stringOrEmpty("namespace");
    }

    /** The uid, or the empty text. */
    public String uid() {
        return tree.stringOrEmpty("uid");
    }

    /** The resourceVersion, or the empty text. */
    public String resourceVersion() {
        return tree.stringOrEmpty("resourceVersion");
    }

    /** The generation, or 0. */
    public long generation() {
        return tree.longOr("generation", 0);
    }

    /** The labels; empty where there are none. */
    public ObjectValue labels() {
        return tree.objectOrEmpty("labels");
    }

    /** The annotations; empty where there are none. */
    public ObjectValue annotations() {
        return tree.objectOrEmpty("annotations");
    }

    /** The finalizers, in order. */
    public List<String> finalizers() {
        return tree.arrayOrEmpty("finalizers").strings();
    }

    /** The owner references. */
    public ArrayValue ownerReferences() {
        return tree.arrayOrEmpty("ownerReferences");
    }

    /** When the object was made, as written, or null. */
    public @Nullable String creationTimestamp() {
        return tree.getString("creationTimestamp");
    }

    /** When the object goes or began to go, as written, or null while nobody deleted it. */
    public @Nullable String deletionTimestamp() {
        return tree.getString("deletionTimestamp");
    }

    /** True once somebody deleted the object. */
    public boolean isDeleting() {
        return deletionTimestamp() != null;
    }
}

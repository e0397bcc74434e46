// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.value.ObjectValue;

/**
 * The label with which every namespace carries its own name. It is a default, and again part of the canonical form, since a
 * generated name is not known before.
 */
public final class NamespaceLabel {
    private static final String LABEL = "kubernetes.io/metadata.name";

    private NamespaceLabel() {}

    /** The namespace with its label; as it is where it has no name yet. */
    public static ObjectValue set(ObjectValue namespace) {
        ObjectValue metadata = namespace.objectOrEmpty("metadata");
        String name = metadata.stringOrEmpty("name");
        ObjectValue labels = metadata.objectOrEmpty("labels");
        if (name.isEmpty() || name.equals(labels.getString(LABEL))) {
            return namespace;
        }
        ObjectValue labelled = labels.with(LABEL, name).sorted();
        return namespace.with("metadata", MetadataOrder.put(metadata, "labels", labelled));
    }
}

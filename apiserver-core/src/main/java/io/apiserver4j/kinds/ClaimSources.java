// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.List;

/** {@code dataSource} and {@code dataSourceRef} of a volume claim say the same, unless the latter names a namespace. */
public final class ClaimSources {
    private static final List<String> ORDER = List.of(
            "accessModes",
            "selector",
            "resources",
            "volumeName",
            "storageClassName",
            "volumeMode",
            "dataSource",
            "dataSourceRef",
            "volumeAttributesClassName");

    private ClaimSources() {}

    /**
     * The claim's spec with both members where it has one. For claims that are created or changed, and for both sides of a
     * change before they are compared; not for the templates of claims.
     */
    public static ObjectValue same(ObjectValue spec) {
        ObjectValue source = spec.getObject("dataSource");
        ObjectValue reference = spec.getObject("dataSourceRef");
        if (source != null && reference == null) {
            return MetadataOrder.put(spec, "dataSourceRef", copy(source), ORDER);
        }
        if (reference != null
                && source == null
                && reference.stringOrEmpty("namespace").isEmpty()) {
            return MetadataOrder.put(spec, "dataSource", copy(reference), ORDER);
        }
        return spec;
    }

    /** Group, kind and name; both forms write the group even where there is none. */
    private static ObjectValue copy(ObjectValue source) {
        Value group = source.get("apiGroup");
        return ObjectValue.builder()
                .put("apiGroup", group == null ? Value.nul() : group)
                .put("kind", source.stringOrEmpty("kind"))
                .put("name", source.stringOrEmpty("name"))
                .build();
    }
}

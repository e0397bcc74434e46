// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Objects cut down to their metadata: what a request with {@code as=PartialObjectMetadata} or
 * {@code as=PartialObjectMetadataList} gets. The version is that of the group {@code meta.k8s.io}: v1 or v1beta1.
 */
public final class MetadataOnly {
    private static final String GROUP = "meta.k8s.io/";

    /**
     * Annotations that only carry fields of other versions, by the kinds that have them. The real server cuts objects
     * down in its internal form, where these are fields, so clients never see them here.
     */
    private static final Map<String, Set<String>> FIELDS_AS_ANNOTATIONS = Map.of(
            "DaemonSet", Set.of("deprecated.daemonset.template.generation"),
            "Deployment", Set.of("deprecated.deployment.rollback.to"),
            "HorizontalPodAutoscaler",
                    Set.of(
                            "autoscaling.alpha.kubernetes.io/metrics",
                            "autoscaling.alpha.kubernetes.io/current-metrics",
                            "autoscaling.alpha.kubernetes.io/behavior",
                            "autoscaling.alpha.kubernetes.io/conditions"));

    private MetadataOnly() {}

    /** The metadata of one object; missing metadata becomes an empty object. */
    public static ObjectValue of(ObjectValue object, String version) {
        return ObjectValue.builder()
                .append("kind", Value.of("PartialObjectMetadata"))
                .append("apiVersion", Value.of(GROUP + version))
                .append("metadata", metadata(object))
                .build();
    }

    /** The metadata of each object of a list, under the list's own metadata. */
    public static ObjectValue listOf(List<ObjectValue> objects, ObjectValue listMetadata, String version) {
        List<Value> items = new ArrayList<>(objects.size());
        for (ObjectValue object : objects) {
            items.add(of(object, version));
        }
        return ObjectValue.builder()
                .append("kind", Value.of("PartialObjectMetadataList"))
                .append("apiVersion", Value.of(GROUP + version))
                .append("metadata", listMetadata)
                .append("items", ArrayValue.of(items))
                .build();
    }

    private static ObjectValue metadata(ObjectValue object) {
        ObjectValue metadata = object.objectOrEmpty("metadata");
        Set<String> fields = FIELDS_AS_ANNOTATIONS.get(object.stringOrEmpty("kind"));
        if (fields == null || !metadata.has("annotations") || !isBuiltIn(object.stringOrEmpty("apiVersion"))) {
            return metadata;
        }
        ObjectValue annotations = metadata.objectOrEmpty("annotations");
        for (String field : fields) {
            annotations = annotations.without(field);
        }
        return annotations.isEmpty() ? metadata.without("annotations") : metadata.with("annotations", annotations);
    }

    private static boolean isBuiltIn(String apiVersion) {
        return apiVersion.startsWith("apps/") || apiVersion.startsWith("autoscaling/");
    }
}

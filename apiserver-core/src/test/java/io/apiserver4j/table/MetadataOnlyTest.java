// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetadataOnlyTest {
    @Test
    void objectsAreCutDownToTheirMetadata() {
        ObjectValue map =
                object("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{}}");
        assertThat(MetadataOnly.of(map, "v1"))
                .hasToString("{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\","
                        + "\"metadata\":{\"name\":\"a\"}}");
        assertThat(MetadataOnly.of(ObjectValue.EMPTY, "v1beta1"))
                .hasToString(
                        "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1beta1\",\"metadata\":{}}");
    }

    @Test
    void listsKeepTheirOwnMetadata() {
        assertThat(MetadataOnly.listOf(
                        List.of(object("{\"metadata\":{\"name\":\"a\"}}")),
                        object("{\"resourceVersion\":\"5\"}"),
                        "v1"))
                .hasToString("{\"kind\":\"PartialObjectMetadataList\",\"apiVersion\":\"meta.k8s.io/v1\","
                        + "\"metadata\":{\"resourceVersion\":\"5\"},\"items\":[{\"kind\":\"PartialObjectMetadata\","
                        + "\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":{\"name\":\"a\"}}]}");
    }

    @Test
    void annotationsThatCarryFieldsOfOtherVersionsAreLeftOut() {
        assertThat(annotations("apps/v1", "DaemonSet", "\"deprecated.daemonset.template.generation\":\"1\""))
                .isNull();
        assertThat(annotations(
                        "apps/v1", "DaemonSet", "\"deprecated.daemonset.template.generation\":\"1\",\"a\":\"b\""))
                .hasToString("{\"a\":\"b\"}");
        assertThat(annotations(
                        "autoscaling/v1",
                        "HorizontalPodAutoscaler",
                        "\"autoscaling.alpha.kubernetes.io/metrics\":\"[]\""))
                .isNull();
        assertThat(annotations("v1", "Pod", "\"deprecated.daemonset.template.generation\":\"1\""))
                .isNotNull();
        assertThat(annotations("mine.io/v1", "DaemonSet", "\"deprecated.daemonset.template.generation\":\"1\""))
                .as("a custom kind of the same name")
                .isNotNull();
    }

    private static @Nullable ObjectValue annotations(String apiVersion, String kind, String annotations) {
        return MetadataOnly.of(
                        object("{\"apiVersion\":\"" + apiVersion + "\",\"kind\":\"" + kind
                                + "\",\"metadata\":{\"annotations\":{" + annotations + "}}}"),
                        "v1")
                .objectOrEmpty("metadata")
                .getObject("annotations");
    }

    private static ObjectValue object(String json) {
        return JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8));
    }
}

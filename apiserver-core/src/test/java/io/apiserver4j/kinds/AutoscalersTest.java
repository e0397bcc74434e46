// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AutoscalersTest {
    private static final Kind V2 = new Kind("autoscaling", "v2", "HorizontalPodAutoscaler");
    private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";

    private static ObjectValue v2(String metadata, String spec, String status) {
        String text = "{'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':" + metadata
                + ",'spec':{'scaleTargetRef':{'kind':'Deployment','name':'d','apiVersion':'apps/v1'},'minReplicas':1,"
                + "'maxReplicas':4" + spec + "},'status':{'currentReplicas':2,'desiredReplicas':3" + status + "}}";
        ObjectValue tree = JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return TypedReader.read(Objects.requireNonNull(SchemaFacts.builtin().kind(V2)), tree, new DecodeFindings());
    }

    private static String metric(String type, String source) {
        String member = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
        return "{'type':'" + type + "','" + member + "':{" + source + "}}";
    }

    /** Autoscalers of version 2 that version 1 carries without loss; the metric of CPU utilization always goes last. */
    static List<ObjectValue> lossless() {
        String object = "'describedObject':{'kind':'Ingress','name':'i','apiVersion':'networking.k8s.io/v1'},";
        String hits = "'metric':{'name':'hits','selector':{'matchLabels':{'a':'b'}}}";
        String cpu = metric("Resource", "'name':'cpu','target':{'type':'Utilization','averageUtilization':50}");
        return List.of(
                v2("{'name':'x'}", ",'metrics':[" + cpu + "]", ""),
                v2(
                        "{'name':'x','annotations':{'a':'b'}}",
                        ",'metrics':["
                                + metric("Object", object + "'target':{'type':'Value','value':'10'}," + hits) + ","
                                + metric(
                                        "Object",
                                        object + "'target':{'type':'AverageValue','averageValue':'3'}," + hits)
                                + ","
                                + metric("Pods", hits + ",'target':{'type':'AverageValue','averageValue':'1k'}") + ","
                                + metric(
                                        "Resource",
                                        "'name':'memory','target':{'type':'AverageValue','averageValue':'1Gi'}")
                                + ","
                                + metric(
                                        "ContainerResource",
                                        "'name':'cpu','container':'c','target':{'type':'Utilization',"
                                                + "'averageUtilization':7}")
                                + ","
                                + metric("External", hits + ",'target':{'type':'Value','value':'5'}") + ","
                                + metric("External", hits + ",'target':{'type':'AverageValue','averageValue':'5'}")
                                + ","
                                + cpu + "]",
                        ""),
                v2(
                        "{'name':'x'}",
                        ",'metrics':[" + cpu + "],'behavior':{'scaleUp':{'stabilizationWindowSeconds':5,"
                                + "'selectPolicy':'Min','policies':[{'type':'Pods','value':2,'periodSeconds':9}],"
                                + "'tolerance':'50m'},'scaleDown':{'stabilizationWindowSeconds':0,'selectPolicy':'Disabled',"
                                + "'policies':[{'type':'Percent','value':2,'periodSeconds':9}]}}",
                        ""),
                v2(
                        "{'name':'x'}",
                        ",'metrics':[" + cpu + "]",
                        ",'observedGeneration':3,'lastScaleTime':'2026-01-02T03:04:05Z','currentMetrics':["
                                + metric(
                                        "Resource",
                                        "'name':'cpu','current':{'averageValue':'10m','averageUtilization':8}")
                                + ","
                                + metric("Pods", hits + ",'current':{'averageValue':'1'}") + ","
                                + metric(
                                        "Object",
                                        hits + ",'current':{'value':'1','averageValue':'2'},"
                                                + object.substring(0, object.length() - 1))
                                + "," + metric("External", hits + ",'current':{'value':'0','averageValue':'2'}")
                                + "],'conditions':[{'type':'AbleToScale','status':'True','lastTransitionTime':"
                                + "'2026-01-02T03:04:05Z','reason':'<r>','message':'m & m'}]"));
    }

    @ParameterizedTest
    @MethodSource("lossless")
    void versionOneCarriesAllThereAndBack(ObjectValue autoscaler) {
        ObjectValue first = Autoscalers.fromV2(autoscaler);
        assertThat(first.stringOrEmpty("apiVersion")).isEqualTo("autoscaling/v1");
        assertThat(first.objectOrEmpty("spec").longOr("targetCPUUtilizationPercentage", 0))
                .isEqualTo(50);
        assertThat(Autoscalers.toV2(first)).hasToString(autoscaler.toString());
        assertThat(Autoscalers.fromV2(Autoscalers.toV2(first))).hasToString(first.toString());
    }

    @Test
    void annotationsAreWrittenInTheOrderAndTheNamesOfTheServersOwnTypes() {
        List<ObjectValue> all = lossless();
        assertThat(annotation(all.get(2), "behavior"))
                .isEqualTo("{\"ScaleUp\":{\"StabilizationWindowSeconds\":5,\"SelectPolicy\":\"Min\",\"Policies\":[{"
                        + "\"Type\":\"Pods\",\"Value\":2,\"PeriodSeconds\":9}],\"Tolerance\":\"50m\"},\"ScaleDown\":{"
                        + "\"StabilizationWindowSeconds\":0,\"SelectPolicy\":\"Disabled\",\"Policies\":[{\"Type\":"
                        + "\"Percent\",\"Value\":2,\"PeriodSeconds\":9}],\"Tolerance\":null}}");
        assertThat(annotation(all.get(3), "conditions"))
                .isEqualTo(
                        "[{\"type\":\"AbleToScale\",\"status\":\"True\",\"lastTransitionTime\":\"2026-01-02T03:04:05Z\","
                                + "\"reason\":\"\\u003cr\\u003e\",\"message\":\"m \\u0026 m\"}]");
        assertThat(annotation(all.get(3), "current-metrics"))
                .startsWith("[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"currentAverageUtilization\":8,"
                        + "\"currentAverageValue\":\"10m\"}},{\"type\":\"Pods\",\"pods\":{\"metricName\":\"hits\","
                        + "\"currentAverageValue\":\"1\",\"selector\":{\"matchLabels\":{\"a\":\"b\"}}}}");
        assertThat(annotation(all.get(1), "metrics"))
                .startsWith("[{\"type\":\"Object\",\"object\":{\"target\":{\"kind\":\"Ingress\",\"name\":\"i\","
                        + "\"apiVersion\":\"networking.k8s.io/v1\"},\"metricName\":\"hits\",\"targetValue\":\"10\","
                        + "\"selector\":{\"matchLabels\":{\"a\":\"b\"}}}}")
                .doesNotContain("Resource\",\"resource\":{\"name\":\"cpu\"");
        assertThat(Autoscalers.fromV2(all.get(3)).objectOrEmpty("status").longOr("currentCPUUtilizationPercentage", 0))
                .isEqualTo(8);
    }

    private static String annotation(ObjectValue autoscaler, String name) {
        return Autoscalers.fromV2(autoscaler)
                .objectAt("metadata", "annotations")
                .stringOrEmpty(PREFIX + name);
    }

    @Test
    void rulesWithoutPoliciesStayIncompleteSoThatTheyAreRefused() {
        ObjectValue first = Autoscalers.fromV2(lossless().get(0));
        ObjectValue carrying = first.withAt(
                Value.of("{\"ScaleUp\":{\"SelectPolicy\":\"Min\"}}"), "metadata", "annotations", PREFIX + "behavior");
        ObjectValue behavior = Autoscalers.toV2(carrying).objectAt("spec", "behavior");
        assertThat(behavior.objectOrEmpty("scaleUp")).hasToString("{\"selectPolicy\":\"Min\"}");
        assertThat(behavior.objectOrEmpty("scaleDown").arrayOrEmpty("policies")).hasSize(1);
    }
}

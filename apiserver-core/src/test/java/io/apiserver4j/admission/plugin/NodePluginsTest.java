// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.apiserver4j.meta.ApiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins that look at the node of a pod. */
class NodePluginsTest {
    private final PluginHouse house = new PluginHouse();

    @BeforeEach
    void nodes() {
        house.keep(
                "nodes",
                "{'metadata':{'name':'n','labels':{'kubernetes.io/os':'linux','topology.kubernetes.io/zone':'z',"
                        + "'other':'x'}},'status':{'allocatable':{'cpu':'2','memory':'1Gi'},'declaredFeatures':"
                        + "['InPlacePodVerticalScalingInitContainers']}}");
        house.keep(
                "nodes",
                "{'metadata':{'name':'w','labels':{'kubernetes.io/os':'windows'}},'status':{'allocatable':"
                        + "{'cpu':'2','memory':'1Gi'}}}");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void podsGetTheLabelsOfTheirNode() {
        String pod = "{'metadata':{'name':'p','labels':{'topology.kubernetes.io/zone':'old'}},'spec':{'nodeName':'n'}}";
        assertThat(house.created("PodTopologyLabels", "pods", "shop", pod).at("metadata", "labels"))
                .hasToString("{\"topology.kubernetes.io/zone\":\"z\"}");
        String binding = "{'metadata':{'name':'p'},'target':{'kind':'Node','name':'n'}}";
        assertThat(house.created("PodTopologyLabels", "pods/binding", "shop", binding)
                        .at("metadata", "labels"))
                .hasToString("{\"topology.kubernetes.io/zone\":\"z\"}");
        String elsewhere = binding.replace("'n'", "'none'");
        assertThat(house.created("PodTopologyLabels", "pods/binding", "shop", elsewhere))
                .isEqualTo(PluginHouse.json(elsewhere));
    }

    private static String pod(int generation, String node, String spec) {
        return "{'metadata':{'name':'p','generation':" + generation + "},'spec':{'nodeName':'" + node + "'," + spec
                + "}}";
    }

    private static String container(String cpu, String memory) {
        return "'containers':[{'name':'c','resources':{'requests':{'cpu':'" + cpu + "','memory':'" + memory + "'}}}]";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            n    | 2    | 1Gi | - | -
            n    | 2500m | 2Gi | Node didn't have enough allocatable resources: cpu, requested: 2500, allocatable: 2000; memory, requested: 2147483648, allocatable: 1073741824 | NodeCapacity
            w    | 1    | 1Gi | pod resize is only supported on linux nodes, node "w" is "windows" | UnsupportedPlatform
            none | 1    | 1Gi | node "none" not found | -
            """)
    void podsGrowWithinTheirNode(String node, String cpu, String memory, String problem, String cause) {
        Throwable failure = catchThrowable(() -> house.updated(
                "PodResizeValidator",
                "pods/resize",
                "shop",
                pod(2, node, container(cpu, memory)),
                pod(1, node, container("1", "1"))));
        if (problem.equals("-")) {
            assertThat(failure).isNull();
            return;
        }
        assertThat(failure).hasMessage("pods \"p\" is forbidden: " + problem);
        assertThat(String.valueOf(((ApiException) failure).status().toObject().at("details", "causes")))
                .isEqualTo(cause.equals("-") ? "null" : "[{\"reason\":\"" + cause + "\"}]");
    }

    @Test
    void otherChangesAreNotLookedAt() {
        String now = pod(1, "none", container("9", "9Gi"));
        house.updated("PodResizeValidator", "pods/resize", "shop", now, now);
        house.updated("PodResizeValidator", "pods", "shop", pod(2, "none", container("9", "9Gi")), now);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'resources':{'limits':{'cpu':'2'}} | 'resources':{'limits':{'cpu':'1'}} | pod update requires features InPlacePodLevelResourcesVerticalScaling which are not available on node "n"
            'initContainers':[{'name':'i','resources':{'limits':{'cpu':'2'}}}] | 'initContainers':[{'name':'i'}] | -
            'volumes':[{'name':'v','emptyDir':{'medium':'Memory','sizeLimit':'2'}}] | 'volumes':[{'name':'v','emptyDir':{'medium':'Memory','sizeLimit':'1'}}] | pod update requires features InPlacePodVerticalScalingMemoryBackedVolumes which are not available on node "n"
            'a':1 | 'a':2 | -
            """)
    void nodesSayWhatTheyCanFollow(String now, String before, String problem) {
        Throwable failure = catchThrowable(() -> house.updated(
                "NodeDeclaredFeatureValidator", "pods/resize", "shop", pod(2, "n", now), pod(1, "n", before)));
        if (problem.equals("-")) {
            assertThat(failure).isNull();
        } else {
            assertThat(failure).hasMessage("pods \"p\" is forbidden: " + problem);
        }
    }
}

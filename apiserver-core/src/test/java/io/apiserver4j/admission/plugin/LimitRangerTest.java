// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.value.ObjectValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitRangerTest {
    private final PluginHouse house = new PluginHouse();

    @AfterEach
    void stop() {
        house.close();
    }

    private void range(String... items) {
        house.keep(
                "limitranges",
                "{'metadata':{'name':'l','namespace':'shop'},'spec':{'limits':[" + String.join(",", items) + "]}}");
    }

    private ObjectValue pod(String spec) {
        return house.created("LimitRanger", "pods", "shop", "{'metadata':{'name':'p'},'spec':" + spec + "}");
    }

    @Test
    void containersGetWhatTheyLeaveOpen() {
        range("{'type':'Container','default':{'memory':'1Gi','cpu':'2'},'defaultRequest':{'cpu':'100m'}}");
        ObjectValue pod = pod("{'containers':[{'name':'a'},{'name':'b','resources':{'requests':{'cpu':'1'},"
                + "'limits':{'cpu':'1','memory':'1'}}}],'initContainers':[{'name':'i'}]}");
        assertThat(pod.objectOrEmpty("metadata").objectOrEmpty("annotations").stringOrEmpty(Limits.ANNOTATION))
                .isEqualTo("LimitRanger plugin set: cpu request for container a; cpu, memory limit for container a; cpu"
                        + " request for init container i; cpu, memory limit for init container i");
        assertThat(pod.objectOrEmpty("spec").toString())
                .isEqualTo("{\"initContainers\":[{\"name\":\"i\",\"resources\":{\"limits\":{\"cpu\":\"2\","
                        + "\"memory\":\"1Gi\"},\"requests\":{\"cpu\":\"100m\"}}}],\"containers\":[{\"name\":\"a\","
                        + "\"resources\":{\"limits\":{\"cpu\":\"2\",\"memory\":\"1Gi\"},\"requests\":{\"cpu\":\"100m\"}}},"
                        + "{\"name\":\"b\",\"resources\":{\"requests\":{\"cpu\":\"1\"},\"limits\":{\"cpu\":\"1\","
                        + "\"memory\":\"1\"}}}]}");
    }

    @Test
    void podsOfOtherNamespacesAndFullOnesStayAsTheyAre() {
        range("{'type':'Container','default':{'cpu':'2'},'max':{'cpu':'1'}}");
        String pod = "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'a'}]}}";
        assertThat(house.created("LimitRanger", "pods", "other", pod)).isEqualTo(PluginHouse.json(pod));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'type':'Container','min':{'cpu':'1'}} | {}                                                    | minimum cpu usage per Container is 1.  No request is specified
            {'type':'Container','min':{'cpu':'1'}} | {'requests':{'cpu':'10m'}}                            | minimum cpu usage per Container is 1, but request is 10m
            {'type':'Container','min':{'cpu':'1'}} | {'requests':{'cpu':'1'},'limits':{'cpu':'10m'}}       | minimum cpu usage per Container is 1, but limit is 10m
            {'type':'Container','max':{'memory':'1Gi'}} | {}                                               | maximum memory usage per Container is 1Gi.  No limit is specified
            {'type':'Container','max':{'memory':'1Gi'}} | {'limits':{'memory':'2Gi'}}                      | maximum memory usage per Container is 1Gi, but limit is 2Gi
            {'type':'Container','max':{'memory':'1Gi'}} | {'requests':{'memory':'2G'},'limits':{'memory':'1'}} | maximum memory usage per Container is 1Gi, but request is 2G
            {'type':'Container','maxLimitRequestRatio':{'cpu':'2'}} | {'limits':{'cpu':'1'}}               | cpu max limit to request ratio per Container is 2, but no request is specified or request is 0
            {'type':'Container','maxLimitRequestRatio':{'cpu':'2'}} | {'requests':{'cpu':'1'}}             | cpu max limit to request ratio per Container is 2, but no limit is specified or limit is 0
            {'type':'Container','maxLimitRequestRatio':{'cpu':'2'}} | {'requests':{'cpu':'300m'},'limits':{'cpu':'1'}} | cpu max limit to request ratio per Container is 2, but provided ratio is 3.333333
            {'type':'Pod','max':{'cpu':'1'}}       | {'limits':{'cpu':'1500m'}}                            | maximum cpu usage per Pod is 1, but limit is 1500m
            {'type':'Container','max':{'cpu':'1'},'min':{'memory':'1'}} | {'limits':{'cpu':'2'}}           | [minimum memory usage per Container is 1.  No request is specified, maximum cpu usage per Container is 1, but limit is 2]
            """)
    void rangesBoundPods(String item, String resources, String problem) {
        range(item);
        assertThat(PluginHouse.refused(() -> pod("{'containers':[{'name':'c','resources':" + resources + "}]}")))
                .isEqualTo("pods \"p\" is forbidden: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'initContainers':[{'name':'i','resources':{'limits':{'cpu':'3'}}}],'containers':[{'name':'c','resources':{'limits':{'cpu':'1'}}}]} | 3
            {'initContainers':[{'name':'s','restartPolicy':'Always','resources':{'limits':{'cpu':'2'}}},{'name':'i','resources':{'limits':{'cpu':'3'}}}],'containers':[{'name':'c','resources':{'limits':{'cpu':'1'}}}]} | 5
            {'initContainers':[{'name':'i','resources':{'limits':{'cpu':'1'}}},{'name':'s','restartPolicy':'Always','resources':{'limits':{'cpu':'2'}}}],'containers':[{'name':'c','resources':{'limits':{'cpu':'2'}}}]} | 4
            {'resources':{'limits':{'cpu':'7'}},'containers':[{'name':'c','resources':{'limits':{'cpu':'1'}}}]} | 7
            """)
    void podsTakeWhatRunsTogether(String spec, String limit) {
        range("{'type':'Pod','max':{'cpu':'2'}}");
        assertThat(PluginHouse.refused(() -> pod(spec)))
                .isEqualTo("pods \"p\" is forbidden: maximum cpu usage per Pod is 2, but limit is " + limit);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2Gi | maximum storage usage per PersistentVolumeClaim is 1Gi, but request is 2Gi
            1   | minimum storage usage per PersistentVolumeClaim is 1Mi, but request is 1
            """)
    void rangesBoundClaims(String size, String problem) {
        range("{'type':'PersistentVolumeClaim','max':{'storage':'1Gi'},'min':{'storage':'1Mi'}}");
        String claim = "{'metadata':{'name':'c'},'spec':{'resources':{'requests':{'storage':'" + size + "'}}}}";
        assertThat(PluginHouse.refused(() -> house.created("LimitRanger", "persistentvolumeclaims", "shop", claim)))
                .isEqualTo("persistentvolumeclaims \"c\" is forbidden: " + problem);
    }

    @Test
    void podsAreBoundWhenTheyAreResizedAndFreeOtherwise() {
        range("{'type':'Container','max':{'cpu':'1'}}");
        ObjectValue pod = PluginHouse.json("{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c',"
                + "'resources':{'limits':{'cpu':'2'}}}]}}");
        house.passed("LimitRanger", house.request(Operation.UPDATE, "pods", "shop", pod, pod));
        assertThat(PluginHouse.refused(() ->
                        house.passed("LimitRanger", house.request(Operation.UPDATE, "pods/resize", "shop", pod, pod))))
                .contains("maximum cpu usage per Container is 1, but limit is 2");
    }
}

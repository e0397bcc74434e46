// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.admission.plugin.PluginHouse;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsagesTest {
    private final Usages usages = new Usages(() -> Instant.parse("2026-01-01T00:01:00Z"));

    private Usage usage(String resource) {
        return Objects.requireNonNull(usages.of(resource));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            configmaps | {} | configmaps=1,count/configmaps=1
            deployments.apps | {} | count/deployments.apps=1
            services | {'spec':{'ports':[{},{}]}} | count/services=1,services=1,services.loadbalancers=0,services.nodeports=0
            services | {'spec':{'type':'NodePort','ports':[{},{}]}} | count/services=1,services=1,services.loadbalancers=0,services.nodeports=2
            services | {'spec':{'type':'LoadBalancer','ports':[{},{}]}} | count/services=1,services=1,services.loadbalancers=1,services.nodeports=2
            services | {'spec':{'type':'LoadBalancer','allocateLoadBalancerNodePorts':false,'ports':[{'nodePort':1},{}]}} | count/services=1,services=1,services.loadbalancers=1,services.nodeports=1
            persistentvolumeclaims | {'spec':{'resources':{'requests':{'storage':'1500m'}}}} | count/persistentvolumeclaims=1,persistentvolumeclaims=1,requests.storage=2
            persistentvolumeclaims | {'spec':{'storageClassName':'s','resources':{'requests':{'storage':'1Gi'}}},'status':{'allocatedResources':{'storage':'2Gi'}}} | count/persistentvolumeclaims=1,persistentvolumeclaims=1,requests.storage=2Gi,s.storageclass.storage.k8s.io/persistentvolumeclaims=1,s.storageclass.storage.k8s.io/requests.storage=2Gi
            resourceclaims.resource.k8s.io | {'spec':{'devices':{'requests':[{'exactly':{'deviceClassName':'g','allocationMode':'ExactCount','count':2}},{'firstAvailable':[{'deviceClassName':'g','allocationMode':'ExactCount','count':1},{'deviceClassName':'g','allocationMode':'ExactCount','count':3},{'deviceClassName':'h','allocationMode':'All'}]}]}}} | count/resourceclaims.resource.k8s.io=1,g.deviceclass.resource.k8s.io/devices=5,h.deviceclass.resource.k8s.io/devices=32
            pods | {'spec':{'containers':[{'resources':{'requests':{'cpu':'1','hugepages-2Mi':'4Mi','a.com/b':'2'},'limits':{'memory':'1Gi'}}},{'resources':{'requests':{'cpu':'500m'}}}],'overhead':{'cpu':'1','memory':'1Gi'}}} | count/pods=1,cpu=2500m,hugepages-2Mi=4Mi,limits.memory=2Gi,memory=1Gi,pods=1,requests.a.com/b=2,requests.cpu=2500m,requests.hugepages-2Mi=4Mi,requests.memory=1Gi
            pods | {'spec':{'containers':[{'resources':{'requests':{'cpu':'1'}}}]},'status':{'phase':'Succeeded'}} | count/pods=1
            pods | {'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z','deletionGracePeriodSeconds':30},'spec':{}} | count/pods=1
            pods | {'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z','deletionGracePeriodSeconds':90},'spec':{}} | count/pods=1,pods=1
            pods | {'spec':{'containers':[{'name':'c','resources':{'requests':{'cpu':'1'}}}]},'status':{'containerStatuses':[{'name':'c','resources':{'requests':{'cpu':'2'}}}]}} | count/pods=1,cpu=2,pods=1,requests.cpu=2
            """)
    void objectsCount(String resource, String object, String counted) {
        assertThat(Amounts.shown(usage(resource).of(PluginHouse.json(object)))).isEqualTo(counted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"events", "events.events.k8s.io", "bindings", "localsubjectaccessreviews.authorization.k8s.io"})
    void someDoNotCount(String resource) {
        assertThat(usages.of(resource)).isNull();
    }

    @Test
    void namesBelongToResources() {
        Set<String> names = Set.of(
                "cpu",
                "pods",
                "services",
                "services.nodeports",
                "count/pods",
                "count/deployments.apps",
                "requests.a.com/b",
                "requests.hugepages-2Mi",
                "requests.storage",
                "gold.storageclass.storage.k8s.io/requests.storage");
        assertThat(usage("pods").matching(names))
                .containsExactly("count/pods", "cpu", "pods", "requests.a.com/b", "requests.hugepages-2Mi");
        assertThat(usage("services").matching(names)).containsExactly("services", "services.nodeports");
        assertThat(usage("deployments.apps").matching(names)).containsExactly("count/deployments.apps");
        assertThat(usage("persistentvolumeclaims").matching(names))
                .containsExactly("gold.storageclass.storage.k8s.io/requests.storage", "requests.storage");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Terminating Exists                | {'spec':{'activeDeadlineSeconds':5}} | true
            NotTerminating Exists             | {'spec':{'activeDeadlineSeconds':5}} | false
            BestEffort Exists                 | {'spec':{'containers':[{'name':'c'}]}} | true
            BestEffort Exists                 | {'spec':{'containers':[{'name':'c','resources':{'limits':{'cpu':'1'}}}]}} | false
            NotBestEffort Exists              | {'status':{'qosClass':'Guaranteed'}} | true
            PriorityClass Exists              | {'spec':{'priorityClassName':'high'}} | true
            PriorityClass DoesNotExist        | {'spec':{}} | true
            PriorityClass In low,high         | {'spec':{'priorityClassName':'high'}} | true
            PriorityClass In low              | {'spec':{'priorityClassName':'high'}} | false
            PriorityClass NotIn low           | {'spec':{'priorityClassName':'high'}} | true
            PriorityClass NotIn low           | {'spec':{}} | true
            CrossNamespacePodAffinity Exists  | {'spec':{'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'namespaces':['x']}]}}}} | true
            CrossNamespacePodAffinity Exists  | {'spec':{'affinity':{'podAntiAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'podAffinityTerm':{'namespaceSelector':{}}}]}}}} | true
            CrossNamespacePodAffinity Exists  | {'spec':{'affinity':{'podAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{}]}}}} | false
            VolumeAttributesClass Exists      | {'spec':{}} | false
            """)
    void podsAreInScopes(String scope, String pod, boolean in) {
        String[] parts = scope.split(" ");
        Scope asked = new Scope(parts[0], parts[1], parts.length < 3 ? List.of() : List.of(parts[2].split(",")));
        assertThat(usage("pods").isIn(asked, PluginHouse.json(pod))).isEqualTo(in);
    }

    @ParameterizedTest
    @CsvSource({"Exists, true", "In a, true", "In b, true", "In c, false", "NotIn a, true", "DoesNotExist, false"})
    void claimsAreInScopes(String scope, boolean in) {
        String[] parts = scope.split(" ");
        Scope asked = new Scope(
                "VolumeAttributesClass", parts[0], parts.length < 2 ? List.of() : List.of(parts[1].split(",")));
        assertThat(usage("persistentvolumeclaims")
                        .isIn(
                                asked,
                                PluginHouse.json("{'spec':{'volumeAttributesClassName':'a'},"
                                        + "'status':{'currentVolumeAttributesClassName':'b'}}")))
                .isEqualTo(in);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.ObjectValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins that know classes: of storage, of ingresses, of runtimes. */
class ClassPluginsTest {
    private static final String CLAIMS = "persistentvolumeclaims";
    private static final String STORAGE = "storageclasses.storage.k8s.io";

    private final PluginHouse house = new PluginHouse();

    @AfterEach
    void stop() {
        house.close();
    }

    private void storageClass(String name, String created, String annotation) {
        house.keep(
                STORAGE,
                "{'metadata':{'name':'" + name + "','creationTimestamp':'" + created + "','annotations':{'" + annotation
                        + "':'true'}}}");
    }

    @Test
    void theNewestDefaultStorageClassIsTaken() {
        String claim = "{'metadata':{'name':'c'},'spec':{}}";
        assertThat(house.created("DefaultStorageClass", CLAIMS, "shop", claim)).isEqualTo(PluginHouse.json(claim));
        storageClass("a", "2026-01-01T00:00:00Z", "storageclass.kubernetes.io/is-default-class");
        storageClass("c", "2026-01-02T00:00:00Z", "storageclass.beta.kubernetes.io/is-default-class");
        storageClass("b", "2026-01-02T00:00:00Z", "storageclass.kubernetes.io/is-default-class");
        storageClass("z", "2026-01-03T00:00:00Z", "other");
        assertThat(house.created("DefaultStorageClass", CLAIMS, "shop", claim).at("spec", "storageClassName"))
                .hasToString("\"b\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'metadata':{'name':'c'},'spec':{'storageClassName':''}}
            {'metadata':{'name':'c','annotations':{'volume.beta.kubernetes.io/storage-class':''}},'spec':{}}
            """)
    void claimsMaySayTheirClass(String claim) {
        storageClass("a", "2026-01-01T00:00:00Z", "storageclass.kubernetes.io/is-default-class");
        assertThat(house.created("DefaultStorageClass", CLAIMS, "shop", claim)).isEqualTo(PluginHouse.json(claim));
    }

    @Test
    void ingressesGetTheDefaultClass() {
        String resource = "ingresses.networking.k8s.io";
        String ingress = "{'metadata':{'name':'i'},'spec':{}}";
        assertThat(house.created("DefaultIngressClass", resource, "shop", ingress))
                .isEqualTo(PluginHouse.json(ingress));
        house.keep(
                "ingressclasses.networking.k8s.io",
                "{'metadata':{'name':'n','annotations':{'ingressclass.kubernetes.io/is-default-class':'true'}}}");
        assertThat(house.created("DefaultIngressClass", resource, "shop", ingress)
                        .at("spec", "ingressClassName"))
                .hasToString("\"n\"");
        String old = "{'metadata':{'name':'i','annotations':{'kubernetes.io/ingress.class':'x'}},'spec':{}}";
        assertThat(house.created("DefaultIngressClass", resource, "shop", old)).isEqualTo(PluginHouse.json(old));
    }

    private static String claim(String storageClass, String size, String phase) {
        return "{'metadata':{'name':'c'},'spec':{'storageClassName':'" + storageClass
                + "','resources':{'requests':{'storage':'" + size + "'}}},'status':{'phase':'" + phase + "'}}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            fast | 2Gi   | Bound   | -
            fast | 1Gi   | Pending | -
            slow | 500Mi | Bound   | -
            fast | 2Gi   | Pending | Only bound persistent volume claims can be expanded
            slow | 2Gi   | Bound   | only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize
            none | 2Gi   | Bound   | only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize
            """)
    void claimsGrowWhereTheirClassAllowsIt(String storageClass, String size, String phase, String problem) {
        house.keep(STORAGE, "{'metadata':{'name':'fast'},'allowVolumeExpansion':true}");
        house.keep(STORAGE, "{'metadata':{'name':'slow'}}");
        Runnable grow = () -> house.updated(
                "PersistentVolumeClaimResize",
                CLAIMS,
                "shop",
                claim(storageClass, size, phase),
                claim(storageClass, "1Gi", phase));
        if (problem == null) {
            grow.run();
        } else {
            assertThat(PluginHouse.refused(grow)).isEqualTo("persistentvolumeclaims \"c\" is forbidden: " + problem);
        }
    }

    private void runtimeClass() {
        house.keep(
                "runtimeclasses.node.k8s.io",
                "{'metadata':{'name':'rc'},'handler':'h','overhead':{'podFixed':{'cpu':'10m'}},'scheduling':"
                        + "{'nodeSelector':{'k':'v'},'tolerations':[{'key':'rc','operator':'Exists'}]}}");
    }

    private ObjectValue pod(String spec) {
        return house.created("RuntimeClass", "pods", "shop", "{'metadata':{'name':'p'},'spec':" + spec + "}");
    }

    @Test
    void podsGetWhatTheirRuntimeClassSays() {
        runtimeClass();
        ObjectValue spec = pod("{'runtimeClassName':'rc','nodeSelector':{'a':'b'},'tolerations':[{'key':'rc',"
                        + "'operator':'Equal','value':'x'},{'key':'y','operator':'Exists'}],'overhead':{'cpu':'0.01'}}")
                .objectOrEmpty("spec");
        assertThat(spec.objectOrEmpty("nodeSelector")).hasToString("{\"a\":\"b\",\"k\":\"v\"}");
        assertThat(spec.objectOrEmpty("overhead")).hasToString("{\"cpu\":\"10m\"}");
        assertThat(spec.arrayOrEmpty("tolerations"))
                .hasToString("[{\"key\":\"y\",\"operator\":\"Exists\"},{\"key\":\"rc\",\"operator\":\"Exists\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'runtimeClassName':'none'} | pod rejected: RuntimeClass "none" not found
            {'runtimeClassName':'rc','nodeSelector':{'k':'other'}} | conflict: runtimeClass.scheduling.nodeSelector[k] = v; pod.spec.nodeSelector[k] = other
            {'runtimeClassName':'rc','overhead':{'cpu':'1'}} | pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead
            {'overhead':{'cpu':'1'}} | pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead
            """)
    void podsThatClashAreRefused(String spec, String problem) {
        runtimeClass();
        assertThat(PluginHouse.refused(() -> pod(spec))).isEqualTo("pods \"p\" is forbidden: " + problem);
    }
}

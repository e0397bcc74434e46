// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaulterTest {
    private static Schema type(String name) {
        return SchemaFacts.builtin().type(name.indexOf('.') < 0 ? "api/core/v1." + name : name);
    }

    private static ObjectValue read(String type, String json) {
        Value tree = JsonReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        return TypedReader.read(type(type), tree, new DecodeFindings());
    }

    /** Type, what is given, what it becomes. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Probe | {'periodSeconds':7} | {'timeoutSeconds':1,'periodSeconds':7,'successThreshold':1,'failureThreshold':3}",
                "Probe | {'httpGet':{'port':1}} | {'httpGet':{'path':'/','port':1,'scheme':'HTTP'},'timeoutSeconds':1,'periodSeconds':10,'successThreshold':1,'failureThreshold':3}",
                "ContainerPort | {'containerPort':1} | {'containerPort':1,'protocol':'TCP'}",
                "HostPathVolumeSource | {'path':'/'} | {'path':'/','type':''}",
                "GRPCAction | {'port':1} | {'port':1,'service':''}",
                "LocalObjectReference | {} | {}",
                "PersistentVolumeClaimSpec | {'volumeMode':'Block'} | {'resources':{},'volumeMode':'Block'}",
                "api/networking/v1.IngressClassSpec | {'parameters':{'kind':'a','name':'b'}} | {'parameters':{'kind':'a','name':'b','scope':null}}",
                "api/networking/v1.IngressClass | {'spec':{'parameters':{'kind':'a','name':'b'}}} | {'metadata':{},'spec':{'parameters':{'kind':'a','name':'b','scope':'Cluster'}}}",
                "api/networking/v1.IngressClass | {'spec':{'controller':'c'}} | {'metadata':{},'spec':{'controller':'c'}}",
                "api/storage/v1.StorageClass | {'provisioner':'p'} | {'metadata':{},'provisioner':'p','reclaimPolicy':'Delete','volumeBindingMode':'Immediate'}",
                "api/rbac/v1.RoleBinding | {'roleRef':{'kind':'Role','name':'r'}} | {'metadata':{},'roleRef':{'apiGroup':'rbac.authorization.k8s.io','kind':'Role','name':'r'}}",
                "PodSpec | {'containers':[{'name':'a'}]} | {'containers':[{'name':'a','resources':{},'terminationMessagePath':'/dev/termination-log','terminationMessagePolicy':'File'}],'restartPolicy':'Always','terminationGracePeriodSeconds':30,'dnsPolicy':'ClusterFirst','securityContext':{},'schedulerName':'default-scheduler'}",
            })
    void constantsAreFilledInWireOrder(String type, String given, String expected) {
        ObjectValue filled = new Defaulter(Map.of()).apply(type(type), read(type, given));
        assertThat(filled).hasToString(expected.replace('\'', '"'));
    }

    @Test
    void rulesRunAfterTheirOwnConstantsAndBeforeTheObjectsInside() {
        List<String> log = new ArrayList<>();
        Defaulter defaulter = new Defaulter(Map.of(
                "api/core/v1.PodSpec",
                spec -> {
                    log.add("spec " + spec.stringOrEmpty("restartPolicy") + " "
                            + spec.arrayOrEmpty("containers").objectAt(0).has("terminationMessagePath"));
                    return spec.with("hostname", "h").with("containers", spec.arrayOrEmpty("containers")
                            .map(one -> ((ObjectValue) one).with("image", "i").with("args", Value.nul()).without("args")));
                },
                "api/core/v1.Container",
                container -> {
                    log.add("container " + container.stringOrEmpty("image"));
                    return container.with("imagePullPolicy", "Always");
                }));
        ObjectValue filled =
                defaulter.apply(type("Pod"), read("Pod", "{'spec':{'initContainers':[{'name':'i'}],'containers':[{'name':'a'}]}}"));
        assertThat(log).containsExactly("spec Always false", "container ", "container i");
        assertThat(TypedReader.read(type("Pod"), filled, new DecodeFindings())).isSameAs(filled);
        assertThat(filled.objectAt("spec").stringOrEmpty("hostname")).isEqualTo("h");
    }

    @Test
    void rulesOfNamedMapsAreCalled() {
        Defaulter defaulter = new Defaulter(
                Map.of("api/core/v1.ResourceList", list -> list.isEmpty() ? list : list.with("a", "9")));
        ObjectValue filled = defaulter.apply(type("ResourceRequirements"), read("ResourceRequirements", "{'limits':{'cpu':'1'}}"));
        assertThat(filled).hasToString("{\"limits\":{\"a\":\"9\",\"cpu\":\"1\"}}");
    }

    @Test
    void whatIsCompleteIsGivenBack() {
        Defaulter defaulter = new Defaulter(Map.of());
        ObjectValue once = defaulter.apply(type("Pod"), read("Pod", "{'spec':{'containers':[{'name':'a'}]}}"));
        assertThat(defaulter.apply(type("Pod"), once)).isSameAs(once);
        ObjectValue map = read("ConfigMap", "{'data':{'a':'b'}}");
        assertThat(defaulter.apply(type("ConfigMap"), map)).isSameAs(map);
    }

    @Test
    void recursiveTypesEnd() {
        String props = "apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaProps";
        ObjectValue schema = read(props, "{'properties':{'a':{'properties':{'b':{}}}}}");
        assertThat(new Defaulter(Map.of()).apply(type(props), schema)).isSameAs(schema);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "api/rbac/v1.Role | {'rules':[]} | {'metadata':{},'rules':null}",
                "api/rbac/v1.Role | {'rules':[{'verbs':[]}]} | {'metadata':{},'rules':[{'verbs':null}]}",
                "Secret | {'data':{'a':null}} | {'metadata':{},'data':{'a':''}}",
                "PodSpec | {'containers':[],'securityContext':{}} | {'containers':null,'securityContext':{}}",
            })
    void storageDoesNotTellEmptyFromNone(String type, String given, String expected) {
        assertThat(StoredForm.of(type(type), read(type, given))).hasToString(expected.replace('\'', '"'));
    }
}

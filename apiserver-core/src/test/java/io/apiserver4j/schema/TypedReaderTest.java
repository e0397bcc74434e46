// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedReaderTest {
    private static final String CORE = "api/core/v1.";
    private static final String SCHEMAS = "apiextensions-apiserver/pkg/apis/apiextensions/v1.";

    private static Schema type(String name) {
        return SchemaFacts.builtin().type(name.indexOf('.') < 0 ? CORE + name : name.replace("crd.", SCHEMAS));
    }

    private static ObjectValue read(String type, String json) {
        return TypedReader.read(type(type), json(json), new DecodeFindings());
    }

    private static Value json(String text) {
        return JsonReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> findings(String type, String json) {
        JsonReader.Result read = JsonReader.readWithFindings(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        DecodeFindings findings = new DecodeFindings();
        TypedReader.read(type(type), read.value(), read.duplicates(), findings);
        return findings.texts();
    }

    /** Type, what is read, what is written. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // order and omission
                "ContainerPort | {'protocol':'UDP','containerPort':80} | {'containerPort':80,'protocol':'UDP'}",
                "ContainerPort | {} | {'containerPort':0}",
                "ContainerPort | {'name':'','hostPort':0,'containerPort':0} | {'containerPort':0}",
                "EnvVar | {'name':'a','value':'','valueFrom':null} | {'name':'a'}",
                "Container | null | {'name':'','resources':{}}",
                "Pod | {} | {'metadata':{},'spec':{'containers':null},'status':{}}",
                "Pod | {'spec':null} | {'metadata':{},'spec':{'containers':null},'status':{}}",
                "PodSpec | {'containers':[]} | {'containers':[]}",
                "PodSpec | {'containers':[null]} | {'containers':[{'name':'','resources':{}}]}",
                "PodSpec | {'containers':null,'volumes':[]} | {'containers':null}",
                "PodSpec | {'containers':null,'hostNetwork':false} | {'containers':null}",
                "PodSpec | {'containers':null,'enableServiceLinks':false} | {'containers':null,'enableServiceLinks':false}",
                "PodSpec | {'containers':null,'securityContext':{}} | {'containers':null,'securityContext':{}}",
                "HostPathVolumeSource | {'type':'','path':'/x'} | {'path':'/x','type':''}",
                "Container | {'name':'a','args':['x',null]} | {'name':'a','args':['x',''],'resources':{}}",
                // embedded structs
                "Volume | {'emptyDir':{},'name':'v'} | {'name':'v','emptyDir':{}}",
                "ConfigMapKeySelector | {'key':'k','name':'n'} | {'name':'n','key':'k'}",
                // maps
                "ConfigMap | {'metadata':{},'data':{'b':'2','a':'1'}} | {'metadata':{},'data':{'a':'1','b':'2'}}",
                "ConfigMap | {'metadata':{},'data':{'b':null,'a':'1'}} | {'metadata':{},'data':{'a':'1','b':''}}",
                "ConfigMap | {'metadata':{},'data':{}} | {'metadata':{}}",
                // scalars with a form of their own
                "ResourceRequirements | {'limits':{'memory':'1024Mi','cpu':0.5}} | {'limits':{'cpu':'500m','memory':'1Gi'}}",
                "ResourceRequirements | {'limits':{'cpu':' 1 ','memory':1000}} | {'limits':{'cpu':'1','memory':'1k'}}",
                "ResourceRequirements | {'limits':{'cpu':null}} | {'limits':{'cpu':'0'}}",
                "ServicePort | {'port':80} | {'port':80,'targetPort':0}",
                "ServicePort | {'port':80,'targetPort':'http'} | {'port':80,'targetPort':'http'}",
                "meta.ObjectMeta | {'creationTimestamp':null} | {}",
                "meta.ObjectMeta | {'creationTimestamp':'2024-03-01T12:00:00+02:00'} | {'creationTimestamp':'2024-03-01T10:00:00Z'}",
                "meta.ObjectMeta | {'creationTimestamp':'0001-01-01T00:00:00Z'} | {}",
                "meta.ManagedFieldsEntry | {'fieldsV1':{'f:a':{}},'manager':'m'} | {'manager':'m','fieldsV1':{'f:a':{}}}",
                "api/coordination/v1.LeaseSpec | {'renewTime':'2024-03-01T10:00:00.5+00:00'} | !parsing time",
                "Secret | {'metadata':{},'data':{'a':'Yg=='}} | {'metadata':{},'data':{'a':'Yg=='}}",
                "Secret | {'metadata':{},'data':{'a':'YWJj\\nZGVm'}} | {'metadata':{},'data':{'a':'YWJjZGVm'}}",
                "Secret | {'metadata':{},'data':{'a':'Yh=='}} | {'metadata':{},'data':{'a':'Yg=='}}",
                "Secret | {'metadata':{},'data':{'a':[97,98]}} | {'metadata':{},'data':{'a':'YWI='}}",
                "Secret | {'metadata':{},'data':{'a':null}} | {'metadata':{},'data':{'a':null}}",
                // values of any shape
                "api/apps/v1.ControllerRevision | {'revision':1,'data':{'z':1,'a':null}} | {'metadata':{},'data':{'z':1,'a':null},'revision':1}",
                "api/apps/v1.ControllerRevision | {'revision':1} | {'metadata':{},'data':null,'revision':1}",
                "crd.JSONSchemaProps | {'default':{'b':1,'a':2}} | {'default':{'b':1,'a':2}}",
                "crd.JSONSchemaProps | {'default':null,'enum':[null,1]} | {'enum':[null,1]}",
                "crd.JSONSchemaProps | {'maximum':5.0,'minimum':1.5} | {'maximum':5,'minimum':1.5}",
                "crd.JSONSchemaProps | {'additionalProperties':false,'items':{'type':'string','id':'x'}} | {'items':{'id':'x','type':'string'},'additionalProperties':false}",
                "crd.JSONSchemaProps | {'items':[{'nope':1}]} | {'items':[{}]}",
                "crd.JSONSchemaProps | {'items':[]} | {'items':null}",
                "crd.JSONSchemaProps | {'dependencies':{'a':['b'],'c':{'type':'x'}}} | {'dependencies':{'a':['b'],'c':{'type':'x'}}}",
            })
    void writesWhatGoWrites(String type, String given, String expected) {
        if (expected.startsWith("!")) {
            assertThatExceptionOfType(TypeMismatchException.class)
                    .isThrownBy(() -> read(type, given))
                    .withMessageStartingWith(expected.substring(1));
        } else {
            assertThat(read(type, given)).hasToString(expected.replace('\'', '"'));
        }
    }

    /** Type, what is read, the message. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Pod | {'spec':'x'} | json: cannot unmarshal string into Go struct field Pod.spec of type v1.PodSpec",
                "Pod | {'metadata':[]} | json: cannot unmarshal array into Go struct field Pod.metadata of type v1.ObjectMeta",
                "Pod | [] | json: cannot unmarshal array into Go value of type v1.Pod",
                "Pod | {'spec':{'containers':{}}} | json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container",
                "Pod | {'spec':{'containers':[{'ports':[{'containerPort':'x'}]}]}} | json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32",
                "Pod | {'spec':{'containers':[{'imagePullPolicy':1}]}} | json: cannot unmarshal number into Go struct field Container.spec.containers.imagePullPolicy of type v1.PullPolicy",
                "Pod | {'spec':{'restartPolicy':true}} | json: cannot unmarshal bool into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy",
                "Pod | {'spec':{'nodeSelector':{'a':1}}} | json: cannot unmarshal number into Go struct field PodSpec.spec.nodeSelector of type string",
                "Pod | {'metadata':{'labels':'a'}} | json: cannot unmarshal string into Go struct field ObjectMeta.metadata.labels of type map[string]string",
                "Pod | {'metadata':{'creationTimestamp':1}} | json: cannot unmarshal number into Go struct field ObjectMeta.metadata.creationTimestamp of type string",
                "ContainerPort | {'containerPort':1.5} | json: cannot unmarshal number 1.5 into Go struct field ContainerPort.containerPort of type int32",
                "ContainerPort | {'containerPort':3e2} | json: cannot unmarshal number 3e2 into Go struct field ContainerPort.containerPort of type int32",
                "ContainerPort | {'containerPort':2147483648} | json: cannot unmarshal number 2147483648 into Go struct field ContainerPort.containerPort of type int32",
                "PodSpec | {'activeDeadlineSeconds':99999999999999999999} | json: cannot unmarshal number 99999999999999999999 into Go struct field PodSpec.activeDeadlineSeconds of type int64",
                "ServicePort | {'targetPort':{}} | json: cannot unmarshal object into Go struct field ServicePort.targetPort of type int32",
                "Volume | {'hostPath':1} | json: cannot unmarshal number into Go struct field Volume.VolumeSource.hostPath of type v1.HostPathVolumeSource",
                "PersistentVolumeClaimStatus | {'allocatedResourceStatuses':1} | json: cannot unmarshal number into Go struct field PersistentVolumeClaimStatus.allocatedResourceStatuses of type map[v1.ResourceName]v1.ClaimResourceStatus",
                "PodSpec | {'overhead':1} | json: cannot unmarshal number into Go struct field PodSpec.overhead of type v1.ResourceList",
                "PodSpec | {'overhead':{'cpu':true}} | quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
                "Secret | {'data':{'a':'*'}} | illegal base64 data at input byte 0",
                "Secret | {'data':{'a':{}}} | json: cannot unmarshal object into Go struct field Secret.data of type []uint8",
                "Secret | {'data':{'a':[300]}} | json: cannot unmarshal number 300 into Go struct field Secret.data of type uint8",
                "crd.JSONSchemaProps | {'additionalProperties':1} | boolean or JSON schema expected",
                "crd.CustomResourceValidation | {'openAPIV3Schema':{'items':{'type':1}}} | json: cannot unmarshal number into Go struct field JSONSchemaProps.openAPIV3Schema.items.type of type string",
                // the first error of a type counts, but a type that reads itself ends the reading
                "PodSpec | {'nodeName':1,'hostname':2} | json: cannot unmarshal number into Go struct field PodSpec.nodeName of type string",
                "PodSpec | {'nodeName':1,'overhead':{'cpu':''}} | quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
            })
    void tellsWhatDoesNotFit(String type, String given, String message) {
        assertThatExceptionOfType(TypeMismatchException.class)
                .isThrownBy(() -> read(type, given))
                .withMessage(message.replace('`', '\''));
    }

    /** Type, what is read, the findings. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Pod | {'spec':{'containers':[{'x':1},{'name':'a','y':{}}],'z':[]},'Kind':'Pod'} | unknown field 'spec.containers[0].x', unknown field 'spec.containers[1].y', unknown field 'spec.z', unknown field 'Kind'",
                "ConfigMap | {'data':{'a':'1','a':'2'}} | duplicate field 'data.a'",
                "ConfigMap | {'kind':'ConfigMap','kind':'ConfigMap','color':1} | duplicate field 'kind', unknown field 'color'",
                "ConfigMap | {'color':{'a':1,'a':2}} | unknown field 'color'",
                "api/apps/v1.ControllerRevision | {'data':{'a':1,'a':2}} | ``",
                "crd.JSONSchemaProps | {'properties':{'a':{'nope':1}},'items':{'nope':1}} | unknown field 'properties.a.nope'",
                "Volume | {'VolumeSource':{}} | unknown field 'VolumeSource'",
            })
    void notesWhatStrictDecodingComplainsAbout(String type, String given, String expected) {
        assertThat(String.join(", ", findings(type, given))).isEqualTo(expected.replace('\'', '"'));
    }

    @Test
    void sharesWhatDoesNotChange() {
        Value tree = json("{'metadata':{'name':'a','labels':{'x':'y'}},'data':{'k':'v'}}");
        assertThat(TypedReader.read(type("ConfigMap"), tree, new DecodeFindings())).isSameAs(tree);
        ObjectValue other = TypedReader.read(
                type("ConfigMap"), json("{'data':{'k':'v'},'metadata':{'labels':{'x':'y'}}}"), new DecodeFindings());
        ObjectValue again = TypedReader.read(type("ConfigMap"), other.with("immutable", Value.of(false)), new DecodeFindings());
        assertThat(again.get("metadata")).isSameAs(other.get("metadata"));
        assertThat(again.get("data")).isSameAs(other.get("data"));
    }

    @Test
    void keepsAHundredFindingsAndEachOnce() {
        StringBuilder text = new StringBuilder("{'spec':{'containers':null");
        for (int i = 0; i < 150; i++) {
            text.append(",'x").append(i).append("':1");
        }
        assertThat(findings("Pod", text.append("}}").toString())).hasSize(100);
        DecodeFindings findings = new DecodeFindings();
        findings.unknown("a");
        findings.unknown("a");
        assertThat(findings.texts()).containsExactly("unknown field \"a\"");
    }
}

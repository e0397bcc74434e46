// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.TypeMismatchException;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomVersionTest {
    private static CustomVersion version(String properties) {
        ObjectValue schema = json("{'type':'object','properties':" + properties + "}");
        return new CustomVersion(ObjectValue.of("schema", ObjectValue.of("openAPIV3Schema", schema)));
    }

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void dropsWhatTheSchemaDoesNotKnowAndSaysWhere() {
        CustomVersion version = version("{'spec':{'type':'object','properties':{'x':{'type':'string'},"
                + "'l':{'type':'array','items':{'type':'object','properties':{'a':{'type':'string'}}}},"
                + "'free':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}}");
        DecodeFindings findings = new DecodeFindings();

        ObjectValue read = version.read(
                json("{'kind':'W','metadata':{'name':'a','bogus':1},'top':1,"
                        + "'spec':{'x':'1','z':1,'l':[{'a':'1','b':2}],'free':{'any':{'thing':1}}}}"),
                findings);

        assertThat(read.get("spec")).isEqualTo(json("{'x':'1','l':[{'a':'1'}],'free':{'any':{'thing':1}}}"));
        assertThat(read.get("metadata")).isEqualTo(json("{'name':'a'}"));
        assertThat(findings.texts())
                .isEqualTo(List.of(
                        "unknown field \"metadata.bogus\"",
                        "unknown field \"spec.l[0].b\"",
                        "unknown field \"spec.z\"",
                        "unknown field \"top\""));
    }

    @Test
    void fillsDefaultsFromTheOutsideIn() {
        CustomVersion version = version(
                "{'spec':{'type':'object','default':{},'properties':{"
                        + "'a':{'type':'string','default':'x'},'n':{'type':'string','nullable':true,'default':'d'},"
                        + "'m':{'type':'object','additionalProperties':{'type':'object','properties':{'v':{'type':'integer','default':1}}}}}}}");

        assertThat(version.read(json("{'spec':null}"), new DecodeFindings()).get("spec"))
                .isEqualTo(json("{'a':'x','n':'d'}"));
        assertThat(version.read(json("{'spec':{'a':null,'n':null,'m':{'k':{}}}}"), new DecodeFindings())
                        .get("spec"))
                .isEqualTo(json("{'a':'x','n':null,'m':{'k':{'v':1}}}"));
    }

    @Test
    void refusesMetadataOfAnotherType() {
        CustomVersion version = version("{}");

        assertThatThrownBy(() -> version.read(json("{'metadata':{'labels':{'a':5}}}"), new DecodeFindings()))
                .isInstanceOfSatisfying(
                        TypeMismatchException.class,
                        e -> assertThat(e.text())
                                .isEqualTo(
                                        "json: cannot unmarshal number into Go struct field ObjectMeta.labels of type"
                                                + " string"));
    }

    @Test
    void sortsTreesAtAllDepths() {
        ObjectValue sorted = SortedTree.of(json("{'b':[{'d':1,'c':2}],'a':{'f':1,'e':2}}"));

        assertThat(sorted.toString()).isEqualTo("{\"a\":{\"e\":2,\"f\":1},\"b\":[{\"c\":2,\"d\":1}]}");
        assertThat(SortedTree.of(sorted)).isSameAs(sorted);
    }

    @Test
    void namesThatOthersHaveAreNotAccepted() {
        ObjectValue other = json(
                "{'metadata':{'name':'b.g'},'spec':{'group':'g'},"
                        + "'status':{'acceptedNames':{'plural':'b','singular':'x','kind':'B','listKind':'BList','shortNames':['w']}}}");
        ObjectValue mine = json("{'metadata':{'name':'a.g'},'spec':{'group':'g','names':"
                + "{'plural':'a','singular':'a','kind':'A','listKind':'AList','shortNames':['w']}}}");

        ObjectValue status = NameAcceptance.status(mine, List.of(other, mine), "now");

        assertThat(status.get("conditions"))
                .isEqualTo(JsonReader.read(
                        ("[{\"type\":\"NamesAccepted\",\"status\":\"False\",\"lastTransitionTime\":\"now\","
                                        + "\"reason\":\"ShortNamesConflict\",\"message\":\"\\\"w\\\" is already in use\"},"
                                        + "{\"type\":\"Established\",\"status\":\"False\",\"lastTransitionTime\":\"now\","
                                        + "\"reason\":\"NotAccepted\",\"message\":\"not all names are accepted\"}]")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(status.objectOrEmpty("acceptedNames").get("shortNames")).isNull();
        assertThat(NameAcceptance.status(mine.with("status", status), List.of(other, mine), "later"))
                .isSameAs(status);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.openapi.RemoteDocuments.RemoteDocument;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiMergeTest {
    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void pathsOfTheGroupVersionComeInWithTheirDefinitions() {
        ObjectValue own = json("{'paths':{'/api/':{}},'definitions':{'Meta':{'type':'object'},'Same':{'type':'string',"
                + "'x-kubernetes-group-version-kind':[{'kind':'A'}]}}}");
        ObjectValue theirs = json("{'paths':{'/apis/g/v1/things':{'get':{'schema':{'$ref':'#/definitions/Thing'}}},"
                + "'/apis/other/v1/':{}},'definitions':{'Thing':{'properties':{'a':{'$ref':'#/definitions/Meta'},"
                + "'b':{'$ref':'#/definitions/Same'}}},'Meta':{'type':'object','description':'theirs'},"
                + "'Same':{'type':'string','x-kubernetes-group-version-kind':[{'kind':'B'}]},'Unused':{}}}");

        ObjectValue merged = OpenApiMerge.merge(own, List.of(new RemoteDocument("g", "v1", "s", null, "", theirs)));

        assertThat(merged.objectOrEmpty("paths").has("/apis/g/v1/things")).isTrue();
        assertThat(merged.objectOrEmpty("paths").has("/apis/other/v1/")).isFalse();
        assertThat(merged.objectOrEmpty("definitions"))
                .isEqualTo(json("{'Meta':{'type':'object'},'Meta_v2':{'type':'object','description':'theirs'},"
                        + "'Same':{'type':'string','x-kubernetes-group-version-kind':[{'kind':'A'}]},"
                        + "'Thing':{'properties':{'a':{'$ref':'#/definitions/Meta_v2'},"
                        + "'b':{'$ref':'#/definitions/Same'}}}}"));
    }
}

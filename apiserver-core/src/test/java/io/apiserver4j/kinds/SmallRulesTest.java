// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules that strategies share: each line an object before and after. */
class SmallRulesTest {
    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'volumeMode':'Block'}|{'volumeMode':'Block'}",
                "{'accessModes':['a'],'dataSource':{'apiGroup':'g','kind':'k','name':'n'},'volumeAttributesClassName':'v'}"
                        + "|{'accessModes':['a'],'dataSource':{'apiGroup':'g','kind':'k','name':'n'},"
                        + "'dataSourceRef':{'apiGroup':'g','kind':'k','name':'n'},'volumeAttributesClassName':'v'}",
                "{'volumeMode':'m','dataSourceRef':{'apiGroup':null,'kind':'k','name':'n'}}"
                        + "|{'volumeMode':'m','dataSource':{'apiGroup':null,'kind':'k','name':'n'},"
                        + "'dataSourceRef':{'apiGroup':null,'kind':'k','name':'n'}}",
                "{'dataSourceRef':{'apiGroup':null,'kind':'k','name':'n','namespace':'s'}}"
                        + "|{'dataSourceRef':{'apiGroup':null,'kind':'k','name':'n','namespace':'s'}}",
                "{'dataSource':{'apiGroup':'g','kind':'k','name':'n'},'dataSourceRef':{'apiGroup':'g','kind':'o','name':'n'}}"
                        + "|{'dataSource':{'apiGroup':'g','kind':'k','name':'n'},"
                        + "'dataSourceRef':{'apiGroup':'g','kind':'o','name':'n'}}"
            })
    void sourcesOfClaims(String given, String expected) {
        assertThat(ClaimSources.same(json(given))).hasToString(json(expected).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'metadata':{'generateName':'g'}}|{'metadata':{'generateName':'g'}}",
                "{'metadata':{'name':'n','annotations':{}}}"
                        + "|{'metadata':{'name':'n','labels':{'kubernetes.io/metadata.name':'n'},'annotations':{}}}",
                "{'metadata':{'name':'n','labels':{'a':'1','z':'2','kubernetes.io/metadata.name':'m'}}}"
                        + "|{'metadata':{'name':'n','labels':{'a':'1','kubernetes.io/metadata.name':'n','z':'2'}}}"
            })
    void labelsOfNamespaces(String given, String expected) {
        assertThat(NamespaceLabel.set(json(given))).hasToString(json(expected).toString());
    }

    @ParameterizedTest
    @CsvSource({"0,1,3,4", "1,1,1,2", "7,7,7,8", "-2,1,-2,-1"})
    void templatesOfDaemonSetsAreCounted(long given, long created, long kept, long raised) {
        ObjectValue current = set(kept, "a");
        assertThat(TemplateGeneration.of(TemplateGeneration.onCreate(set(given, "a"))))
                .isEqualTo(created);
        assertThat(TemplateGeneration.onUpdate(set(given, "a"), current)).isEqualTo(current);
        assertThat(TemplateGeneration.of(TemplateGeneration.onUpdate(set(given, "b"), current)))
                .isEqualTo(raised);
    }

    private static ObjectValue set(long count, String template) {
        return json("{'metadata':{'name':'n','annotations':{'" + TemplateGeneration.ANNOTATION + "':'" + count
                + "'}},'spec':{'template':'" + template + "'}}");
    }

    /** Resources of the pod, of its containers and of what runs before them (a sidecar, then another), and of the pod after. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{'limits':{'cpu':'1'}}|{}|{}|{}",
                "{'limits':{'cpu':'2','memory':'1Gi'}}|{}|{}|{}"
                        + "|{'limits':{'cpu':'2','memory':'1Gi'},'requests':{'cpu':'2','memory':'1Gi'}}",
                "{'limits':{'cpu':'2'}}|{'requests':{'cpu':'500m','memory':'1Gi','example.com/x':'1'}}|{}|{}"
                        + "|{'limits':{'cpu':'2'},'requests':{'cpu':'500m','memory':'1Gi'}}",
                "{'requests':{'cpu':'2'}}|{'limits':{'cpu':'1'}}|{'limits':{'cpu':'2'}}|{'limits':{'cpu':'4'}}"
                        + "|{'limits':{'cpu':'6'},'requests':{'cpu':'2'}}",
                "{'requests':{'cpu':'7'}}|{'limits':{'cpu':'1'}}|{'limits':{'cpu':'2'}}|{'limits':{'cpu':'4'}}"
                        + "|{'limits':{'cpu':'7'},'requests':{'cpu':'7'}}",
                "{'requests':{'cpu':'1'},'claims':[]}|{'limits':{'cpu':'1','hugepages-2Mi':'4Mi'}}|{}|{}"
                        + "|{'limits':{'hugepages-2Mi':'4Mi'},'requests':{'cpu':'1','hugepages-2Mi':'4Mi'},'claims':[]}",
                "{'limits':{'example.com/x':'1'}}|{}|{}|{}|{'limits':{'example.com/x':'1'}}"
            })
    void resourcesOfWholePods(String pod, String container, String sidecar, String init, String expected) {
        ObjectValue given = json("{'spec':{'initContainers':[{'restartPolicy':'Always','resources':" + sidecar
                + "},{'resources':" + init + "}],'containers':[{'resources':" + container + "}],'resources':" + pod
                + "}}");
        ObjectValue filled = PodLevelResources.filled(given);
        assertThat(filled.objectAt("spec", "resources"))
                .hasToString(json(expected).toString());
        assertThat(PodLevelResources.filled(filled)).isEqualTo(filled);
    }
}

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
import org.junit.jupiter.params.provider.CsvFileSource;

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
    @CsvFileSource(resources = "defaults.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 4096)
    void constantsAreFilledInWireOrder(String type, String given, String expected) {
        ObjectValue filled = new Defaulter(Map.of()).apply(type(type), read(type, given));
        assertThat(filled).hasToString(expected);
    }

    @Test
    void rulesRunAfterTheirOwnConstantsAndBeforeTheObjectsInside() {
        List<String> log = new ArrayList<>();
        Defaulter defaulter = new Defaulter(Map.of(
                "api/core/v1.PodSpec",
                spec -> {
                    log.add("spec " + spec.stringOrEmpty("restartPolicy") + " "
                            + spec.arrayOrEmpty("containers").objectAt(0).has("terminationMessagePath"));
                    return spec.with("hostname", "h")
                            .with("containers", spec.arrayOrEmpty("containers").map(DefaulterTest::withImage));
                },
                "api/core/v1.Container",
                container -> {
                    log.add("container " + container.stringOrEmpty("image"));
                    return container.with("imagePullPolicy", "Always");
                }));
        ObjectValue pod = read("Pod", "{'spec':{'initContainers':[{'name':'i'}],'containers':[{'name':'a'}]}}");
        ObjectValue filled = defaulter.apply(type("Pod"), pod);
        assertThat(log).containsExactly("spec Always false", "container ", "container i");
        assertThat(TypedReader.read(type("Pod"), filled, new DecodeFindings())).isSameAs(filled);
        assertThat(filled.objectAt("spec").stringOrEmpty("hostname")).isEqualTo("h");
    }

    private static Value withImage(Value container) {
        return ((ObjectValue) container).with("image", "i");
    }

    @Test
    void rulesOfNamedMapsAreCalled() {
        Defaulter defaulter =
                new Defaulter(Map.of("api/core/v1.ResourceList", list -> list.isEmpty() ? list : list.with("a", "9")));
        ObjectValue given = read("ResourceRequirements", "{'limits':{'cpu':'1'}}");
        ObjectValue filled = defaulter.apply(type("ResourceRequirements"), given);
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
    @CsvFileSource(resources = "stored.csv", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 4096)
    void storageDoesNotTellEmptyFromNone(String type, String given, String expected) {
        assertThat(StoredForm.of(type(type), read(type, given))).hasToString(expected);
    }
}

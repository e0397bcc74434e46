// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.value.ObjectValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'b':1,'a':2}          | {'a':3}                 | {"a":3,"b":1}
        {'a':1}                | {'a':null}              | {}
        {'a':1}                | {'b':null}              | {"a":1}
        {'a':{'c':1,'b':2}}    | {'a':{'b':null,'d':4}}  | {"a":{"c":1,"d":4}}
        {'a':{'z':1,'b':2}}    | {'a':{}}                | {"a":{"b":2,"z":1}}
        {'a':[1,2]}            | {'a':[3]}               | {"a":[3]}
        {'a':[1,2]}            | {'a':[null,{'x':null}]} | {"a":[null,{}]}
        {'a':{'b':1}}          | {'a':[null]}            | {"a":[null]}
        {'a':{'b':1}}          | {'a':'s'}               | {"a":"s"}
        {'a':'s'}              | {'a':{'b':null,'c':1}}  | {"a":{"c":1}}
        {'a':null}             | {'a':{'b':null}}        | {"a":{}}
        {}                     | {'a':{'b':{'c':null}}}  | {"a":{"b":{}}}
        {'z':{'y':1,'x':2}}    | {'a':1}                 | {"a":1,"z":{"y":1,"x":2}}
        {'a':1}                | [1,{'b':null}]          | [1,{}]
        """)
    void merges(String document, String patch, String result) {
        ObjectValue object = (ObjectValue) JsonPatchTest.body(document).value();
        assertThat(MergePatch.of(JsonPatchTest.body(patch), false).apply(object).toString())
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        [1]   | true  | error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}
        'x'   | true  | error decoding patch: json: cannot unmarshal string into Go value of type map[string]interface {}
        null  | true  | Invalid JSON Patch
        5     | false | Invalid JSON Patch
        {     | true  | invalid JSON patch
        """)
    void documentsThatAreNoPatch(String text, boolean checked, String message) {
        assertThatThrownBy(() -> MergePatch.of(JsonPatchTest.body(text), checked))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.status().code()).isEqualTo(400);
                    assertThat(e.status().message()).isEqualTo(message);
                });
    }

    @Test
    void nothingToDoSharesTheDocument() {
        ObjectValue object = (ObjectValue) JsonPatchTest.body("{'b':1,'a':2}").value();
        assertThat(MergePatch.of(JsonPatchTest.body("{}"), true).apply(object)).isSameAs(object);
    }

    @Test
    void findsDuplicates() {
        PatchBody body = JsonPatchTest.body("{'data':{'k':'1','k':'2'}}");
        assertThat(MergePatch.of(body, true).findings()).containsExactly("duplicate field \"data.k\"");
        assertThat(MergePatch.of(body, false).findings()).isEmpty();
    }
}

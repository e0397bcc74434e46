// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.schema.ListKind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaField;
import io.apiserver4j.schema.Shape;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergePatchTest {
    private static final Schema TEXT = Schema.scalar(Shape.STRING);
    private static final Schema ITEM = Schema.object("api/test/v1.Item", false, false);
    private static final Schema TOP = Schema.object("api/test/v1.Top", false, false);

    static {
        ITEM.link(List.of(
                field("name", TEXT, "", ""),
                field("v", TEXT, "", ""),
                field("w", TEXT, "", ""),
                field("inner", list(ITEM), "merge", "name")));
        TOP.link(List.of(
                field("s", TEXT, "", ""),
                field("map", Schema.map(TEXT, false), "", ""),
                field("o", ITEM, "", ""),
                field("whole", ITEM, "replace", ""),
                field("keyed", list(ITEM), "merge", "name"),
                field("retained", list(ITEM), "merge,retainKeys", "name"),
                field("plain", list(ITEM), "", ""),
                field("keyless", list(ITEM), "merge", ""),
                field("texts", list(TEXT), "merge", ""),
                field("lists", list(list(TEXT)), "merge", ""),
                field("strategy", ITEM, "retainKeys", ""),
                field("raw", Schema.scalar(Shape.ANY), "", "")));
    }

    private static Schema list(Schema items) {
        return Schema.list(items, ListKind.ATOMIC, List.of());
    }

    private static SchemaField field(String name, Schema schema, String strategy, String key) {
        return new SchemaField(name, schema, SchemaField.Omit.EMPTY, false, false, null, List.of(), 0, strategy, key);
    }

    private static StrategicMergePatch.Result apply(String document, String patch) {
        ObjectValue object = (ObjectValue) JsonPatchTest.body(document).value();
        return StrategicMergePatch.of(JsonPatchTest.body(patch), true).apply(object, TOP);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'s':'a','map':{'x':'1','y':'2'}} | {'s':'b','map':{'y':null,'z':'3'}} | {'s':'b','map':{'x':'1','z':'3'}}
        {'s':'a'}                         | {'s':null,'map':{'a':null,'b':'1'}} | {'map':{'b':'1'}}
        {'map':{'x':'1'}}                 | {'map':{'$patch':'replace','y':'2'}} | {'map':{'y':'2'}}
        {'map':{'x':'1'}}                 | {'map':{'$patch':'delete'}}       | {'map':{}}
        {'s':'a'}                         | {'map':{'$patch':'delete'}}       | {'s':'a'}
        {'s':'a','map':{'x':'1'}}         | {'$patch':'replace','s':'b'}      | {'s':'b'}
        {'whole':{'name':'a','v':'1'}}    | {'whole':{'v':'2'}}               | {'whole':{'v':'2'}}
        {'o':{'name':'a','v':'1'}}        | {'o':{'v':'2'}}                   | {'o':{'name':'a','v':'2'}}
        {'o':'text'}                      | {'o':{'v':null,'w':'1'}}          | {'o':{'w':'1'}}
        {'plain':[{'name':'a'}]}          | {'plain':[{'name':'b'}]}          | {'plain':[{'name':'b'}]}
        {'keyed':[{'name':'a','v':'1'},{'name':'b'}]} | {'keyed':[{'name':'b','v':'2'},{'name':'c'}]} | {'keyed':[{'name':'a','v':'1'},{'name':'b','v':'2'},{'name':'c'}]}
        {'keyed':[{'name':'a'},{'name':'b'}]} | {'keyed':[{'name':'c'},{'name':'a','v':'1'}]} | {'keyed':[{'name':'c'},{'name':'a','v':'1'},{'name':'b'}]}
        {'keyed':[{'name':'a'},{'name':'b'}]} | {'keyed':[{'$patch':'delete','name':'a'}]} | {'keyed':[{'name':'b'}]}
        {'keyed':[{'name':'a'}]}          | {'keyed':[{'$patch':'delete','name':'a'}]} | {'keyed':[]}
        {'keyed':[{'name':'a'}]}          | {'keyed':[{'name':'z'},{'$patch':'replace'}]} | {'keyed':[{'name':'z'}]}
        {'keyed':[{'name':'a'}]}          | {'keyed':[{'$patch':'replace'}]}  | {'keyed':[]}
        {}                                | {'keyed':[{'name':'a'},{'$patch':'delete','name':'b'}]} | {'keyed':[{'name':'a'}]}
        {'keyed':[{'name':'a','inner':[{'name':'x'}]}]} | {'keyed':[{'name':'a','inner':[{'name':'y'}]}]} | {'keyed':[{'name':'a','inner':[{'name':'y'},{'name':'x'}]}]}
        {'texts':['a','b']}               | {'texts':['c']}                   | {'texts':['c','a','b']}
        {'texts':['a','b']}               | {'texts':['b']}                   | {'texts':['a','b']}
        {'texts':['a','b','c']}           | {'$deleteFromPrimitiveList/texts':['b','x']} | {'texts':['a','c']}
        {}                                | {'$deleteFromPrimitiveList/texts':['b']} | {}
        {'texts':['a','b']}               | {'$setElementOrder/texts':['b','a']} | {'texts':['b','a']}
        {'texts':['a','b']}               | {'$setElementOrder/texts':['c','a','b'],'texts':['c']} | {'texts':['c','a','b']}
        {'keyed':[{'name':'a'},{'name':'b'},{'name':'c'}]} | {'$setElementOrder/keyed':[{'name':'c'},{'name':'a'}]} | {'keyed':[{'name':'b'},{'name':'c'},{'name':'a'}]}
        {'keyed':[{'name':'a'},{'name':'b'}]} | {'$setElementOrder/keyed':[{'name':'c'},{'name':'a'}],'keyed':[{'name':'c'}]} | {'keyed':[{'name':'c'},{'name':'a'},{'name':'b'}]}
        {}                                | {'$setElementOrder/keyed':[{'name':'a'}],'keyed':[{'name':'a'}]} | {'keyed':[{'name':'a'}]}
        {}                                | {'$setElementOrder/keyed':[{'name':'a'}]} | {}
        {'strategy':{'name':'a','v':'1','w':'2'}} | {'strategy':{'$retainKeys':['name','w'],'w':'3'}} | {'strategy':{'name':'a','w':'3'}}
        {'retained':[{'name':'a','v':'1'}]} | {'retained':[{'$retainKeys':['name','w'],'name':'a','w':'2'}]} | {'retained':[{'name':'a','w':'2'}]}
        {'raw':{'a':1}}                   | {'raw':[1]}                       | {'raw':[1]}
        {'s':'a'}                         | {'bogus':{'x':[1]}}               | {'s':'a','bogus':{'x':[1]}}
        """)
    void merges(String document, String patch, String result) {
        assertThat(apply(document, patch).object())
                .isEqualTo(JsonPatchTest.body(result).value());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'map':{}}             | {'map':{'$patch':'merge','n':'1'}}  | 500 | unknown patch type: merge in map: map[$patch:merge n:1]
        {}                     | {'$patch':'frob'}                   | 500 | unknown patch type: frob in map: map[$patch:frob]
        {'keyed':[{'name':'a'}]} | {'keyed':[{'$patch':'delete'}]}   | 500 | map: map[$patch:delete] does not contain declared merge key: name
        {'keyed':[{'name':'a'}]} | {'keyed':[{'v':'1'}]}             | 500 | map: map[v:1] does not contain declared merge key: name
        {'keyed':[{'name':'a'}]} | {'keyed':[{'$patch':'merge','name':'a'}]} | 500 | merging lists cannot yet be specified in the patch
        {'keyed':[{'name':'a'}]} | {'keyed':['a']}                   | 500 | list element types are not identical: [[map[name:a]] [a]]
        {'keyless':[{'name':'a'}]} | {'keyless':[{'name':'a'}]}      | 500 | cannot merge lists without merge key for struct
        {'lists':[['a']]}      | {'lists':[['b']]}                   | 500 | unexpected slice of slice
        {'keyed':[{'name':'a'}]} | {'$setElementOrder/keyed':'x'}    | 500 | expected a []interface {}, but received a string
        {'keyed':[{'name':'a'}]} | {'$setElementOrder':[]}           | 400 | invalid patch format of setElementOrder list
        {'texts':['a']}        | {'$deleteFromPrimitiveList':['a']}  | 400 | invalid patch format of primitive list
        {'o':{'v':'1'}}        | {'o':{'$retainKeys':['w'],'v':'2'}} | 400 | invalid patch format of retainKeys
        {'o':{'v':'1'}}        | {'o':{'$retainKeys':'w'}}           | 400 | invalid patch format of retainKeys
        {'raw':{'a':{}}}       | {'raw':{'a':{}}}                    | 500 | unable to find api field in struct RawExtension for the json field "a"
        {'o':{'zz':{}}}        | {'o':{'zz':{}}}                     | 500 | unable to find api field in struct Item for the json field "zz"
        {'map':{'a':{}}}       | {'map':{'a':{}}}                    | 500 | merging an object in json but data type is not struct, instead is: map
        {}                     | [1]                                 | 400 | json: cannot unmarshal array into Go value of type map[string]interface {}
        """)
    void refuses(String document, String patch, int code, String message) {
        assertThatThrownBy(() -> apply(document, patch)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status().message()).isEqualTo(message);
            assertThat(e.status().code()).isEqualTo(code);
        });
    }

    @Test
    void itemsOutOfTheGivenOrderAreRefused() {
        assertThatThrownBy(() -> apply(
                        "{'keyed':[{'name':'a'},{'name':'b'}]}",
                        "{'$setElementOrder/keyed':[{'name':'a'}],'keyed':[{'name':'b','v':'9'}]}"))
                .hasMessage("The order in patch list:\n"
                        + "[map[name:b v:9]]\n"
                        + " doesn't match $setElementOrder list:\n"
                        + "[map[name:a]]\n");
    }

    @Test
    void theRestOfThePatchIsWhatMessagesQuote() {
        assertThat(apply(
                                "{'keyed':[{'name':'a'}],'s':'x'}",
                                "{'$setElementOrder/keyed':[{'name':'a'}],'keyed':[{'name':'a','v':'1'}],"
                                        + "'bogus':{'n':null,'l':[1,true]},'s':'y'}")
                        .shown())
                .isEqualTo("map[bogus:map[l:[1 true]] s:y]");
        assertThat(apply("{'o':{'v':'1'}}", "{'o':{'$retainKeys':['w'],'w':'2'}}")
                        .shown())
                .isEqualTo("map[o:map[w:2]]");
    }

    @Test
    void noPatchSharesTheDocument() {
        ObjectValue object = (ObjectValue) JsonPatchTest.body("{'s':'a'}").value();
        assertThat(StrategicMergePatch.of(JsonPatchTest.body("null"), true)
                        .apply(object, TOP)
                        .object())
                .isSameAs(object);
    }

    @Test
    void printsNumbersAsGoDoes() {
        assertThat(GoPrint.plain(JsonPatchTest.body("[1,1.5,1e6,123456.5,1234567.5,0.0001,0.00001,1e21]")
                        .value()))
                .isEqualTo("[1 1.5 1e+06 123456.5 1.2345675e+06 0.0001 1e-05 1e+21]");
    }
}

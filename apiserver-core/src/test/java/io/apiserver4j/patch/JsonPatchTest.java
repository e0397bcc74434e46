// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPatchTest {
    private static final String DOCUMENT =
            "{'z':{'b':1,'a':2},'list':['a','b','c'],'s':'text','n':null,'k/~':{'x':1.50},'deep':{'l':[{'m':1}]}}";

    static PatchBody body(String text) {
        return PatchBody.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Value apply(String patch) {
        return JsonPatch.of(body(patch), true)
                .apply((ObjectValue) body(DOCUMENT).value());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        add /new 1             | new     | 1
        add /new               | new     | null
        add /z/c {'q':[]}      | z       | {'b':1,'a':2,'c':{'q':[]}}
        add /list/- 'd'        | list    | ['a','b','c','d']
        add /list/0 'd'        | list    | ['d','a','b','c']
        add /list/3 'd'        | list    | ['a','b','c','d']
        add /list/-1 'd'       | list    | ['a','b','c','d']
        add /list/-4 'd'       | list    | ['d','a','b','c']
        add /list/+1 'd'       | list    | ['a','d','b','c']
        add ignored/list/- 'd' | list    | ['a','b','c','d']
        add /deep/l/0/m 5      | deep    | {'l':[{'m':5}]}
        replace /list/1 null   | list    | ['a',null,'c']
        replace /list/-1 'x'   | list    | ['a','b','x']
        replace /missing 7     | missing | 7
        replace /k~1~0/x 7     | k/~     | {'x':7}
        remove /list/1         | list    | ['a','c']
        remove /list/-3        | list    | ['b','c']
        remove /z/a            | z       | {'b':1}
        remove /n              | n       |
        test /s 'text'         | s       | 'text'
        test /z {'a':2,'b':1}  | s       | 'text'
        test /list ['a','b','c'] | s     | 'text'
        test /n null           | n       | null
        test /missing null     | s       | 'text'
        test /missing          | s       | 'text'
        test /k~1~0/x 1.50     | s       | 'text'
        """)
    void oneOperation(String operation, String member, String expected) {
        Value result = apply("[" + json(operation) + "]");
        Value actual = result.asObject().get(member);
        if (expected == null) {
            assertThat(actual).isNull();
        } else {
            assertThat(actual)
                    .isEqualTo(body("{'v':" + expected + "}").value().asObject().get("v"));
        }
    }

    private static String json(String operation) {
        String[] parts = operation.split(" ", 3);
        return "{'op':'" + parts[0] + "','path':'" + parts[1] + "'" + (parts.length > 2 ? ",'value':" + parts[2] : "")
                + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add /list/4 1",
                "add /list/-5 1",
                "add /list/x 1",
                "add /missing/x 1",
                "add /s/x 1",
                "add /n/x 1",
                "add list 1",
                "remove /missing",
                "remove /list/3",
                "remove /list/-",
                "remove /list/-4",
                "replace /list/3 1",
                "replace /list/- 1",
                "replace /missing/x 1",
                "test /s 'other'",
                "test /s",
                "test /list ['a']",
                "test /list/9 1",
                "test /missing/x null",
                "test /k~1~0/x 1.5",
                "test /z {'a':2}",
                "frob /s 1",
            })
    void operationsThatDoNotApply(String operation) {
        assertThatThrownBy(() -> apply("[" + json(operation) + "]")).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status().code()).isEqualTo(422);
            assertThat(e.status().reason()).isEqualTo("Invalid");
            assertThat(e.status().message())
                    .isEqualTo("the server rejected our request due to an error in our request");
            assertThat(e.status().toObject().get("details")).isEqualTo(ObjectValue.EMPTY);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'op':'move','from':'/z/a','path':'/moved'}      | {'z':{'b':1},'moved':2}
        {'op':'move','from':'/list/0','path':'/list/-'}  | {'list':['b','c','a']}
        {'op':'copy','from':'/z','path':'/s'}            | {'z':{'a':2,'b':1},'s':{'a':2,'b':1}}
        {'op':'copy','from':'/missing','path':'/s'}      | {'s':null}
        {'op':'copy','from':'/list/1','path':'/list/0'}  | {'list':['b','a','b','c']}
        {'op':'replace','path':'','value':{'only':1}}    | {'only':1}
        """)
    void movesAndCopies(String operation, String expected) {
        ObjectValue result = apply("[" + operation + "]").asObject();
        for (ObjectValue.Member member : body(expected).value().asObject()) {
            assertThat(result.get(member.key())).isEqualTo(member.value());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'move','from':'/missing','path':'/x'}",
                "{'op':'move','path':'/x'}",
                "{'op':'move','from':'/s'}",
                "{'op':'move','from':'/list/7','path':'/x'}",
                "{'op':'copy','from':'/list/7','path':'/x'}",
                "{'op':'copy','from':'/s'}",
                "{'op':'add','value':1}",
                "{'path':'/s','value':1}",
                "{'op':'replace','path':'','value':1}",
                "{}",
                "null",
            })
    void incompleteOperations(String operation) {
        assertThatThrownBy(() -> apply("[" + operation + "]"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status().code()).isEqualTo(422));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'op':'x'}       | true  | error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp
        'str'            | true  | error decoding patch: json: cannot unmarshal string into Go value of type []handlers.jsonPatchOp
        [1]              | true  | error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp
        [{'op':1}]       | true  | error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string
        {'op':'x'}       | false | json: cannot unmarshal object into Go value of type jsonpatch.Patch
        [1]              | false | json: cannot unmarshal number into Go value of type jsonpatch.Operation
        [{               | true  | invalid JSON patch
        ``               | true  | invalid JSON patch
        [1e999]          | true  | error decoding patch: json: cannot unmarshal number 1e999 into Go value of type float64
        """)
    void documentsThatAreNoPatch(String text, boolean checked, String message) {
        assertThatThrownBy(() -> JsonPatch.of(body(text), checked)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status().code()).isEqualTo(400);
            assertThat(e.status().message()).isEqualTo(message);
        });
    }

    @Test
    void tooManyOperations() {
        String patch = "[" + "{'op':'test','path':'/s','value':'text'},".repeat(10_000) + "{'op':'test','path':'/s'}]";
        assertThatThrownBy(() -> JsonPatch.of(body(patch), true)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status().code()).isEqualTo(413);
            assertThat(e.status().message())
                    .isEqualTo("Request entity too large: The allowed maximum operations in a JSON patch is"
                            + " 10000, got 10001");
        });
    }

    @Test
    void findsWhatAStrictReaderFinds() {
        String patch =
                "[{'op':'test','path':'/s','value':{'a':1,'a':2},'more':1},{'op':'add','op':'test','path':'/s','value':'text'}]";
        assertThat(JsonPatch.of(body(patch), true).findings())
                .containsExactly(
                        "json patch duplicate field \"[0].value.a\"",
                        "json patch duplicate field \"[1].op\"",
                        "json patch unknown field \"[0].more\"");
        assertThat(JsonPatch.of(body(patch), false).findings()).isEmpty();
    }

    @Test
    void theTextOfTheResultShowsWhatWasTouched() {
        Value result = apply(
                "[{'op':'add','path':'/z/c','value':3e0},{'op':'add','path':'/a','value':{'y':'<','x':99999999999999999999}}]");
        assertThat(PatchedText.of(result))
                .isEqualTo("{\"a\":{\"y\":\"\\u003c\",\"x\":99999999999999999999},\"deep\":{\"l\":[{\"m\":1}]},"
                        + "\"k/~\":{\"x\":1.50},\"list\":[\"a\",\"b\",\"c\"],\"n\":null,\"s\":\"text\","
                        + "\"z\":{\"a\":2,\"b\":1,\"c\":3e0}}");
    }

    @Test
    void anEmptyPatchChangesNothing() {
        ObjectValue document = (ObjectValue) body(DOCUMENT).value();
        assertThat(JsonPatch.of(body("[]"), true).apply(document)).isSameAs(document);
        assertThat(JsonPatch.of(body("null"), true).apply(document)).isSameAs(document);
    }
}

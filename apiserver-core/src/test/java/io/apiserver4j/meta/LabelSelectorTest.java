// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.LabelRequirement.Operator;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
    private static final ObjectValue LABELS =
            ObjectValue.ofStrings(Map.of("env", "prod", "tier", "web", "n", "7", "empty", ""));
    private static final String KEY_FORM = "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is"
            + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
    private static final String VALUE_FORM =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start"
                    + " and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for"
                    + " validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "env=prod                 | env=prod                 | true",
                "env==prod                | env==prod                | true",
                "env!=prod                | env!=prod                | false",
                "other!=prod              | other!=prod              | true",
                "env = prod , tier = web  | env=prod,tier=web        | true",
                "tier,env                 | env,tier                 | true",
                "! tier                   | !tier                    | false",
                "!other                   | !other                   | true",
                "n>5                      | n>5                      | true",
                "n > 4,n<7                | n>4,n<7                  | false",
                "env>5                    | env>5                    | false",
                "env in (b,prod, a)       | env in (a,b,prod)        | true",
                "env notin (prod)         | env notin (prod)         | false",
                "other notin (prod)       | other notin (prod)       | true",
                "other in (prod)          | other in (prod)          | false",
                "empty=                   | empty=                   | true",
                "empty in ()              | empty in ()              | true",
                "empty in (,a)            | empty in (,a)            | true",
                "empty in (a,,b)          | empty in (,a,b)          | true",
                "in in (in,notin)         | in in (in,notin)         | false",
                "notin                    | notin                    | false",
                "example.com/x_Y.z=1      | example.com/x_Y.z=1      | false",
            })
    void parsesPrintsAndMatches(String text, String canonical, boolean matches) {
        LabelSelector selector = LabelSelector.parse(text);
        assertThat(selector).hasToString(canonical);
        assertThat(selector.matches(LABELS)).isEqualTo(matches);
        assertThat(LabelSelector.parse(canonical)).isEqualTo(selector).hasSameHashCodeAs(selector);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a b         | unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
                "a=b c/d     | found 'c/d', expected: ',' or 'end of string'",
                "n>=5        | unable to parse requirement: found '=', expected: identifier",
                "a,          | found '', expected: identifier after ','",
                ",a          | found ',', expected: !, identifier, or 'end of string'",
                "!           | unable to parse requirement: found '', expected: identifier",
                "a in        | unable to parse requirement: found '' expected: '('",
                "a in b      | unable to parse requirement: found 'b' expected: '('",
                "a in (      | unable to parse requirement: found '', expected: ',', ')' or identifier",
                "a in (b     | unable to parse requirement: found '', expected: ',' or ')'",
                "a in (b,    | unable to parse requirement: found '', expected: ',', or identifier",
                "a in (b c)  | unable to parse requirement: found 'c', expected: ',' or ')'",
                "!a in (b)   | found 'in', expected: ',' or 'end of string'",
                "n>x         | unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
            })
    void wrongFormsAreToldAsTheRealServerDoes(String text, String message) {
        fails(text, message);
    }

    @Test
    void wrongKeysAndValuesAreTold() {
        fails(
                "-a=b",
                "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of alphanumeric"
                        + " characters, '-', '_' or '.', and must start and end with an alphanumeric character "
                        + KEY_FORM);
        fails("a=-b", "unable to parse requirement: values[0][a]: Invalid value: \"-b\": " + VALUE_FORM);
        fails("a in (b,-c)", "unable to parse requirement: values[0][a]: Invalid value: \"-c\": " + VALUE_FORM);
        fails(
                "a=" + "x".repeat(64),
                "unable to parse requirement: values[0][a]: Invalid value: \"" + "x".repeat(64)
                        + "\": must be no more than 63 bytes");
        fails(
                "n>-a",
                "unable to parse requirement: [values[0]: Invalid value: \"-a\": for 'Gt', 'Lt' operators, the value must"
                        + " be an integer, values[0][n]: Invalid value: \"-a\": " + VALUE_FORM + "]");
    }

    private static void fails(String text, String message) {
        assertThatThrownBy(() -> LabelSelector.parse(text)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status().code()).isEqualTo(400);
            assertThat(e.status().reason()).isEqualTo("BadRequest");
            assertThat(e.status().message()).isEqualTo(message);
        });
    }

    @Test
    void readsTheFormOfObjects() {
        LabelSelector selector = LabelSelector.ofObject(json("{'matchLabels':{'tier':'web','env':'prod'},"
                + "'matchExpressions':[{'key':'n','operator':'In','values':['8','7']},"
                + "{'key':'gone','operator':'DoesNotExist'},{'key':'n','operator':'Exists'},"
                + "{'key':'env','operator':'NotIn','values':['dev']}]}"));
        assertThat(selector).hasToString("env=prod,env notin (dev),!gone,n in (7,8),n,tier=web");
        assertThat(selector.matches(LABELS)).isTrue();
        assertThat(selector.matches(ObjectValue.EMPTY)).isFalse();
    }

    @Test
    void nothingAndEverything() {
        assertThat(LabelSelector.ofObject(null)).isSameAs(LabelSelector.nothing());
        assertThat(LabelSelector.ofObject(ObjectValue.EMPTY)).isSameAs(LabelSelector.everything());
        assertThat(LabelSelector.parse("").isEverything()).isTrue();
        assertThat(LabelSelector.nothing().matches(LABELS)).isFalse();
        assertThat(LabelSelector.nothing().isEverything()).isFalse();
        assertThat(LabelSelector.everything().matches(ObjectValue.EMPTY)).isTrue();
        LabelRequirement exists = LabelRequirement.of("env", Operator.EXISTS, List.of());
        assertThat(LabelSelector.nothing().and(exists).isNothing()).isTrue();
        assertThat(LabelSelector.parse("z").and(exists)).hasToString("env,z");
    }

    @Test
    void objectFormFailures() {
        objectFails(
                "{'matchExpressions':[{'key':'a','operator':'Like'}]}",
                "\"Like\" is not a valid label selector operator");
        objectFails(
                "{'matchExpressions':[{'key':'a','operator':'In','values':[]}]}",
                "values: Invalid value: null: for 'in', 'notin' operators, values set can't be empty");
        objectFails(
                "{'matchExpressions':[{'key':'a','operator':'Exists','values':['b']}]}",
                "values: Invalid value: [\"b\"]: values set must be empty for exists and does not exist");
    }

    private static void objectFails(String selector, String message) {
        assertThatThrownBy(() -> LabelSelector.ofObject(json(selector)))
                .isInstanceOf(ApiException.class)
                .hasMessage(message);
    }

    @Test
    void columnsShowSelectors() {
        assertThat(LabelSelector.printed(json("{'matchLabels':{'a':'b'}}"))).isEqualTo("a=b");
        assertThat(LabelSelector.printed(null)).isEqualTo("<none>");
        assertThat(LabelSelector.printed(json("{'matchExpressions':[{'key':'a','operator':'x'}]}")))
                .isEqualTo("<error>");
    }

    @Test
    void oneRequirementMayAskForOneValue() {
        assertThat(LabelSelector.parse("a=b,a=c").exactValue("a")).isEqualTo("b");
        assertThat(LabelSelector.parse("a in (b)").exactValue("a")).isEqualTo("b");
        assertThat(LabelSelector.parse("a in (b,c)").exactValue("a")).isNull();
        assertThat(LabelSelector.parse("a!=b").exactValue("a")).isNull();
        assertThat(LabelSelector.ofLabels(LABELS).exactValue("env")).isEqualTo("prod");
    }

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}

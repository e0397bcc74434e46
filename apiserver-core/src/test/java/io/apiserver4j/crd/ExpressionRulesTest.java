// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.meta.FieldError;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionRulesTest {
    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** Rules of a spec whose other properties are given. */
    private static ExpressionRules rules(String properties, String... rules) {
        String listed = String.join(",", rules);
        return Objects.requireNonNull(ExpressionRules.of(
                json("{'type':'object','properties':{'spec':{'type':'object','properties':{" + properties
                        + "},'x-kubernetes-validations':[" + listed + "]}}}"),
                true));
    }

    private static List<String> found(ExpressionRules rules, String spec, String oldSpec) {
        FieldErrors errors = new FieldErrors();
        ObjectValue old = oldSpec.equals("-") ? null : json("{'spec':" + oldSpec + "}");
        rules.check(json("{'spec':" + spec + "}"), old, errors);
        return errors.list().stream().map(FieldError::toString).toList();
    }

    private static final String FIELDS = "'n':{'type':'integer'},'d':{'type':'number'},'s':{'type':'string'},"
            + "'t':{'type':'string','format':'date-time'},'any':{'x-kubernetes-int-or-string':true},"
            + "'a-b.c':{'type':'boolean'},'in':{'type':'integer'},"
            + "'m':{'type':'object','additionalProperties':{'type':'integer'}},"
            + "'set':{'type':'array','x-kubernetes-list-type':'set','items':{'type':'string'}},"
            + "'l':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],"
            + "'items':{'type':'object','properties':{'k':{'type':'string'},'v':{'type':'integer'}},"
            + "'x-kubernetes-validations':[{'rule':'self.v >= oldSelf.v','message':'shrinks'}]}}";

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "self.n > 0 => {'n':1} => true",
                "self.n > 0 => {'n':0} => false",
                "self.d == 2.0 => {'d':2} => true",
                "self.t < timestamp(`2021-01-01T00:00:00Z`) => {'t':'2020-01-01T00:00:00Z'} => true",
                "type(self.any) == int || self.any.endsWith(`%`) => {'any':'5%'} => true",
                "self.a__dash__b__dot__c => {'a-b.c':true} => true",
                "self.__in__ == 3 => {'in':3} => true",
                "self.m.all(k, self.m[k] > 0) => {'m':{'x':1}} => true",
                "self.set == [`b`, `a`] => {'set':['a','b']} => true",
                "!has(self.n) => {'s':'x'} => true",
            })
    void evaluatesByTheSchema(String rule, String spec, boolean holds) {
        List<String> found = found(rules(FIELDS, "{'rule':'" + rule.replace("`", "\\'") + "'}"), spec, "-");
        assertThat(found.isEmpty()).as(found.toString()).isEqualTo(holds);
    }

    private static ExpressionRules quoted(String rule) {
        return rules(FIELDS, rule);
    }

    @Test
    void tellsMessagesReasonsAndPlaces() {
        ExpressionRules rules = rules(
                FIELDS,
                "{'rule':'!has(self.n) || self.n > 0','message':' too small ','fieldPath':'.n','reason':'FieldValueRequired'}",
                "{'rule':'!has(self.s) || self.s.size() < 3','messageExpression':'self.s + string(self.s.size())',"
                        + "'reason':'FieldValueForbidden'}",
                "{'rule':'!has(self.d) || self.d < 3.0'}");
        assertThat(found(rules, "{'n':0,'s':'long','d':5}", "-"))
                .containsExactly(
                        "spec.n: Required value: too small",
                        "spec: Forbidden: long4",
                        "spec: Invalid value: failed rule: !has(self.d) || self.d < 3.0");
    }

    @Test
    void tellsErrorsOfEvaluation() {
        assertThat(found(quoted("{'rule':'self.n > 0'}"), "{}", "-"))
                .containsExactly("spec: Invalid value: \"object\": no such key: n evaluating rule: self.n > 0");
        assertThat(found(quoted("{'rule':'self.any > 0'}"), "{'any':'x'}", "-"))
                .containsExactly("spec: Invalid value: \"object\": 'no such overload': call arguments did not match a"
                        + " supported operator, function or macro signature for rule: self.any > 0");
        assertThat(found(quoted("{'rule':'self.nope > 0','message':'m'}"), "{}", "-"))
                .singleElement()
                .asString()
                .startsWith(
                        "spec: Invalid value: \"object\": rule compile error: compilation failed: ERROR: <input>:1:5:"
                                + " undefined field 'nope'");
    }

    @Test
    void looksAtTheValueBefore() {
        ExpressionRules rules = rules(FIELDS, "{'rule':'self.n >= oldSelf.n','message':'shrinks'}");
        assertThat(found(rules, "{'n':1}", "-")).isEmpty();
        assertThat(found(rules, "{'n':1}", "{'n':2}")).containsExactly("spec: Invalid value: shrinks");
        ExpressionRules optional =
                rules(FIELDS, "{'rule':'oldSelf.hasValue() || self.n == 1','optionalOldSelf':true,'message':'first'}");
        assertThat(found(optional, "{'n':2}", "-")).containsExactly("spec: Invalid value: first");
        assertThat(found(optional, "{'n':2}", "{'n':3}")).isEmpty();
    }

    @Test
    void findsItemsBeforeByTheirKeys() {
        ExpressionRules rules = rules(FIELDS, "{'rule':'true'}");
        assertThat(found(rules, "{'l':[{'k':'b','v':1},{'k':'a','v':1}]}", "{'l':[{'k':'a','v':0},{'k':'b','v':2}]}"))
                .containsExactly("spec.l[0]: Invalid value: shrinks");
    }

    @Test
    void forgivesWhatStayedAsItWas() {
        ExpressionRules rules = rules(FIELDS, "{'rule':'self.n > 0'}");
        assertThat(found(rules, "{'n':0}", "{'n':0}")).isEmpty();
        assertThat(found(rules, "{'n':0,'s':'x'}", "{'n':0}"))
                .containsExactly("spec: Invalid value: failed rule: self.n > 0");
    }

    @Test
    void endsWhatCostsTooMuch() {
        String items = "1,".repeat(2000) + "1";
        ExpressionRules rules = rules(
                "'l':{'type':'array','items':{'type':'integer'}}",
                "{'rule':'self.l.all(a, self.l.all(b, a == b))'}",
                "{'rule':'false'}");
        assertThat(found(rules, "{'l':[" + items + "]}", "-"))
                .containsExactly(
                        "spec: Invalid value: \"object\": 'operation cancelled: actual cost limit exceeded': no"
                                + " further validation rules will be run due to call cost exceeds limit for rule:"
                                + " self.l.all(a, self.l.all(b, a == b))");
    }
}

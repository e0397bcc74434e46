// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelEnvironmentTest {
    private static final CelType SPEC = CelType.object(
            "Self.spec",
            Map.of(
                    "min", CelType.INT,
                    "name", CelType.STRING,
                    "ratio", CelType.DOUBLE,
                    "l", CelType.list(CelType.STRING),
                    "t", CelType.TIMESTAMP,
                    "d", CelType.DURATION));
    private static final CelType SELF =
            CelType.object("Self", Map.of("spec", SPEC, "m", CelType.map(CelType.STRING, CelType.INT)));
    private static final CelEnvironment ENVIRONMENT =
            CelEnvironment.of(Map.of("self", SELF, "object", CelType.DYN)).constructing();
    private static final ObjectValue TREE =
            JsonReader.readObject(("{'spec':{'min':3,'ratio':2,'name':'abc','l':['x','yy'],"
                            + "'t':'2020-01-02T03:04:05Z','d':'90m'},'m':{'k':1,'z':5}}")
                    .replace('\'', '"')
                    .getBytes(StandardCharsets.UTF_8));
    private static final CelBindings BINDINGS = CelBindings.of(Map.of("self", TREE, "object", TREE));

    private static String evaluated(String expression, CelBudget budget) {
        try {
            Object value = ENVIRONMENT.compile(expression).evaluate(BINDINGS, budget);
            return CelValues.toTree(value).toString().replace('"', '\'');
        } catch (CelCompileException wrong) {
            return wrong.issues();
        } catch (CelEvaluationException error) {
            return "! " + error.text();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "1 + 1 => 2",
                "self.spec.min + 2 => 5",
                "self.spec.ratio / 4.0 => 0.5",
                "self.spec.l.all(x, x.size() > 0) => true",
                "self.spec.l.map(x, x + '!') => ['x!','yy!']",
                "self.spec.l.map(x, x == 'x', 1) => [1]",
                "self.spec.l.filter(x, x == 'yy') => ['yy']",
                "self.spec.l.exists_one(x, x == 'yy') => true",
                "self.m.all(k, v, v > 0 && k != '') => true",
                "self.m.exists(k, v, v == 5) => true",
                "self.m.existsOne(k, v, v == 5) => true",
                "self.m.transformMap(k, v, v + 1) => {'k':2,'z':6}",
                "self.m.transformMap(k, v, v > 1, v + 1) => {'z':6}",
                "self.m.transformMapEntry(k, v, {k + k: v}) => {'kk':1,'zz':5}",
                "self.m.transformList(k, v, k) => ['k','z']",
                "has(self.spec.name) && has(object.spec.nope) => false",
                "object.?spec.?nope.orValue('d') => 'd'",
                "object.?spec.nope.name.hasValue() => false",
                "object.spec[?'name'].optMap(x, x + 'z').value() => 'abcz'",
                "self.spec.l[?7].orValue('none') => 'none'",
                "self.spec.t < timestamp('2021-01-01T00:00:00Z') => true",
                "self.spec.t + self.spec.d => '2020-01-02T04:34:05Z'",
                "self.spec.t.getMonth() => 0",
                "self.spec.t.getHours('+02:00') => 5",
                "string(self.spec.d) => '5400s'",
                "object.spec.d => '90m'",
                "1 in [1, 2] => true",
                "'k' in self.m => true",
                "1/0 == 1 || true => true",
                "false && object.nope => false",
                "object.nope && false => false",
                "[1, 0].exists(x, 1 / x == 1) => true",
                "[0, 1].exists(x, 1 / x == 1) => true",
                "'abc'.matches('^a.c$') => true",
                "1 < 2.5 => true",
                "dyn(3.0) == 3 => true",
                "type(1) == int => true",
                "self.spec == object.spec => false",
                "self.spec.l == object.spec.l => true",
                "self.spec.l + ['z'] => ['x','yy','z']",
                "b'abc' == bytes('abc') => true",
                "int('42') + int(2.9) => 44",
                "size('h\u00e9llo') => 5",
                "{'a': 1}.a => 1",
                "[?self.?m.?nope, 1] => [1]",
                "Object{spec: Object.spec{replicas: 3, c: [Object.spec.c{name: 'x'}]}}"
                        + " => {'spec':{'replicas':3,'c':[{'name':'x'}]}}",
                "[JSONPatch{op: 'add', path: '/' + jsonpatch.escapeKey('a/b'), value: {'a': 1}}]"
                        + " => [{'op':'add','path':'/a~1b','value':{'a':1}}]",
            })
    void evaluates(String expression, String expected) {
        assertThat(evaluated(expression, CelBudget.perCall())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "object.spec.nope => no such key: nope",
                "object.spec.l[5] => index out of bounds: 5",
                "1 / (object.spec.min - 3) => division by zero",
                "9223372036854775807 + object.spec.min => integer overflow",
                "object.spec.min.x => no such overload",
                "dyn(1) + dyn('a') => no such overload",
                "{'a': 1, 'a': 2} => Failed with repeated key: a",
                "int(object.spec.name) => strconv.ParseInt: parsing \"abc\": invalid syntax",
                "optional.none().value() => optional.none() dereference",
            })
    void tellsErrorsOfEvaluation(String expression, String expected) {
        assertThat(evaluated(expression, CelBudget.perCall())).isEqualTo("! " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "self.missing == 1 => 5 => undefined field 'missing'",
                "nope => 1 => undeclared reference to 'nope' (in container '')",
                "device. => 8 => Syntax error: no viable alternative at input '.'",
                "1 + => 4 => Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false',"
                        + " 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}",
                "self.spec.min == 'a' => 15 => found no matching overload for '_==_' applied to '(int, string)'",
                "self.spec.t == 1 => 13 => found no matching overload for '_==_' applied to '(timestamp, int)'",
                "self.spec.name.startsWith(1) => 26 => found no matching overload for 'startsWith' applied to 'string.(int)'",
                "[1, 'a'] => 5 => expected type 'int' but found 'string'",
                "'abc'.matches('a(') => 15 => invalid matches argument",
                "duration('1 day') => 10 => invalid duration argument",
                "self.spec.foo(1) => 14 => undeclared reference to 'foo' (in container '')",
            })
    void tellsErrorsOfCompilation(String expression, int column, String expected) {
        assertThat(evaluated(expression, CelBudget.perCall()))
                .isEqualTo("ERROR: <input>:1:" + column + ": " + expected + "\n | " + expression + "\n | "
                        + ".".repeat(column - 1) + "^");
    }

    /** Costs as cel-go counts them with the options of Kubernetes. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "1 + 1 => 1",
                "object => 1",
                "object.spec.min => 3",
                "has(object.spec.min) => 2",
                "object.spec.l[0] => 4",
                "[1, 2, 3] => 0",
                "[object] => 11",
                "'x' in ['x', 'y'] => 0",
                "object.spec.l.all(x, x != '') => 12",
                "object.spec.name == 'abc' => 4",
                "object.spec.min > 1 ? object.spec.name : 'b' => 6",
            })
    void counts(String expression, long cost) throws CelCompileException {
        CelBudget budget = CelBudget.of(1000);
        ENVIRONMENT.compile(expression).evaluate(BINDINGS, budget);
        assertThat(1000 - budget.left()).isEqualTo(cost);
    }

    @Test
    void endsWhatCostsTooMuch() throws CelCompileException {
        CelProgram program = ENVIRONMENT.compile("[1,2,3].all(a, [1,2,3].all(b, a * b > 0)) || true");
        CelBudget budget = CelBudget.of(100, 20);
        assertThatThrownBy(() -> program.evaluate(BINDINGS, budget))
                .isInstanceOf(CelCostException.class)
                .hasMessage("operation cancelled: actual cost limit exceeded");
        assertThat(budget.left()).isEqualTo(79);
        CelBudget small = CelBudget.of(10);
        assertThat(program.evaluate(BINDINGS, small)).isEqualTo(true);
        assertThat(small.isExhausted()).isTrue();
    }

    @Test
    void asksForVariablesOnceAndOnlyWhenNeeded() throws CelCompileException {
        AtomicInteger asked = new AtomicInteger();
        CelProgram program = ENVIRONMENT.compile("self.spec.min > 1 || self.spec.min < 0 || object.x");
        assertThat(program.variables()).containsExactly("self", "object");
        Object value = program.evaluate(
                name -> {
                    assertThat(name).isEqualTo("self");
                    asked.incrementAndGet();
                    return TREE;
                },
                CelBudget.perCall());
        assertThat(value).isEqualTo(true);
        assertThat(asked).hasValue(1);
    }
}

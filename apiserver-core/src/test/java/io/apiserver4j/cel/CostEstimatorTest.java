// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostEstimatorTest {
    private static final String SCHEMA = "{'type':'object','properties':{'n':{'type':'integer'},"
            + "'s':{'type':'string','maxLength':25},'l':{'type':'array','maxItems':10,'items':{'type':'string','maxLength':5}},"
            + "'u':{'type':'array','items':{'type':'integer'}},'free':{'type':'string'},"
            + "'o':{'type':'object','properties':{'x':{'type':'integer'}}}}}";
    private static final CelType SELF = Objects.requireNonNull(SchemaTypes.of(
            Objects.requireNonNull(
                    JsonReader.readObject(SCHEMA.replace('\'', '"').getBytes(StandardCharsets.UTF_8))),
            false));

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                // self.n: 2 steps, a comparison of numbers: 1
                "self.n > 0 => 3",
                "has(self.o.x) => 2",
                "self.o.x == 1 => 4",
                // a text of at most 25 code points is taken for 100 bytes: a tenth of it
                "self.s.startsWith('abc') => 3",
                "self.s == self.s => 14",
                "self.s.contains('abc') => 12",
                "self.s.matches('[a-z]+') => 24",
                "self.l.size() == 3 => 4",
                // 10 times: condition 2, accumulator 1, item 1, comparison 1; then list 2, result 1
                "self.l.all(x, x == 'a') => 53",
                "self.l.map(x, x).size() == 1 => 145",
                "self.s + 'abc' == 'x' => 14",
                "self.n > 0 ? self.s == 'a' : self.n == 2 => 6",
                "self.n in [1, 2, 3] => 15",
                "[1, 2, 3].exists(x, x == self.n) => 35",
            })
    void estimates(String rule, long expected) throws CelCompileException {
        CelProgram program = CelEnvironment.of(Map.of("self", SELF)).compile(rule);
        assertThat(program.estimate(Map.of("self", SELF)).max()).isEqualTo(expected);
    }

    /** Whatever an evaluation costs, it is not more than was estimated. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "self.n > 0",
                "self.l.all(x, x.startsWith('a'))",
                "self.l.filter(x, x == 'a').map(x, x + 'b').exists(x, x == 'ab')",
                "self.s.split(',').all(p, p.size() < 20)",
                "self.l.join(',').contains('b') || self.n == 3",
                "self.l.map(x, self.l.filter(y, y != x)).size() > 1",
                "self.s.replace('a', 'bb') == 'x' ? self.n > 1 : self.s.matches('^[ab]+$')",
                "self.l.transformMap(i, v, v + v).exists(k, v, v == 'aa')",
            })
    void isAnUpperBound(String rule) throws CelCompileException {
        ObjectValue object =
                JsonReader.readObject("{'n':3,'s':'a,b,c','l':['a','b','ab'],'u':[1],'free':'x','o':{'x':1}}"
                        .replace('\'', '"')
                        .getBytes(StandardCharsets.UTF_8));
        CelProgram program = CelEnvironment.of(Map.of("self", SELF)).compile(rule);
        CelBudget budget = CelBudget.of(1_000_000);
        program.evaluate(CelBindings.of(Map.of("self", Objects.requireNonNull(object))), budget);
        assertThat(1_000_000 - budget.left())
                .isLessThanOrEqualTo(program.estimate(Map.of("self", SELF)).max());
    }
}

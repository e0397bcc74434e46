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
                "self.o.x == 1 => 3",
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
                "[1, 2, 3].exists(x, x == self.n) => 32",
            })
    void estimates(String rule, long expected) throws CelCompileException {
        CelProgram program = CelEnvironment.of(Map.of("self", SELF)).compile(rule);
        assertThat(program.estimate(Map.of("self", SELF)).max()).isEqualTo(expected);
    }

    private static String schema(String kind, String max) {
        boolean bounded = !max.equals("-");
        String item = switch (kind.substring(kind.indexOf(' ') + 1)) {
            case "int-or-string" -> "{'x-kubernetes-int-or-string':true}";
            case "duration", "date", "date-time", "byte" ->
                "{'type':'string','format':'" + kind.substring(kind.indexOf(' ') + 1) + "'}";
            case "numbers" -> "{'type':'array','items':{'type':'number'}}";
            case "objects" ->
                "{'type':'object','required':['required'],'properties':"
                        + "{'required':{'type':'string'},'optional':{'type':'string'}}}";
            default -> "{'type':'" + kind.substring(kind.indexOf(' ') + 1) + "'}";
        };
        return switch (kind.substring(0, kind.indexOf(' '))) {
            case "array" -> "{'type':'array','items':" + item + (bounded ? ",'maxItems':" + max : "") + "}";
            case "map" ->
                "{'type':'object','additionalProperties':" + item + (bounded ? ",'maxProperties':" + max : "") + "}";
            default -> item.replace("}", (bounded ? ",'maxLength':" + max : "") + "}");
        };
    }

    /** Costs that the real server finds for rules of such schemas, without and with bounds. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "array number => self.all(x, true) => - => 4718591",
                "array number => self.all(x, true) => 10 => 32",
                "array string => self.all(x, true) => - => 3145727",
                "array boolean => self.all(x, true) => - => 1887437",
                "array numbers => self.all(x, true) => - => 3145727",
                "array objects => self.all(x, true) => - => 555128",
                "map number => self.all(x, true) => - => 1348169",
                "map string => self.all(x, true) => - => 1179647",
                "map boolean => self.all(x, true) => 100 => 302",
                "one string => self.contains('test') => - => 314574",
                "one string => self.contains('test') => 10 => 5",
                "one string => self.startsWith('test') => - => 2",
                "one string => size(self + 'hello') > size('hello') => - => 314578",
                "one string => size(self + 'hello') > size('hello') => 4 => 7",
                "array number => self[1] == 0.0 => - => 2",
                "array string => self[1] == self[1] => - => 314577",
                "array number => self.all(x, self.all(y, true)) => 10 => 352",
                "array number => self.all(x, self.all(y, self.all(z, true))) => 10 => 3552",
                "one string => self.matches('x') => - => 314574",
                "one string => self.matches('x') => 50 => 22",
                "one string => ''.matches('(((((((((())))))))))[0-9]') => - => 7",
                "one string => self.matches('') => - => 1",
                "map string => self.all(x, x.contains(self[x])) => - => 2752507",
                "one string => self == 'x' => 0 => 1",
                "array number => self.all(x, x == 0.0) => - => 6291454",
                "array int-or-string => self[0] == 5 => - => 3",
                "array objects => self[0] == null => - => 2",
                "array numbers => self[0][0] == -1.0 => - => 3",
                "array duration => self[0].getHours() == 2 => - => 4",
                "array date => self.all(x, true) => - => 725936",
                "array date-time => self.all(x, true) => - => 428963",
                "array date => self[2].getDayOfMonth() == 13 => - => 4",
                "map date-time => self['a'] == self['b'] => - => 8",
                "map duration => self['c'] == self['d'] => - => 8",
                "map integer => self.size() == self.size() => - => 5",
                "one string => self.find('[0-9]+') == '' => - => 629147",
                "one string => self.lowerAscii() == 'abc' => - => 314575",
            })
    void weighsSchemas(String kind, String rule, String max, long expected) throws CelCompileException {
        CelType self = Objects.requireNonNull(SchemaTypes.of(
                JsonReader.readObject(schema(kind, max).replace('\'', '"').getBytes(StandardCharsets.UTF_8)), false));
        CelProgram program = CelEnvironment.of(Map.of("self", self)).compile(rule);
        assertThat(program.estimate(Map.of("self", self)).max()).isEqualTo(expected);
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

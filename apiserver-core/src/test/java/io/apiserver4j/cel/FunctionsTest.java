// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsTest {
    private static final CelEnvironment ENVIRONMENT = CelEnvironment.of(
            Map.of("authorizer", CelAuthorizer.AUTHORIZER, "authorizer.requestResource", CelAuthorizer.RESOURCE_CHECK));

    private static String evaluated(String expression, CelBindings bindings) {
        try {
            Object value = ENVIRONMENT.compile(expression).evaluate(bindings, CelBudget.perCall());
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
                "'h\u00e9llo'.charAt(1) => '\u00e9'",
                "'hello'.charAt(9) => ! index out of range: 9",
                "'hello hello'.indexOf('lo', 5) => 9",
                "'hello hello'.lastIndexOf('lo') => 9",
                "'a,b,c'.split(',') => ['a','b','c']",
                "'a,b,c'.split(',', 2) => ['a','b,c']",
                "'abc'.split('') => ['a','b','c']",
                "''.split('') => []",
                "'aaa'.replace('a', 'b', 2) => 'bba'",
                "'ab'.replace('', '-') => '-a-b-'",
                "' x\\t'.trim() => 'x'",
                "'\u00c4b'.lowerAscii() + 'b'.upperAscii() => '\u00c4bB'",
                "'tacocat'.substring(4) + 'tacocat'.substring(0, 4) => 'cattaco'",
                "'x'.substring(2) => ! index out of range: 2",
                "['a', 'b'].join('-') => 'a-b'",
                "'%s is %d, %.2f, %x %b'.format(['a', 1, 2.5, 'hi', true]) => 'a is 1, 2.50, 6869 1'",
                "'%s %s'.format([[1, 2], {'b': 1, 'a': 2}]) => '[1, 2] {a: 2, b: 1}'",
                "'%d'.format(['a']) => ! error during formatting: decimal clause can only be used on integers,"
                        + " was given string",
                "'abc 123'.find('[0-9]+') => '123'",
                "'123 abc 456'.findAll('[0-9]+', 1) => ['123']",
                "[1, 2, 3].sum() => 6",
                "[1.5, 2.5].sum() => 4",
                "[3, 1].isSorted() => false",
                "['b', 'a'].min() + ['b', 'a'].max() => 'ab'",
                "[1, 2, 1].indexOf(1) + [1, 2, 1].lastIndexOf(1) => 2",
                "[3, 1, 2].sort() => [1,2,3]",
                "['aa', 'b'].sortBy(x, x.size()) => ['b','aa']",
                "[1, 1, 2].distinct().reverse() => [2,1]",
                "[[1], [2, 3]].flatten() => [1,2,3]",
                "[1, 2, 3].slice(1, 3) => [2,3]",
                "[1].slice(0, 3) => ! cannot slice(0, 3), list is length 1",
                "lists.range(3) => [0,1,2]",
                "[1, 2].first().orValue(0) + [1, 2].last().orValue(0) => 3",
                "sets.contains([1, 2], [2]) && sets.intersects([1], [1, 2]) => true",
                "sets.equivalent([1, 1, 2], [2, 1]) => true",
                "url('https://u@example.com:80/a%20b?x=1&x=2&y').getHost() => 'example.com:80'",
                "url('https://[::1]:80/').getHostname() => '::1'",
                "url('/path?x=1&x=2').getQuery() => {'x':['1','2']}",
                "isURL('../relative') || isURL('') => false",
                "ip('127.0.0.1').family() => 4",
                "ip('::1').isLoopback() && ip.isCanonical('2001:db8::abcd') => true",
                "isIP('1.2.3.256') || isIP('fe80::1%eth0') => false",
                "string(ip('::ffff')) => '::ffff'",
                "ip('x') => ! IP Address \"x\" parse error during conversion from string: ParseAddr(\"x\"): unable to parse IP",
                "cidr('10.0.0.0/8').containsIP('10.1.2.3') => true",
                "cidr('10.0.0.0/8').containsCIDR(cidr('10.1.0.0/16')) => true",
                "string(cidr('192.168.1.5/24').masked()) => '192.168.1.0/24'",
                "cidr('192.168.1.5/24').prefixLength() => 24",
                "quantity('1.5Gi').isGreaterThan(quantity('1Gi')) => true",
                "quantity('50k').add(1).compareTo(quantity('50001')) => 0",
                "quantity('1') == quantity('1000m') => true",
                "quantity('1500m').asInteger() => ! cannot convert value to integer",
                "isQuantity('1.3Zi') => false",
                "semver('1.2.3').isLessThan(semver('1.2.4-rc.1')) => true",
                "semver('v1.02', true).minor() => 2",
                "isSemver('v1.0.0') => false",
                "format.dns1123Label().validate('Abc').hasValue() => true",
                "format.named('uuid').value().validate('x').value() => ['does not match the UUID format']",
                "format.date().validate('2020-02-29').hasValue() => false",
            })
    void evaluates(String expression, String expected) {
        assertThat(evaluated(expression, CelBindings.NONE)).isEqualTo(expected);
    }

    @Test
    void asksTheAuthorizer() {
        List<CelAuthorizer.Query> asked = new ArrayList<>();
        CelAuthorizer authorizer = query -> {
            asked.add(query);
            return new CelAuthorizer.Decision(query.verb().equals("get"), "because", "");
        };
        CelBindings bindings = CelBindings.of(Map.of(
                "authorizer",
                CelAuthorizer.variable(authorizer),
                "authorizer.requestResource",
                CelAuthorizer.requestResource(authorizer, "apps", "deployments", "", "ns", "d")));
        assertThat(evaluated("authorizer.path('/healthz').check('get').allowed()", bindings))
                .isEqualTo("true");
        assertThat(evaluated(
                        "authorizer.serviceAccount('ns', 'sa').group('').resource('pods').subresource('log')"
                                + ".namespace('n').name('p').labelSelector('a=b').check('list').reason()",
                        bindings))
                .isEqualTo("'because'");
        assertThat(evaluated("authorizer.requestResource.check('get').errored()", bindings))
                .isEqualTo("false");
        assertThat(asked)
                .containsExactly(
                        new CelAuthorizer.Query(null, null, "get", "/healthz", "", "", "", "", "", "", ""),
                        new CelAuthorizer.Query("ns", "sa", "list", null, "", "pods", "log", "n", "p", "", "a=b"),
                        new CelAuthorizer.Query(null, null, "get", null, "apps", "deployments", "", "ns", "d", "", ""));
        assertThat(evaluated("authorizer.path(' ').check('get').allowed()", bindings))
                .isEqualTo("! path must not be empty");
    }
}

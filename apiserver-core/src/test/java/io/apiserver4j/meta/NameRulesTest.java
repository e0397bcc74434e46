// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers were checked against k8s.io/apimachinery 0.37.2, the texts against a real server's. */
class NameRulesTest {
    private static final String LONG_63 = "x".repeat(63);
    private static final String LONG_64 = "x".repeat(64);
    private static final Map<String, Function<String, List<String>>> RULES = Map.ofEntries(
            Map.entry("label", NameRules::dns1123Label),
            Map.entry("subdomain", NameRules::dns1123Subdomain),
            Map.entry("underscore", NameRules::dns1123SubdomainWithUnderscore),
            Map.entry("caseless", NameRules::longNameCaseless),
            Map.entry("wildcard", NameRules::wildcardDns1123Subdomain),
            Map.entry("1035", NameRules::dns1035Label),
            Map.entry("key", NameRules::qualifiedName),
            Map.entry("prefixed", NameRules::prefixedLabelKey),
            Map.entry("value", NameRules::labelValue),
            Map.entry("c", NameRules::cIdentifier),
            Map.entry("port", NameRules::portName),
            Map.entry("percent", NameRules::percent),
            Map.entry("header", NameRules::httpHeaderName),
            Map.entry("env", NameRules::envVarName),
            Map.entry("relaxed", NameRules::relaxedEnvVarName),
            Map.entry("config", NameRules::configMapKey),
            Map.entry("segment", NameRules::pathSegmentName),
            Map.entry("reason", NameRules::conditionReason),
            Map.entry("decimal", NameRules::decimalInteger),
            Map.entry("uuid", NameRules::uuid));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "label      | a ab a-b 0 a--b 123 | '' A -a a- a_b a.b é a/b",
                "subdomain  | a a.b a-b.c 1.2 | '' . a. .a a..b a.-b a-.b A.b a_b *.a",
                "underscore | a _a._b a_b _a-b.c | '' _ a_ __a a._ A",
                "caseless   | a A.b Ex.Com | '' -A A_ a..B é",
                "wildcard   | *.a *.a.b | * *. a.b *.*.a *a.b *.A",
                "1035       | a a1 a-b | '' 1a A -a a- a.b",
                "key        | a A_b.c 1 e.com/A a/b | '' -a a- / /a a/ a/b/c A.b/c a~b é e_x/a",
                "prefixed   | e.com/A | a /a a/b/c",
                "value      | a A_b.c 1 | -a a- .a a. a/b é",
                "c          | a _a A1_ | '' 1a a-b a.b é",
                "port       | a http-2 8a | '' 80 a_b -a a- a--b A",
                "percent    | 1% 007% | '' % 1 a% -1% 1%%",
                "header     | X-A a 1 - | '' a_b a:b é",
                "env        | a A_B .a -a ..a.b | '' 1a a=b é",
                "relaxed    | a 1 a-b ~ | '' a=b é",
                "config     | a A.b_c- ...a | '' a/b . .. é",
                "segment    | a A: é ..a | . .. a/b a%b",
                "reason     | A Ab_ a,b:c | '' 1 _a a, a: a-b",
                "decimal    | 0 -1 10 | '' - -0 01 +1 1.0 a",
                "uuid       | 00000000-0000-4000-8000-0123456789ab | '' 0 00000000-0000-4000-8000-0123456789AB",
            })
    void acceptsAndRefuses(String rule, String good, String bad) {
        Function<String, List<String>> problems = RULES.get(rule);
        assertThat(problems).isNotNull();
        for (String one : good.split(" ")) {
            boolean exception =
                    rule.equals("env") && one.startsWith("..") || rule.equals("config") && one.startsWith("..");
            assertThat(problems.apply(one)).as(one).hasSize(exception ? 1 : 0);
        }
        for (String one : bad.split(" ")) {
            String text = one.equals("''") ? "" : one;
            assertThat(problems.apply(text)).as(text).isNotEmpty();
        }
    }

    @Test
    void lengthsAreToldInCharactersOrBytes() {
        assertThat(NameRules.dns1123Label(LONG_63)).isEmpty();
        assertThat(NameRules.dns1123Label(LONG_64)).containsExactly("must be no more than 63 characters");
        assertThat(NameRules.shortName(LONG_64)).containsExactly("must be no more than 63 bytes");
        assertThat(NameRules.dns1123Subdomain("x".repeat(253))).isEmpty();
        assertThat(NameRules.dns1123Subdomain("x".repeat(254))).containsExactly("must be no more than 253 characters");
        assertThat(NameRules.longName("x".repeat(254))).containsExactly("must be no more than 253 bytes");
        assertThat(NameRules.labelValue(LONG_64)).containsExactly("must be no more than 63 bytes");
        assertThat(NameRules.qualifiedName(LONG_64)).containsExactly("name part must be no more than 63 bytes");
        assertThat(NameRules.qualifiedName("x".repeat(254) + "/a"))
                .containsExactly("prefix part must be no more than 253 bytes");
        assertThat(NameRules.portName("a".repeat(16))).containsExactly("must be no more than 15 characters");
        assertThat(NameRules.configMapKey("x".repeat(254))).containsExactly("must be no more than 253 characters");
        // 40 characters of two bytes
        assertThat(NameRules.dns1123Label("é".repeat(40))).hasSize(2).contains("must be no more than 63 characters");
    }

    @Test
    void textsOfForms() {
        assertThat(NameRules.dns1123Label("A"))
                .containsExactly(
                        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
                                + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used"
                                + " for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
        assertThat(NameRules.dns1123Label("a.b")).containsExactly("must not contain dots");
        assertThat(NameRules.dns1123Subdomain("A"))
                .containsExactly(
                        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
                                + " '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                                + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
        assertThat(NameRules.qualifiedName("/"))
                .startsWith("prefix part must be non-empty", "name part must be non-empty");
        assertThat(NameRules.qualifiedName("a/b/c"))
                .containsExactly("a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must"
                        + " start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
                        + " regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS"
                        + " subdomain prefix and '/' (e.g. 'example.com/MyName')");
        assertThat(NameRules.pathSegmentName("..")).containsExactly("may not be '..'");
        assertThat(NameRules.pathSegmentName("a/%")).containsExactly("may not contain '/'", "may not contain '%'");
        assertThat(NameRules.percent("half"))
                .containsExactly(
                        "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or"
                                + " '93%', regex used for validation is '[0-9]+%')");
        assertThat(NameRules.configMapKey("..a")).containsExactly("must not start with '..'");
        assertThat(NameRules.portNumber(0)).containsExactly("must be between 1 and 65535, inclusive");
        assertThat(NameRules.inRange(5, 1, 5)).isEmpty();
        assertThat(NameRules.userOrGroupId(-1)).containsExactly("must be between 0 and 2147483647, inclusive");
        assertThat(NameRules.regexError("m", "r")).isEqualTo("m (regex used for validation is 'r')");
    }

    @ParameterizedTest
    @CsvSource({"a-, true", "-, false", "a--, true", "-a, false", "A-, true", "ab-, true", "Ab-, false", "a-b-, true"})
    void prefixesMayEndWithADash(String prefix, boolean fine) {
        assertThat(NameRule.DNS_SUBDOMAIN.problems(prefix, true).isEmpty()).isEqualTo(fine);
        assertThat(NameRule.DNS_SUBDOMAIN.problems(prefix, false).isEmpty()).isEqualTo(!prefix.endsWith("-") && fine);
    }

    @Test
    void pathSegmentsMayBeDotsWhileTheyArePrefixes() {
        assertThat(NameRule.PATH_SEGMENT.problems("..", true)).isEmpty();
        assertThat(NameRule.PATH_SEGMENT.problems("..", false)).hasSize(1);
        assertThat(NameRule.DNS_1035_LABEL.problems("1-", true)).isEmpty(); // becomes a
        assertThat(NameRule.DNS_LABEL.problems("a.b-", true)).containsExactly("must not contain dots");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a.b.c       | \"\"",
                "a.b         | f: Invalid value: \"a.b\": should be a domain with at least three segments separated by dots",
            })
    void fullyQualifiedNames(String name, String expected) {
        FieldErrors errors = new FieldErrors();
        FieldRules.fullyQualifiedName(ValuePath.of("f"), name, errors);
        assertThat(errors.aggregate()).isEqualTo(expected);
    }

    @Test
    void namesWithDomains() {
        ValuePath path = ValuePath.of("f");
        FieldErrors errors = new FieldErrors();
        FieldRules.fullyQualifiedName(path, "", errors);
        FieldRules.fullyQualifiedDomainName(path, "a.b.", errors);
        FieldRules.fullyQualifiedDomainName(path, "a", errors);
        FieldRules.fullyQualifiedDomainName(path, "a." + LONG_64, errors);
        FieldRules.domainPrefixedPath(path, "acme.io/foo/b~r", errors);
        FieldRules.domainPrefixedPath(path, "acme.io", errors);
        FieldRules.domainPrefixedPath(path, "A/b c", errors);
        FieldRules.domainPrefixedKey(path, "acme.io/foo", errors);
        FieldRules.domainPrefixedKey(path, "foo", errors);
        assertThat(errors.list())
                .extracting(FieldError::body)
                .satisfiesExactly(
                        b -> assertThat(b).isEqualTo("Required value"),
                        b -> assertThat(b)
                                .isEqualTo(
                                        "Invalid value: \"a\": should be a domain with at least two segments separated"
                                                + " by dots"),
                        b -> assertThat(b)
                                .isEqualTo("Invalid value: \"" + LONG_64 + "\": must be no more than 63 characters"),
                        b -> assertThat(b)
                                .isEqualTo("Invalid value: \"acme.io\": must be a domain-prefixed path (such as"
                                        + " \"acme.io/foo\")"),
                        b -> assertThat(b).startsWith("Invalid value: \"A\": a lowercase RFC 1123 subdomain"),
                        b -> assertThat(b)
                                .isEqualTo("Invalid value: \"b c\": Invalid path (regex used for validation is"
                                        + " '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')"),
                        b -> assertThat(b)
                                .isEqualTo("Invalid value: \"foo\": must be a domain-prefixed key (such as"
                                        + " \"acme.io/foo\")"));
    }

    @Test
    void fieldManagersArePrintable() {
        FieldErrors errors = new FieldErrors();
        FieldRules.fieldManager(ValuePath.of("m"), "é\u0007", errors);
        FieldRules.fieldManager(ValuePath.of("m"), "x".repeat(129), errors);
        assertThat(errors.aggregate())
                .isEqualTo(
                        "[m: Invalid value: \"é\\a\": invalid character U+0007 (at position 2), m: Too long: may not be"
                                + " more than 128 bytes]");
    }
}

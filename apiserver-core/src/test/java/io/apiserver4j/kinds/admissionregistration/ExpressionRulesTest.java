// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.admissionregistration;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.admission.expression.AdmissionVariables;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.meta.FieldError;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionRulesTest {
    private static ArrayValue named(String... namesAndExpressions) {
        ArrayValue out = ArrayValue.EMPTY;
        for (int i = 0; i < namesAndExpressions.length; i += 2) {
            out = out.plus(ObjectValue.of(
                    "name", Value.of(namesAndExpressions[i]), "expression", Value.of(namesAndExpressions[i + 1])));
        }
        return out;
    }

    private static List<String> found(FieldErrors errors) {
        return errors.list().stream().map(FieldError::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "request.userInfo.username == 'a' && object.spec.x > 1 => ``",
                "authorizer.requestResource.check('get').allowed() => ``",
                "request.operation + 1 == 'x' => \"request.operation + 1 == 'x'\": compilation failed: ERROR: <input>:1:19:"
                        + " found no matching overload for '_+_' applied to '(string, int)'",
                "request.nope => \"request.nope\": compilation failed: ERROR: <input>:1:8: undefined field 'nope'",
                "1 + 1 => \"1 + 1\": must evaluate to bool but got int",
                "variables.x => \"variables.x\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'variables'"
                        + " (in container '')",
            })
    void compilesConditions(String expression, String expected) {
        FieldErrors errors = new FieldErrors();
        ExpressionRules.matchConditions(
                named("a", expression), AdmissionVariables::ofWebhook, ValuePath.of("m"), errors);
        if (expected.isEmpty()) {
            assertThat(found(errors)).isEmpty();
        } else {
            assertThat(found(errors))
                    .singleElement()
                    .asString()
                    .startsWith("m[0].expression: Invalid value: " + expected);
        }
    }

    @Test
    void loadsNothingWithoutConditions() {
        FieldErrors errors = new FieldErrors();
        ExpressionRules.matchConditions(
                ArrayValue.EMPTY,
                () -> {
                    throw new AssertionError("not asked for");
                },
                ValuePath.of("m"),
                errors);
        assertThat(found(errors)).isEmpty();
    }

    @Test
    void laterExpressionsUseVariables() {
        FieldErrors errors = new FieldErrors();
        UnaryOperator<CelEnvironment> composed = ExpressionRules.variables(
                named("n", "object.spec.n", "text", "string(variables.n) + variables.none", "big", "variables.n > 3"),
                () -> AdmissionVariables.ofPolicy(false, true),
                ValuePath.of("v"),
                errors);
        assertThat(found(errors))
                .singleElement()
                .asString()
                .startsWith(
                        "v[1].expression: Invalid value: \"string(variables.n) + variables.none\": compilation failed:"
                                + " ERROR: <input>:1:32: undefined field 'none'");
        FieldErrors after = new FieldErrors();
        CelEnvironment environment = composed.apply(AdmissionVariables.ofPolicy(false, true));
        ExpressionRules.compiled("variables.big", environment, ValuePath.of("e"), after, CelType.BOOL);
        ExpressionRules.compiled("variables.big", environment, ValuePath.of("e"), after, CelType.STRING, CelType.NULL);
        assertThat(found(after))
                .containsExactly(
                        "e: Invalid value: \"variables.big\": must evaluate to one of [string null_type] but got bool");
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static io.apiserver4j.cel.CelAuthorizer.AUTHORIZER;
import static io.apiserver4j.cel.CelAuthorizer.RESOURCE_CHECK;
import static io.apiserver4j.cel.CelType.BOOL;
import static io.apiserver4j.cel.CelType.STRING;

import io.apiserver4j.meta.NameRules;
import java.util.List;
import java.util.function.Function;

/** Questions about permissions, step by step: {@code authorizer.group('').resource('pods').check('get').allowed()}. */
final class AuthorizerFunctions {
    private static final CelType PATH_CHECK = CelType.opaque("kubernetes.authorization.PathCheck");
    private static final CelType GROUP_CHECK = CelType.opaque("kubernetes.authorization.GroupCheck");
    private static final FunctionTable.Cost CHECK = (arguments, result) -> 350_000;
    private static final FunctionTable.Cost ONE = FunctionTable.Cost.ONE;

    private AuthorizerFunctions() {}

    static void addTo(FunctionTable table) {
        table.member(
                "path",
                "authorizer_path",
                PATH_CHECK,
                List.of(AUTHORIZER, STRING),
                a -> {
                    given(a[1], "path");
                    return step(a, PATH_CHECK, "path");
                },
                ONE);
        to(table, "group", "authorizer_group", AUTHORIZER, GROUP_CHECK);
        table.member(
                "serviceAccount",
                "authorizer_serviceaccount",
                AUTHORIZER,
                List.of(AUTHORIZER, STRING, STRING),
                AuthorizerFunctions::serviceAccount,
                ONE);
        table.member(
                "resource",
                "groupcheck_resource",
                RESOURCE_CHECK,
                List.of(GROUP_CHECK, STRING),
                a -> {
                    given(a[1], "resource");
                    return step(a, RESOURCE_CHECK, "resource");
                },
                ONE);
        to(table, "subresource", "resourcecheck_subresource", RESOURCE_CHECK, RESOURCE_CHECK);
        to(table, "namespace", "resourcecheck_namespace", RESOURCE_CHECK, RESOURCE_CHECK);
        to(table, "name", "resourcecheck_name", RESOURCE_CHECK, RESOURCE_CHECK);
        selector(table, "fieldSelector", "authorizer_fieldselector");
        selector(table, "labelSelector", "authorizer_labelselector");
        FunctionTable.Body check = a -> ((CelAuthorizer.Step) a[0]).check((String) a[1]);
        table.member("check", "pathcheck_check", CelAuthorizer.Answer.TYPE, List.of(PATH_CHECK, STRING), check, CHECK);
        table.member(
                "check",
                "resourcecheck_check",
                CelAuthorizer.Answer.TYPE,
                List.of(RESOURCE_CHECK, STRING),
                check,
                CHECK);
        answer(table, "errored", BOOL, decision -> !decision.error().isEmpty());
        answer(table, "error", STRING, CelAuthorizer.Decision::error);
        answer(table, "allowed", BOOL, CelAuthorizer.Decision::allowed);
        answer(table, "reason", STRING, CelAuthorizer.Decision::reason);
    }

    private static void to(FunctionTable table, String function, String id, CelType from, CelType to) {
        table.member(function, id, to, List.of(from, STRING), a -> step(a, to, function), ONE);
    }

    private static void selector(FunctionTable table, String function, String id) {
        table.member(
                function,
                id,
                RESOURCE_CHECK,
                List.of(RESOURCE_CHECK, STRING),
                a -> step(a, RESOURCE_CHECK, function),
                (arguments, result) -> {
                    long length = Costs.size(arguments[1]);
                    return 10 + Costs.tenth(length) + (long) Math.ceil(Math.ceil(length * 0.5) * 50);
                });
    }

    private static void answer(
            FunctionTable table, String function, CelType result, Function<CelAuthorizer.Decision, Object> read) {
        table.member(
                function,
                "decision_" + function,
                result,
                List.of(CelAuthorizer.Answer.TYPE),
                a -> read.apply(((CelAuthorizer.Answer) a[0]).decision()),
                ONE);
    }

    private static Object step(Object[] arguments, CelType to, String field) {
        return ((CelAuthorizer.Step) arguments[0]).with(to, field, (String) arguments[1]);
    }

    private static void given(Object text, String what) {
        if (((String) text).isBlank()) {
            throw new CelEvaluationException(what + " must not be empty");
        }
    }

    private static Object serviceAccount(Object[] arguments) {
        String namespace = (String) arguments[1];
        String name = (String) arguments[2];
        if (!NameRules.isDns1123Subdomain(name)) {
            throw new CelEvaluationException("Invalid service account name");
        }
        if (!NameRules.isDns1123Label(namespace)) {
            throw new CelEvaluationException("Invalid service account namespace");
        }
        return ((CelAuthorizer.Step) arguments[0]).of(namespace, name);
    }
}

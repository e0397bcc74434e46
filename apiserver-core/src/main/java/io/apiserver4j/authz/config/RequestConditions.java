// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.config;

import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.cel.CelBindings;
import io.apiserver4j.cel.CelBudget;
import io.apiserver4j.cel.CelCompileException;
import io.apiserver4j.cel.CelCostException;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelEvaluationException;
import io.apiserver4j.cel.CelProgram;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The expressions that say whether a webhook is asked. Immutable. */
final class RequestConditions {
    private static final CelEnvironment ENVIRONMENT = CelEnvironment.of(Map.of("request", request()));

    private final List<CelProgram> programs;

    /**
     * What the conditions say.
     *
     * @param error why that can't be told, or empty
     */
    record Outcome(boolean matches, String error) {}

    private RequestConditions(List<CelProgram> programs) {
        this.programs = programs;
    }

    private static CelType request() {
        CelType text = CelType.STRING;
        CelType requirement = CelType.object(
                "kubernetes.SelectorRequirement",
                fields("key", text, "operator", text, "values", CelType.LIST_OF_STRINGS));
        CelType requirements = CelType.list(requirement);
        Map<String, CelType> resource = fields("namespace", text, "verb", text, "group", text);
        resource.putAll(fields("version", text, "resource", text, "subresource", text));
        resource.put("name", text);
        resource.put(
                "fieldSelector",
                CelType.object(
                        "kubernetes.FieldSelectorAttributes",
                        fields("rawSelector", text, "requirements", requirements)));
        resource.put(
                "labelSelector",
                CelType.object(
                        "kubernetes.LabelSelectorAttributes",
                        fields("rawSelector", text, "requirements", requirements)));
        Map<String, CelType> all = fields(
                "resourceAttributes", CelType.object("kubernetes.ResourceAttributes", resource),
                "nonResourceAttributes",
                        CelType.object("kubernetes.NonResourceAttributes", fields("path", text, "verb", text)));
        all.putAll(fields("user", text, "groups", CelType.LIST_OF_STRINGS, "uid", text));
        all.put("extra", CelType.map(text, CelType.LIST_OF_STRINGS));
        return CelType.object("kubernetes.SubjectAccessReviewSpec", all);
    }

    private static Map<String, CelType> fields(Object... namesAndTypes) {
        Map<String, CelType> out = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            out.put((String) namesAndTypes[i], (CelType) namesAndTypes[i + 1]);
        }
        return out;
    }

    /**
     * One condition.
     *
     * @throws IllegalArgumentException with the words of a refused configuration
     */
    static CelProgram compile(String expression) {
        CelProgram program;
        try {
            program = ENVIRONMENT.compile(expression);
        } catch (CelCompileException e) {
            throw new IllegalArgumentException(e.text(), e);
        }
        if (!program.resultType().equals(CelType.BOOL)) {
            throw new IllegalArgumentException("must evaluate to bool but got " + program.resultType());
        }
        return program;
    }

    static RequestConditions of(List<String> expressions) {
        List<CelProgram> programs = new ArrayList<>();
        expressions.forEach(one -> programs.add(compile(one)));
        return new RequestConditions(List.copyOf(programs));
    }

    /** Asks all: one that is false decides, whatever errors others have. */
    Outcome evaluate(AccessAttributes asked) {
        ObjectValue request = AccessReviewDocument.request(asked);
        CelBindings bindings = CelBindings.of(Map.of("request", request));
        Set<String> errors = new LinkedHashSet<>();
        for (CelProgram program : programs) {
            try {
                if (Boolean.FALSE.equals(program.evaluate(bindings, CelBudget.perCall()))) {
                    return new Outcome(false, "");
                }
            } catch (CelEvaluationException | CelCostException e) {
                errors.add("cel evaluation error: expression '" + program.expression() + "' resulted in error: "
                        + e.getMessage());
            }
        }
        String error = errors.size() > 1 ? "[" + String.join(", ", errors) + "]" : String.join("", errors);
        return new Outcome(errors.isEmpty(), error);
    }
}

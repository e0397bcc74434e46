// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What expressions may name: variables with their types, and the functions of Kubernetes v1.37. Immutable; what it costs to
 * make is paid with the first expression that is compiled.
 */
public final class CelEnvironment {
    private final Map<String, CelType> variables;
    private final boolean constructs;
    private final boolean binds;
    private volatile @Nullable Compiling compiling;

    /** What compiles, by dev.cel. */
    private record Compiling(Checker checker, FunctionTable functions, Map<String, CelType> objects) {}

    private CelEnvironment(Map<String, CelType> variables, boolean constructs, boolean binds) {
        this.variables = variables;
        this.constructs = constructs;
        this.binds = binds;
    }

    /** An environment of these variables. */
    public static CelEnvironment of(Map<String, CelType> variables) {
        return new CelEnvironment(Collections.unmodifiableMap(new LinkedHashMap<>(variables)), false, false);
    }

    /** This environment with one more variable, or with another type of one. */
    public CelEnvironment with(String variable, CelType type) {
        Map<String, CelType> more = new LinkedHashMap<>(variables);
        more.put(variable, type);
        return new CelEnvironment(Collections.unmodifiableMap(more), constructs, binds);
    }

    /** This environment where expressions may make {@code Object{...}} and {@code JSONPatch{...}}, as mutations do. */
    public CelEnvironment constructing() {
        return new CelEnvironment(variables, true, binds);
    }

    /** This environment where expressions may give values names by {@code cel.bind}, as selectors of devices do. */
    public CelEnvironment binding() {
        return new CelEnvironment(variables, constructs, true);
    }

    /** Types of the variables by name. */
    public Map<String, CelType> variables() {
        return variables;
    }

    private Compiling compiling() {
        Compiling known = compiling;
        if (known == null) {
            Map<String, CelType> objects = new LinkedHashMap<>();
            variables.values().forEach(type -> DevTypes.collect(type, objects));
            FunctionTable functions = Functions.ALL;
            if (constructs) {
                DevTypes.collect(Functions.JSON_PATCH, objects);
                functions = Functions.WITH_PATCHES;
            }
            known = new Compiling(Checker.of(functions, variables, objects, constructs, binds), functions, objects);
            compiling = known;
        }
        return known;
    }

    /**
     * Compiles.
     *
     * @throws CelCompileException with all errors and their places
     */
    public CelProgram compile(String expression) throws CelCompileException {
        Compiling with = compiling();
        CelAbstractSyntaxTree tree = with.checker().check(expression);
        Planner planner = new Planner(tree, with.functions(), variables, with.objects());
        Node root = planner.plan();
        List<String> used = planner.used();
        String[] names = used.toArray(new String[0]);
        CelType[] types = new CelType[names.length];
        for (int i = 0; i < names.length; i++) {
            types[i] = variables.getOrDefault(names[i], CelType.DYN);
        }
        CelType result = DevTypes.from(tree.getResultType(), with.objects());
        return new CelProgram(expression, root, result, names, types, planner.slots());
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads expressions and finds their types, by dev.cel. Immutable. */
final class Checker {
    /** Types that any field may be put into, by their names or what their names start with. */
    private static final String OBJECT = "Object";

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableOptionalSyntax(true)
            .enableQuotedIdentifierSyntax(true)
            .enableHeterogeneousNumericComparisons(true)
            .enableTimestampEpoch(true)
            .enableUnsignedLongs(true)
            .enableHiddenAccumulatorVar(true)
            .enableNamespacedDeclarations(true)
            .populateMacroCalls(false)
            .retainRepeatedUnaryOperators(false)
            .build();

    private final CelCompiler compiler;
    private final boolean constructs;
    private final Map<String, CelType> objects;

    private Checker(CelCompiler compiler, Map<String, CelType> objects, boolean constructs) {
        this.compiler = compiler;
        this.objects = objects;
        this.constructs = constructs;
    }

    static Checker of(
            FunctionTable functions,
            Map<String, CelType> variables,
            Map<String, CelType> objects,
            boolean constructs,
            boolean binds) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addMacros(Macros.ALL)
                .addFunctionDeclarations(declarations(functions))
                .setTypeProvider(new Types(objects));
        if (binds) {
            builder.addMacros(Macros.BIND);
        }
        variables.forEach((name, type) -> builder.addVar(name, DevTypes.of(type)));
        return new Checker(builder.build(), objects, constructs);
    }

    private static List<CelFunctionDecl> declarations(FunctionTable functions) {
        List<CelFunctionDecl> out = new ArrayList<>();
        functions.functions().forEach((name, overloads) -> {
            List<CelOverloadDecl> declared = new ArrayList<>();
            for (FunctionTable.Overload one : overloads) {
                if (one.declared()) {
                    List<dev.cel.common.types.CelType> parameters =
                            one.parameters().stream().map(DevTypes::of).toList();
                    dev.cel.common.types.CelType result = DevTypes.of(one.result());
                    declared.add(
                            one.member()
                                    ? CelOverloadDecl.newMemberOverload(one.id(), result, parameters)
                                    : CelOverloadDecl.newGlobalOverload(one.id(), result, parameters));
                }
            }
            if (!declared.isEmpty()) {
                out.add(CelFunctionDecl.newFunctionDeclaration(name, declared));
            }
        });
        return out;
    }

    /** The checked expression. */
    CelAbstractSyntaxTree check(String expression) throws CelCompileException {
        try {
            CelValidationResult parsed = compiler.parse(expression);
            if (parsed.hasError()) {
                throw new CelCompileException(Issues.text(parsed));
            }
            CelAbstractSyntaxTree tree = parsed.getAst();
            CelCompiler checking = constructs ? withConstructed(tree.getExpr()) : compiler;
            CelValidationResult checked = checking.check(tree);
            if (checked.hasError()) {
                throw new CelCompileException(Issues.text(checked));
            }
            String literals = Literals.check(checked.getAst());
            if (!literals.isEmpty()) {
                throw new CelCompileException(literals);
            }
            return checked.getAst();
        } catch (CelValidationException wrong) {
            throw new CelCompileException(String.valueOf(wrong.getMessage()));
        }
    }

    /** Objects of mutations may have any field: those that the expression names are declared. */
    private CelCompiler withConstructed(CelExpr expression) {
        Map<String, Set<String>> made = new java.util.TreeMap<>();
        collect(expression, made);
        if (made.isEmpty()) {
            return compiler;
        }
        Map<String, CelType> types = new java.util.HashMap<>(objects);
        made.forEach((name, fields) -> {
            if (name.equals(OBJECT) || name.startsWith(OBJECT + ".")) {
                Map<String, CelType> named = new java.util.TreeMap<>();
                fields.forEach(field -> named.put(field, CelType.DYN));
                types.put(name, CelType.object(name, named));
            }
        });
        return compiler.toCompilerBuilder().setTypeProvider(new Types(types)).build();
    }

    private static void collect(CelExpr expression, Map<String, Set<String>> made) {
        switch (expression.getKind()) {
            case SELECT -> collect(expression.select().operand(), made);
            case CALL -> {
                expression.call().target().ifPresent(target -> collect(target, made));
                expression.call().args().forEach(argument -> collect(argument, made));
            }
            case LIST -> expression.list().elements().forEach(item -> collect(item, made));
            case MAP ->
                expression.map().entries().forEach(entry -> {
                    collect(entry.key(), made);
                    collect(entry.value(), made);
                });
            case STRUCT -> {
                Set<String> fields = made.computeIfAbsent(expression.struct().messageName(), name -> new TreeSet<>());
                expression.struct().entries().forEach(entry -> {
                    fields.add(entry.fieldKey());
                    collect(entry.value(), made);
                });
            }
            case COMPREHENSION -> {
                collect(expression.comprehension().iterRange(), made);
                collect(expression.comprehension().accuInit(), made);
                collect(expression.comprehension().loopCondition(), made);
                collect(expression.comprehension().loopStep(), made);
                collect(expression.comprehension().result(), made);
            }
            default -> {}
        }
    }

    @SuppressWarnings("Immutable") // never changed after it is made
    private record Types(Map<String, CelType> objects) implements CelTypeProvider {
        @Override
        public ImmutableCollection<dev.cel.common.types.CelType> types() {
            return ImmutableList.of();
        }

        @Override
        public Optional<dev.cel.common.types.CelType> findType(String name) {
            CelType object = objects.get(name);
            if (object == null) {
                return Optional.empty();
            }
            return Optional.of(StructType.create(
                    name,
                    ImmutableSet.copyOf(object.fields().keySet()),
                    field -> Optional.ofNullable(object.field(field)).map(found -> DevTypes.of(found.type()))));
        }
    }
}

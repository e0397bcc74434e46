// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.List;
import java.util.Optional;

/** Macros beside those of the standard: optional values, comprehensions over two variables, sorting by a key. */
final class Macros {
    private static final String UNUSED = "#unused";
    private static final String SORTED = "@__sortBy_input__";

    static final List<CelMacro> ALL = List.of(
            CelMacro.newReceiverMacro(
                    "optMap", 2, (make, target, arguments) -> optional(make, target, arguments, true)),
            CelMacro.newReceiverMacro(
                    "optFlatMap", 2, (make, target, arguments) -> optional(make, target, arguments, false)),
            CelMacro.newReceiverMacro("all", 3, Macros::all),
            CelMacro.newReceiverMacro("exists", 3, Macros::exists),
            CelMacro.newReceiverMacro("existsOne", 3, Macros::existsOne),
            CelMacro.newReceiverMacro("exists_one", 3, Macros::existsOne),
            CelMacro.newReceiverMacro("transformList", 3, Macros::transformList),
            CelMacro.newReceiverMacro("transformList", 4, Macros::transformList),
            CelMacro.newReceiverMacro(
                    "transformMap", 3, (make, target, arguments) -> transformMap(make, target, arguments, true)),
            CelMacro.newReceiverMacro(
                    "transformMap", 4, (make, target, arguments) -> transformMap(make, target, arguments, true)),
            CelMacro.newReceiverMacro(
                    "transformMapEntry", 3, (make, target, arguments) -> transformMap(make, target, arguments, false)),
            CelMacro.newReceiverMacro(
                    "transformMapEntry", 4, (make, target, arguments) -> transformMap(make, target, arguments, false)),
            CelMacro.newReceiverMacro("sortBy", 2, Macros::sortBy));

    /** {@code cel.bind(name, value, expression)}, which only some environments have. */
    static final CelMacro BIND = CelMacro.newReceiverMacro("bind", 3, Macros::bind);

    private Macros() {}

    private static Optional<CelExpr> bind(CelMacroExprFactory make, CelExpr target, ImmutableList<CelExpr> arguments) {
        if (target.getKind() != CelExpr.ExprKind.Kind.IDENT
                || !target.ident().name().equals("cel")) {
            return Optional.empty();
        }
        if (arguments.get(0).getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return Optional.of(make.reportError("cel.bind() variable names must be simple identifiers"));
        }
        String name = arguments.get(0).ident().name();
        return Optional.of(make.fold(
                UNUSED,
                make.newList(),
                name,
                arguments.get(1),
                make.newBoolLiteral(false),
                make.newIdentifier(name),
                arguments.get(2)));
    }

    private static Optional<CelExpr> optional(
            CelMacroExprFactory make, CelExpr target, ImmutableList<CelExpr> arguments, boolean wraps) {
        CelExpr variable = arguments.get(0);
        if (variable.getKind() != CelExpr.ExprKind.Kind.IDENT) {
            String macro = wraps ? "optMap" : "optFlatMap";
            return Optional.of(make.reportError(macro + "() variable name must be a simple identifier"));
        }
        String name = variable.ident().name();
        CelExpr inner = make.fold(
                UNUSED,
                make.newList(),
                name,
                make.newReceiverCall("value", make.copy(target)),
                make.newBoolLiteral(false),
                make.newIdentifier(name),
                arguments.get(1));
        return Optional.of(make.newGlobalCall(
                "_?_:_",
                make.newReceiverCall("hasValue", target),
                wraps ? make.newGlobalCall("optional.of", inner) : inner,
                make.newGlobalCall("optional.none")));
    }

    private static boolean areNames(List<CelExpr> arguments) {
        return arguments.get(0).getKind() == CelExpr.ExprKind.Kind.IDENT
                && arguments.get(1).getKind() == CelExpr.ExprKind.Kind.IDENT;
    }

    private static Optional<CelExpr> notNames(CelMacroExprFactory make) {
        return Optional.of(make.reportError("argument must be a simple name"));
    }

    private interface Shape {
        CelExpr of(String accumulator);
    }

    private static Optional<CelExpr> fold(
            CelMacroExprFactory make,
            CelExpr target,
            List<CelExpr> arguments,
            CelExpr initial,
            Shape condition,
            Shape step,
            Shape result) {
        if (!areNames(arguments)) {
            return notNames(make);
        }
        String accumulator = make.getAccumulatorVarName();
        return Optional.of(make.fold(
                arguments.get(0).ident().name(),
                arguments.get(1).ident().name(),
                target,
                accumulator,
                initial,
                condition.of(accumulator),
                step.of(accumulator),
                result.of(accumulator)));
    }

    private static Optional<CelExpr> all(CelMacroExprFactory make, CelExpr target, ImmutableList<CelExpr> arguments) {
        return fold(
                make,
                target,
                arguments,
                make.newBoolLiteral(true),
                accumulator -> make.newGlobalCall("@not_strictly_false", make.newIdentifier(accumulator)),
                accumulator -> make.newGlobalCall("_&&_", make.newIdentifier(accumulator), arguments.get(2)),
                make::newIdentifier);
    }

    private static Optional<CelExpr> exists(
            CelMacroExprFactory make, CelExpr target, ImmutableList<CelExpr> arguments) {
        return fold(
                make,
                target,
                arguments,
                make.newBoolLiteral(false),
                accumulator -> make.newGlobalCall(
                        "@not_strictly_false", make.newGlobalCall("!_", make.newIdentifier(accumulator))),
                accumulator -> make.newGlobalCall("_||_", make.newIdentifier(accumulator), arguments.get(2)),
                make::newIdentifier);
    }

    private static Optional<CelExpr> existsOne(
            CelMacroExprFactory make, CelExpr target, ImmutableList<CelExpr> arguments) {
        return fold(
                make,
                target,
                arguments,
                make.newIntLiteral(0),
                accumulator -> make.newBoolLiteral(true),
                accumulator -> make.newGlobalCall(
                        "_?_:_",
                        arguments.get(2),
                        make.newGlobalCall("_+_", make.newIdentifier(accumulator), make.newIntLiteral(1)),
                        make.newIdentifier(accumulator)),
                accumulator -> make.newGlobalCall("_==_", make.newIdentifier(accumulator), make.newIntLiteral(1)));
    }

    private static CelExpr filtered(
            CelMacroExprFactory make, List<CelExpr> arguments, CelExpr step, String accumulator) {
        return arguments.size() == 3
                ? step
                : make.newGlobalCall("_?_:_", arguments.get(2), step, make.newIdentifier(accumulator));
    }

    private static Optional<CelExpr> transformList(
            CelMacroExprFactory make, CelExpr target, ImmutableList<CelExpr> arguments) {
        CelExpr item = arguments.get(arguments.size() - 1);
        return fold(
                make,
                target,
                arguments,
                make.newList(),
                accumulator -> make.newBoolLiteral(true),
                accumulator -> filtered(
                        make,
                        arguments,
                        make.newGlobalCall("_+_", make.newIdentifier(accumulator), make.newList(item)),
                        accumulator),
                make::newIdentifier);
    }

    private static Optional<CelExpr> transformMap(
            CelMacroExprFactory make, CelExpr target, ImmutableList<CelExpr> arguments, boolean keepsKeys) {
        CelExpr made = arguments.get(arguments.size() - 1);
        return fold(
                make,
                target,
                arguments,
                make.newMap(),
                accumulator -> make.newBoolLiteral(true),
                accumulator -> filtered(
                        make,
                        arguments,
                        keepsKeys
                                ? make.newGlobalCall(
                                        "cel.@mapInsert",
                                        make.newIdentifier(accumulator),
                                        make.newIdentifier(
                                                arguments.get(0).ident().name()),
                                        made)
                                : make.newGlobalCall("cel.@mapInsert", make.newIdentifier(accumulator), made),
                        accumulator),
                make::newIdentifier);
    }

    private static Optional<CelExpr> sortBy(
            CelMacroExprFactory make, CelExpr target, ImmutableList<CelExpr> arguments) {
        switch (target.getKind()) {
            case LIST, SELECT, IDENT, COMPREHENSION, CALL -> {}
            default -> {
                return Optional.of(make.reportError("sortBy can only be applied to a list, identifier, comprehension,"
                        + " call or select expression"));
            }
        }
        if (arguments.get(0).getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return Optional.of(make.reportError("argument is not an identifier"));
        }
        String accumulator = make.getAccumulatorVarName();
        CelExpr keys = make.fold(
                arguments.get(0).ident().name(),
                make.newIdentifier(SORTED),
                accumulator,
                make.newList(),
                make.newBoolLiteral(true),
                make.newGlobalCall("_+_", make.newIdentifier(accumulator), make.newList(arguments.get(1))),
                make.newIdentifier(accumulator));
        return Optional.of(make.fold(
                UNUSED,
                make.newList(),
                SORTED,
                target,
                make.newBoolLiteral(false),
                make.newIdentifier(SORTED),
                make.newReceiverCall("@sortByAssociatedKeys", make.newIdentifier(SORTED), keys)));
    }
}

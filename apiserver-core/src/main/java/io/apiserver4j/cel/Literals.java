// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.OptionalType;
import java.util.ArrayList;
import java.util.List;

/** What is checked beyond types: constants that functions cannot read, and lists and maps of mixed types. */
final class Literals {
    private final CelAbstractSyntaxTree tree;
    private final List<String> errors = new ArrayList<>();
    private int mixing;

    private Literals(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    /** The errors, or the empty text. */
    static String check(CelAbstractSyntaxTree tree) {
        Literals literals = new Literals(tree);
        literals.walk(tree.getExpr());
        return String.join("\n", literals.errors);
    }

    private void walk(CelExpr expression) {
        switch (expression.getKind()) {
            case SELECT -> walk(expression.select().operand());
            case CALL -> {
                boolean mixes = expression.call().function().equals("format"); // whose arguments are of any types
                mixing += mixes ? 1 : 0;
                expression.call().target().ifPresent(this::walk);
                expression.call().args().forEach(this::walk);
                mixing -= mixes ? 1 : 0;
                call(expression.call());
            }
            case LIST -> {
                CelExpr.CelList list = expression.list();
                list.elements().forEach(this::walk);
                String first = "";
                for (int i = 0; i < list.elements().size(); i++) {
                    CelExpr item = list.elements().get(i);
                    first = same(first, item, list.optionalIndices().contains(i));
                }
            }
            case MAP -> {
                String key = "";
                String value = "";
                for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
                    walk(entry.key());
                    walk(entry.value());
                    key = same(key, entry.key(), false);
                    value = same(value, entry.value(), entry.optionalEntry());
                }
            }
            case STRUCT -> expression.struct().entries().forEach(entry -> walk(entry.value()));
            case COMPREHENSION -> {
                CelExpr.CelComprehension loop = expression.comprehension();
                walk(loop.iterRange());
                walk(loop.accuInit());
                walk(loop.loopCondition());
                walk(loop.loopStep());
                walk(loop.result());
            }
            default -> {}
        }
    }

    private void call(CelExpr.CelCall call) {
        boolean matches = call.function().equals("matches");
        if (call.args().isEmpty()
                || !matches
                        && !call.function().equals("duration")
                        && !call.function().equals("timestamp")) {
            return;
        }
        CelExpr argument = call.args().get(call.args().size() - 1);
        if (argument.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || argument.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return;
        }
        String text = argument.constant().stringValue();
        try {
            switch (call.function()) {
                case "matches" -> Pattern.compile(text);
                case "duration" -> Times.duration(text);
                default -> Times.timestamp(text);
            }
        } catch (PatternSyntaxException | CelEvaluationException unreadable) {
            errors.add(Issues.text(tree.getSource(), argument.id(), "invalid " + call.function() + " argument"));
        }
    }

    /** The type's text where it is the first; otherwise tells of an item of another type. */
    private String same(String first, CelExpr item, boolean optional) {
        dev.cel.common.types.CelType type = tree.getTypeOrThrow(item.id());
        if (optional && type instanceof OptionalType && !type.parameters().isEmpty()) {
            type = type.parameters().get(0);
        }
        String name = DevTypes.from(type, java.util.Map.of()).toString();
        if (mixing == 0 && !first.isEmpty() && !first.equals(name)) {
            errors.add(
                    Issues.text(tree.getSource(), item.id(), "expected type '" + first + "' but found '" + name + "'"));
        }
        return first.isEmpty() ? name : first;
    }
}

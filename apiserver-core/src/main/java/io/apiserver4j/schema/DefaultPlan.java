// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What there is to default in values of one shape; worked out when such a value is first met. */
final class DefaultPlan {
    private final Schema schema;
    private final Defaulter defaulter;
    private final @Nullable DefaultRule rule;
    private volatile @Nullable Steps steps;
    private volatile @Nullable Boolean reaches;

    /** The constants of a type, and by the position of a field what there is to do inside of it. */
    private record Steps(
            List<ConstantDefault> constants, @Nullable DefaultPlan[] inside, boolean deeper) {}

    DefaultPlan(Schema schema, Defaulter defaulter, @Nullable DefaultRule rule) {
        this.schema = schema;
        this.defaulter = defaulter;
        this.rule = rule;
    }

    Value apply(Value value) {
        return switch (schema.shape()) {
            case OBJECT -> value instanceof ObjectValue object ? object(object) : value;
            case LIST ->
                value instanceof ArrayValue array && itemPlan().reaches() ? array.map(itemPlan()::apply) : value;
            case MAP -> value instanceof ObjectValue object ? map(object) : value;
            default -> value;
        };
    }

    private DefaultPlan itemPlan() {
        return defaulter.plan(schema.items());
    }

    private Value object(ObjectValue given) {
        Steps todo = steps();
        ObjectValue out = given;
        for (ConstantDefault constant : todo.constants) {
            out = constant.apply(out);
        }
        if (rule != null) {
            out = rule.apply(out);
        }
        if (out != given) {
            out = (ObjectValue) WireOrder.restore(schema, out, given);
        }
        return todo.deeper ? inside(todo, out) : out;
    }

    private ObjectValue inside(Steps todo, ObjectValue given) {
        ObjectValue out = given;
        LinkedFields fields = schema.linked();
        int position = -1;
        for (int i = 0; i < out.size(); i++) {
            position = fields.position(out.keyAt(i), position + 1);
            DefaultPlan inner = position < 0 ? null : todo.inside[position];
            if (inner != null) {
                Value member = out.valueAt(i);
                Value filled = inner.apply(member);
                out = filled == member ? out : out.with(out.keyAt(i), filled);
            }
        }
        return out;
    }

    private Value map(ObjectValue given) {
        ObjectValue out = given;
        if (rule != null) {
            out = (ObjectValue) WireOrder.restore(schema, rule.apply(out), given);
        }
        if (itemPlan().reaches()) {
            for (int i = 0; i < out.size(); i++) {
                out = out.with(out.keyAt(i), itemPlan().apply(out.valueAt(i)));
            }
        }
        return out;
    }

    private Steps steps() {
        Steps known = steps;
        if (known == null) {
            List<ConstantDefault> constants = new ArrayList<>();
            LinkedFields fields = schema.linked();
            @Nullable DefaultPlan[] inside = new DefaultPlan[fields.size()];
            boolean deeper = false;
            for (int i = 0; i < inside.length; i++) {
                ConstantDefault published = ConstantDefault.published(fields.at(i));
                if (published != null) {
                    constants.add(published);
                }
                Schema inner = fields.at(i).schema();
                if (!inner.shape().isScalar() && defaulter.plan(inner).reaches()) {
                    inside[i] = defaulter.plan(inner);
                    deeper = true;
                }
            }
            for (DefaultFacts.Line line : DefaultFacts.of(schema.name())) {
                constants.add(ConstantDefault.of(schema, line));
            }
            known = new Steps(constants, inside, deeper);
            steps = known;
        }
        return known;
    }

    /** True where something can be defaulted in such a value or anywhere inside of it. */
    boolean reaches() {
        Boolean known = reaches;
        if (known == null) {
            known = reaches(schema, Collections.newSetFromMap(new IdentityHashMap<>()));
            reaches = known;
        }
        return known;
    }

    private boolean reaches(Schema inner, Set<Schema> seen) {
        if (inner.shape().isScalar() || inner.shape() == Shape.ANY || !seen.add(inner)) {
            return false;
        }
        DefaultPlan plan = defaulter.plan(inner);
        if (plan.reaches != null) {
            return plan.reaches;
        }
        if (plan.rule != null || !DefaultFacts.of(inner.name()).isEmpty()) {
            return true;
        }
        if (inner.shape() != Shape.OBJECT) {
            return reaches(inner.items(), seen);
        }
        for (SchemaField field : inner.fields()) {
            if (ConstantDefault.published(field) != null || reaches(field.schema(), seen)) {
                return true;
            }
        }
        return false;
    }
}

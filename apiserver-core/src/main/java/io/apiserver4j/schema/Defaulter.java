// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fills the defaults of built-in kinds: those that are published with the fields, the constants of the facts, and rules
 * in code for the rest. One walk over value and shape together, which only goes where a default can be.
 *
 * <p>At each object: first the constants of its own type (published ones, then those of the facts; a constant may reach
 * into the objects inside), then the type's rule, then the objects inside, field by field in wire order. So a rule of a
 * whole sees its parts before their own defaults, as with Kubernetes' functions: what it wants to read from a part must
 * be there or be told from its absence.
 *
 * <p>The rules are handed in as a table from type names as the facts have them ({@code api/core/v1.Service}) to {@link
 * DefaultRule}s; a name must be that of an object type or of a named map. Safe for use by several threads, if the rules
 * are.
 */
public final class Defaulter {
    private final Map<String, DefaultRule> rules;
    private final Map<Schema, DefaultPlan> plans = new ConcurrentHashMap<>();

    /** A defaulter with rules by type name; the facts' constants are always part of it. */
    public Defaulter(Map<String, DefaultRule> rules) {
        this.rules = Map.copyOf(rules);
    }

    /**
     * Fills the defaults of an object.
     *
     * @param schema the object's shape
     * @param object an object as {@link TypedReader} gives it
     * @return the object with its defaults, members in wire order; the same one where nothing was absent
     */
    public ObjectValue apply(Schema schema, ObjectValue object) {
        Value filled = plan(schema).apply(object);
        return filled == object ? object : (ObjectValue) filled;
    }

    /** What there is to do for values of a shape. */
    DefaultPlan plan(Schema schema) {
        DefaultPlan known = plans.get(schema);
        if (known == null) {
            known = new DefaultPlan(schema, this, rules.get(schema.name()));
            DefaultPlan first = plans.putIfAbsent(schema, known);
            known = first == null ? known : first;
        }
        return known;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.FieldSelector;
import io.apiserver4j.meta.LabelRequirement;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.request.Query;
import java.util.ArrayList;
import java.util.List;

/** What of a collection is asked for, by fields and by labels; what can't be read says nothing. Immutable. */
public record Selection(List<Requirement> fields, List<Requirement> labels) {
    /** The whole collection. */
    public static final Selection NONE = new Selection(List.of(), List.of());

    /**
     * One requirement.
     *
     * @param operator {@code In}, {@code NotIn}, {@code Exists} or {@code DoesNotExist}
     */
    public record Requirement(String key, String operator, List<String> values) {
        /** Copies the list. */
        public Requirement {
            values = List.copyOf(values);
        }
    }

    /** Copies the lists. */
    public Selection {
        fields = List.copyOf(fields);
        labels = List.copyOf(labels);
    }

    /** What a query selects. */
    public static Selection of(Query query) {
        String fields = query.firstOrEmpty("fieldSelector");
        String labels = query.firstOrEmpty("labelSelector");
        return fields.isEmpty() && labels.isEmpty() ? NONE : new Selection(ofFields(fields), ofLabels(labels));
    }

    /** The requirements of a field selector. */
    public static List<Requirement> ofFields(String text) {
        List<Requirement> out = new ArrayList<>();
        try {
            for (FieldSelector.Requirement one : FieldSelector.parse(text).requirements()) {
                out.add(new Requirement(one.field(), one.equal() ? "In" : "NotIn", List.of(one.value())));
            }
        } catch (ApiException e) {
            return List.of();
        }
        return out;
    }

    /** The requirements of a label selector; comparisons of numbers are left out, which only asks for more. */
    public static List<Requirement> ofLabels(String text) {
        List<Requirement> out = new ArrayList<>();
        try {
            for (LabelRequirement one : LabelSelector.parse(text).requirements()) {
                String operator = switch (one.operator()) {
                    case EQUALS, DOUBLE_EQUALS, IN -> "In";
                    case NOT_EQUALS, NOT_IN -> "NotIn";
                    case EXISTS -> "Exists";
                    case DOES_NOT_EXIST -> "DoesNotExist";
                    default -> "";
                };
                if (!operator.isEmpty()) {
                    out.add(new Requirement(one.key(), operator, one.values()));
                }
            }
        } catch (ApiException e) {
            return List.of();
        }
        return out;
    }

    /** True where only objects are asked for whose field has this value. */
    public boolean isOnly(String field, String value) {
        for (Requirement one : fields) {
            if (one.key().equals(field)
                    && one.operator().equals("In")
                    && one.values().equals(List.of(value))) {
                return true;
            }
        }
        return false;
    }

    /** The one name that is asked for, or the empty text. */
    String name() {
        for (Requirement one : fields) {
            if (one.key().equals("metadata.name")
                    && one.operator().equals("In")
                    && one.values().size() == 1) {
                return one.values().get(0);
            }
        }
        return "";
    }
}

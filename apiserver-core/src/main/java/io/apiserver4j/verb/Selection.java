// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.FieldSelector;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.request.Query;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.SelectableFields;
import io.apiserver4j.store.StoredObject;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which objects a list, a watch or a deletion of a collection is about: the selectors of the query.
 *
 * @param filter true for the objects meant
 * @param everything true where nothing is left out
 */
record Selection(Predicate<StoredObject> filter, boolean everything) {
    private static final Selection ALL = new Selection(object -> true, true);

    /** Reads the selectors; 400 where one is broken or names a field that can't be selected by. */
    static Selection of(Query query, ResourceDefinition definition) {
        String labelText = query.firstOrEmpty("labelSelector");
        String fieldText = query.firstOrEmpty("fieldSelector");
        if (labelText.isEmpty() && fieldText.isEmpty()) {
            return ALL;
        }
        LabelSelector labels = LabelSelector.parse(labelText);
        FieldSelector fields = FieldSelector.parse(fieldText);
        Map<String, Function<io.apiserver4j.value.ObjectValue, String>> known =
                definition.fields().readers();
        for (FieldSelector.Requirement requirement : fields.requirements()) {
            check(requirement.field(), known, definition);
        }
        if (labels.isEverything() && fields.isEverything()) {
            return ALL;
        }
        return new Selection(
                object -> labels.matches(object.header().labels()) && fields.matches(object::field), false);
    }

    private static void check(String field, Map<String, ?> known, ResourceDefinition definition) {
        if (field.equals("metadata.name")
                || known.containsKey(field)
                || field.equals("metadata.namespace") && definition.namespaced()) {
            return;
        }
        String words = definition.fields().refusal();
        if (!words.isEmpty()) {
            throw FieldSelector.notSupported(words, field);
        }
        throw field.equals("metadata.namespace")
                ? FieldSelector.notSupported(SelectableFields.REFUSAL, field)
                : FieldSelector.notKnown(field);
    }
}

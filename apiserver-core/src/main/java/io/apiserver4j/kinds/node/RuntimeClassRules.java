// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.node;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.pod.PodWarnings;
import io.apiserver4j.kinds.pod.ResourceRules;
import io.apiserver4j.kinds.pod.SchedulingRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runtime classes. What is wrong with the handler is declared in its type and comes after everything else. */
public final class RuntimeClassRules implements KindRules {
    private static final ValuePath HANDLER = ValuePath.of("handler");
    private static final ValuePath SCHEDULING = ValuePath.of("scheduling");
    private static final List<String> TOLERATION_KEY = List.of("key", "operator", "value", "effect");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        rules(object, errors);
        handler(object, null, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        rules(updated, errors);
        handler(updated, current, errors);
    }

    private static void handler(ObjectValue object, @Nullable ObjectValue current, FieldErrors errors) {
        String handler = object.stringOrEmpty("handler");
        if (current != null && handler.equals(current.stringOrEmpty("handler"))) {
            return;
        }
        if (!handler.isEmpty()) {
            errors.invalidAll(HANDLER, handler, NameRules.shortName(handler));
        }
        if (current != null) {
            errors.invalidShown(HANDLER, "null", FieldChecks.IMMUTABLE);
        }
        if (handler.isEmpty()) {
            errors.required(HANDLER, "");
        }
    }

    private static void rules(ObjectValue object, FieldErrors errors) {
        ObjectValue overhead = object.getObject("overhead");
        if (overhead != null) {
            ObjectValue limits = ObjectValue.EMPTY.withOrWithout("limits", overhead.get("podFixed"));
            ResourceRules.requirements(limits, ValuePath.of("overhead"), errors);
        }
        ObjectValue scheduling = object.getObject("scheduling");
        if (scheduling != null) {
            MetadataRules.labels(scheduling.objectOrEmpty("nodeSelector"), SCHEDULING.field("nodeSelector"), errors);
            tolerations(scheduling.arrayOrEmpty("tolerations"), SCHEDULING.field("tolerations"), errors);
        }
    }

    private static void tolerations(ArrayValue tolerations, ValuePath path, FieldErrors errors) {
        SchedulingRules.tolerations(tolerations, path, errors);
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < tolerations.size(); i++) {
            ObjectValue toleration = tolerations.objectAt(i);
            if (!seen.add(TOLERATION_KEY.stream().map(toleration::stringOrEmpty).toList())) {
                errors.duplicateShown(path.index(i), InternalForm.shown("core.Toleration", toleration), "");
            }
        }
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> warnings = new ArrayList<>();
        for (ObjectValue.Member label : object.objectAt("scheduling", "nodeSelector")) {
            String text = PodWarnings.ofNodeLabel(label.key());
            if (text != null) {
                warnings.add(SCHEDULING.field("nodeSelector") + ": " + text);
            }
        }
        return warnings;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return warningsOnCreate(updated, context);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.storage;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.pod.PodWarnings;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Storage classes: what volumes are made by never changes. */
public final class StorageClassRules implements KindRules {
    private static final ValuePath TOPOLOGIES = ValuePath.of("allowedTopologies");
    private static final String EXPRESSIONS = "matchLabelExpressions";
    private static final List<String> RECLAIM = List.of("Delete", "Retain");
    private static final List<String> BINDING = List.of("Immediate", "WaitForFirstConsumer");
    private static final List<String> IMMUTABLE = List.of("parameters", "reclaimPolicy", "volumeBindingMode");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        check(object, errors);
        provisioner(object, errors);
    }

    private static void check(ObjectValue object, FieldErrors errors) {
        ClassRules.driver(object.stringOrEmpty("provisioner"), ValuePath.of("provisioner"), errors);
        ClassRules.parameters(object.objectOrEmpty("parameters"), false, ValuePath.of("parameters"), errors);
        String reclaim = object.stringOrEmpty("reclaimPolicy");
        if (!reclaim.isEmpty() && !RECLAIM.contains(reclaim)) {
            errors.notSupported(ValuePath.of("reclaimPolicy"), reclaim, RECLAIM);
        }
        String binding = object.getString("volumeBindingMode");
        if (binding == null) {
            errors.required(ValuePath.of("volumeBindingMode"), "");
        } else if (!BINDING.contains(binding)) {
            errors.notSupported(ValuePath.of("volumeBindingMode"), binding, BINDING);
        }
        topologies(object.arrayOrEmpty("allowedTopologies").objects(), errors);
    }

    /** Told last, since Kubernetes finds it by the schema. */
    private static void provisioner(ObjectValue object, FieldErrors errors) {
        if (object.stringOrEmpty("provisioner").isEmpty()) {
            errors.required(ValuePath.of("provisioner"), "");
        }
    }

    private static void topologies(List<ObjectValue> terms, FieldErrors errors) {
        List<Map<String, Set<String>>> seen = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            ValuePath path = TOPOLOGIES.index(i).field(EXPRESSIONS);
            Map<String, Set<String>> term = term(terms.get(i), path, errors);
            // Kubernetes begins with one empty term for each there is
            boolean empty = term.isEmpty();
            for (int before = 0; empty && before < terms.size(); before++) {
                errors.duplicate(path, "");
            }
            seen.stream().filter(term::equals).forEach(same -> errors.duplicate(path, ""));
            seen.add(term);
        }
    }

    private static Map<String, Set<String>> term(ObjectValue term, ValuePath path, FieldErrors errors) {
        Map<String, Set<String>> out = new HashMap<>();
        List<ObjectValue> expressions = term.arrayOrEmpty(EXPRESSIONS).objects();
        for (int i = 0; i < expressions.size(); i++) {
            ValuePath at = path.index(i);
            List<String> values = expressions.get(i).arrayOrEmpty("values").strings();
            String key = expressions.get(i).stringOrEmpty("key");
            if (values.isEmpty()) {
                errors.required(at.field("values"), "");
            }
            Set<String> distinct = new HashSet<>();
            for (int v = 0; v < values.size(); v++) {
                if (!distinct.add(values.get(v))) {
                    errors.duplicate(at.field("values").index(v), values.get(v));
                }
            }
            errors.invalidAll(at.field("key"), key, NameRules.qualifiedName(key));
            if (out.containsKey(key)) {
                errors.duplicate(at.field("key"), key);
            }
            out.put(key, distinct);
        }
        return out;
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        check(updated, errors);
        provisioner(updated, errors);
        // found by the schema: the value is not shown
        if (!updated.stringOrEmpty("provisioner").equals(current.stringOrEmpty("provisioner"))) {
            errors.invalidShown(ValuePath.of("provisioner"), "null", FieldChecks.IMMUTABLE);
        }
        for (String member : IMMUTABLE) {
            if (FieldChecks.changed(updated.get(member), current.get(member))) {
                errors.invalidShown(ValuePath.of(member), "null", FieldChecks.IMMUTABLE);
            }
        }
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        List<String> out = new ArrayList<>();
        List<ObjectValue> terms = object.arrayOrEmpty("allowedTopologies").objects();
        for (int i = 0; i < terms.size(); i++) {
            List<ObjectValue> expressions =
                    terms.get(i).arrayOrEmpty(EXPRESSIONS).objects();
            for (int j = 0; j < expressions.size(); j++) {
                String text = PodWarnings.ofNodeLabel(expressions.get(j).stringOrEmpty("key"));
                if (text != null) {
                    out.add(TOPOLOGIES.index(i).field(EXPRESSIONS).index(j).field("key") + ": " + text);
                }
            }
        }
        return out;
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return warningsOnCreate(updated, context);
    }
}

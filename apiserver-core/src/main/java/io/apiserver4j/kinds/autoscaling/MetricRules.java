// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.autoscaling;

import io.apiserver4j.kinds.pod.ResourceRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The metrics that an autoscaler goes by: each of one type, with the source of that type and no other. */
record MetricRules(TargetReferences.ApiVersion described) {
    /** The sources, in the order in which they are looked at. */
    private static final List<String> SOURCES = List.of("object", "external", "pods", "resource", "containerResource");

    private static final Map<String, String> SOURCE_OF_TYPE = Map.of(
            "Object", "object",
            "Pods", "pods",
            "Resource", "resource",
            "External", "external",
            "ContainerResource", "containerResource");
    private static final Set<String> TYPES = new TreeSet<>(SOURCE_OF_TYPE.keySet());
    private static final Set<String> TARGETS = Set.of("Utilization", "Value", "AverageValue");

    void check(ArrayValue metrics, boolean toZero, ValuePath path, FieldErrors errors) {
        boolean aboutMoreThanPods = false;
        for (int i = 0; i < metrics.size(); i++) {
            ObjectValue metric = metrics.objectAt(i);
            metric(metric, path.index(i), errors);
            String type = metric.stringOrEmpty("type");
            aboutMoreThanPods |= type.equals("Object") || type.equals("External");
        }
        if (toZero && !aboutMoreThanPods) {
            errors.forbidden(
                    path, "must specify at least one Object or External metric to support scaling to zero replicas");
        }
    }

    private void metric(ObjectValue metric, ValuePath path, FieldErrors errors) {
        String type = metric.stringOrEmpty("type");
        String expected = SOURCE_OF_TYPE.get(type);
        ValuePath typePath = path.field("type");
        if (type.isEmpty()) {
            errors.required(typePath, "must specify a metric source type");
        }
        if (expected == null) {
            errors.notSupportedShown(typePath, FieldErrors.json(type), TYPES);
        }
        List<String> present =
                SOURCES.stream().filter(name -> metric.getObject(name) != null).toList();
        if (!present.isEmpty()) {
            String first = present.get(0);
            source(first, metric.objectOrEmpty(first), path.field(first), errors);
        }
        if (expected == null) {
            errors.notSupportedShown(typePath, FieldErrors.json(type), TYPES);
        } else if (!present.contains(expected)) {
            errors.required(path.field(expected), "must populate information for the given metric source");
        }
        for (String name : present) {
            if (present.size() > 1 && !name.equals(expected)) {
                errors.forbidden(path.field(name), "must populate the given metric source only");
            }
        }
    }

    private void source(String name, ObjectValue source, ValuePath path, FieldErrors errors) {
        ObjectValue target = source.objectOrEmpty("target");
        ValuePath at = path.field("target");
        switch (name) {
            case "object" -> {
                TargetReferences.check(
                        source.objectOrEmpty("describedObject"), described, path.field("describedObject"), errors);
                identified(source, path, errors);
                target(target, at, errors);
                if (!target.has("value") && !target.has("averageValue")) {
                    errors.required(at.field("averageValue"), "must set either a target value or averageValue");
                }
            }
            case "external" -> {
                identified(source, path, errors);
                target(target, at, errors);
                external(target, at, errors);
            }
            case "pods" -> {
                identified(source, path, errors);
                target(target, at, errors);
                if (!target.has("averageValue")) {
                    errors.required(at.field("averageValue"), "must specify a positive target averageValue");
                }
            }
            default -> resource(name, source, path, errors);
        }
    }

    private static void external(ObjectValue target, ValuePath path, FieldErrors errors) {
        boolean value = target.has("value");
        boolean average = target.has("averageValue");
        if (!value && !average) {
            errors.required(
                    path.field("averageValue"), "must set either a target value for metric or a per-pod target");
        }
        if (value && average) {
            errors.forbidden(path.field("value"), "may not set both a target value for metric and a per-pod target");
        }
    }

    private static void resource(String kind, ObjectValue source, ValuePath path, FieldErrors errors) {
        String name = source.stringOrEmpty("name");
        if (name.isEmpty()) {
            errors.required(path.field("name"), "must specify a resource name");
        } else if (kind.equals("containerResource")) {
            ResourceRules.containerName(name, path.field("name"), errors);
        }
        if (kind.equals("containerResource")) {
            String container = source.stringOrEmpty("container");
            if (container.isEmpty()) {
                errors.required(path.field("container"), "must specify a container");
            } else {
                errors.invalidAll(path.field("container"), container, NameRules.dns1123Label(container));
            }
        }
        ObjectValue target = source.objectOrEmpty("target");
        ValuePath at = path.field("target");
        target(target, at, errors);
        boolean utilization = target.has("averageUtilization");
        boolean average = target.has("averageValue");
        if (!utilization && !average) {
            errors.required(
                    at.field("averageUtilization"), "must set either a target raw value or a target utilization");
        }
        if (utilization && average) {
            errors.forbidden(at.field("averageValue"), "may not set both a target raw value and a target utilization");
        }
    }

    private static void identified(ObjectValue source, ValuePath path, FieldErrors errors) {
        String name = source.objectOrEmpty("metric").stringOrEmpty("name");
        ValuePath at = path.fields("metric", "name");
        if (name.isEmpty()) {
            errors.required(at, "must specify a metric name");
        } else {
            errors.invalidAll(at, name, NameRules.pathSegmentName(name));
        }
    }

    private static void target(ObjectValue target, ValuePath path, FieldErrors errors) {
        String type = target.stringOrEmpty("type");
        if (type.isEmpty()) {
            errors.required(path.field("type"), "must specify a metric target type");
        }
        if (!TARGETS.contains(type)) {
            errors.invalidShown(
                    path.field("type"), FieldErrors.json(type), "must be either Utilization, Value, or AverageValue");
        }
        for (String name : List.of("value", "averageValue")) {
            String amount = target.getString(name);
            if (amount != null && Quantity.parse(amount).sign() != 1) {
                errors.invalid(path.field(name), amount, "must be positive");
            }
        }
        Long utilization = target.getLong("averageUtilization");
        if (utilization != null && utilization < 1) {
            errors.invalid(path.field("averageUtilization"), utilization, "must be greater than 0");
        }
    }
}

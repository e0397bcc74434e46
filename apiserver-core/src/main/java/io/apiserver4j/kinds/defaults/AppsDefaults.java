// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import io.apiserver4j.kinds.TemplateGeneration;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoNumbers;
import io.apiserver4j.meta.ScalarSyntaxException;
import io.apiserver4j.meta.Status;
import io.apiserver4j.schema.DefaultRule;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The group apps. */
final class AppsDefaults {
    private static final Value QUARTER = Value.of("25%");
    private static final Value CLAIM = Value.of("PersistentVolumeClaim");
    private static final Value CORE = Value.of("v1");
    private static final String ROLLBACK = "deprecated.deployment.rollback.rollbackTo";
    private static final String TEMPLATE_GENERATION = TemplateGeneration.ANNOTATION;

    private AppsDefaults() {}

    static Map<String, DefaultRule> rules() {
        return Map.of(
                "api/apps/v1.DaemonSet", AppsDefaults::daemonSet,
                "api/apps/v1.Deployment", AppsDefaults::deployment,
                "api/apps/v1.StatefulSet", AppsDefaults::statefulSet);
    }

    private static ObjectValue deployment(ObjectValue deployment) {
        ObjectValue out = Fill.in(
                deployment,
                "spec",
                spec -> Fill.in(spec, "strategy", strategy -> {
                    return strategy.stringOrEmpty("type").equals("RollingUpdate")
                            ? Fill.set(strategy, "rollingUpdate", rolling(strategy, QUARTER, QUARTER))
                            : strategy;
                }));
        String revision = annotation(deployment, ROLLBACK);
        if (revision == null) {
            return out;
        }
        if (revision.isEmpty()) {
            return out.with("metadata", withoutAnnotation(out.objectOrEmpty("metadata"), ROLLBACK));
        }
        try {
            return withAnnotation(out, ROLLBACK, GoNumbers.parseInt(revision));
        } catch (ScalarSyntaxException e) {
            throw refused(
                    "Deployment",
                    "failed to parse annotation[" + ROLLBACK + "]=" + revision + " as int64: " + e.text());
        }
    }

    private static ObjectValue rolling(ObjectValue strategy, Value maxUnavailable, Value maxSurge) {
        ObjectValue given = strategy.objectOrEmpty("rollingUpdate");
        return Fill.absent(Fill.absent(given, "maxUnavailable", maxUnavailable), "maxSurge", maxSurge);
    }

    private static ObjectValue daemonSet(ObjectValue set) {
        ObjectValue out = Fill.in(
                set,
                "spec",
                spec -> Fill.in(spec, "updateStrategy", strategy -> {
                    return strategy.stringOrEmpty("type").equals("RollingUpdate")
                            ? Fill.set(strategy, "rollingUpdate", rolling(strategy, Value.of(1), Value.of(0)))
                            : strategy;
                }));
        String generation = annotation(set, TEMPLATE_GENERATION);
        try {
            return withAnnotation(out, TEMPLATE_GENERATION, generation == null ? 0 : GoNumbers.parseInt(generation));
        } catch (ScalarSyntaxException e) {
            throw refused("DaemonSet", e.text());
        }
    }

    private static ObjectValue statefulSet(ObjectValue set) {
        return Fill.in(set, "spec", spec -> {
            ObjectValue out = Fill.in(spec, "updateStrategy", AppsDefaults::statefulStrategy);
            return Fill.each(
                    out, "volumeClaimTemplates", claim -> Fill.set(Fill.set(claim, "kind", CLAIM), "apiVersion", CORE));
        });
    }

    /** An empty strategy gets its parameters; one that only says its type does not. */
    private static ObjectValue statefulStrategy(ObjectValue strategy) {
        String type = strategy.stringOrEmpty("type");
        ObjectValue rolling = strategy.getObject("rollingUpdate");
        if (type.isEmpty()) {
            type = "RollingUpdate";
            rolling = rolling == null ? ObjectValue.EMPTY : rolling;
        }
        if (rolling == null || !type.equals("RollingUpdate")) {
            return strategy;
        }
        rolling = Fill.absent(Fill.absent(rolling, "partition", 0), "maxUnavailable", 1);
        return Fill.set(Fill.set(strategy, "type", Value.of(type)), "rollingUpdate", rolling);
    }

    private static @Nullable String annotation(ObjectValue object, String name) {
        return object.objectAt("metadata", "annotations").getString(name);
    }

    private static ObjectValue withAnnotation(ObjectValue object, String name, long value) {
        String text = Long.toString(value);
        return text.equals(annotation(object, name))
                ? object
                : object.withAt(Value.of(text), "metadata", "annotations", name);
    }

    private static ObjectValue withoutAnnotation(ObjectValue metadata, String name) {
        ObjectValue annotations = metadata.objectOrEmpty("annotations").without(name);
        return annotations.isEmpty() ? metadata.without("annotations") : metadata.with("annotations", annotations);
    }

    private static ApiException refused(String kind, String why) {
        return Status.badRequest(kind + " in version \"v1\" cannot be handled as a " + kind + ": " + why)
                .asException();
    }
}

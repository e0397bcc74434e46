// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.controlplane;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.OpenApiSchema;
import io.apiserver4j.resource.OwnKind;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;

/** The kind Line of a transport company: stops in order, a vehicle, and how many of them run. */
final class Lines implements Strategy {
    private static final OpenApiSchema STOP = OpenApiSchema.object()
            .required("name", OpenApiSchema.string().pattern("^[A-Z]"))
            .property("minutes", OpenApiSchema.integer().between(0, 59).defaultValue(Value.of(0)));
    private static final OpenApiSchema SPEC = OpenApiSchema.object()
            .required("vehicle", OpenApiSchema.string().oneOf("Bus", "Tram"))
            .required("stops", OpenApiSchema.listByKeys(STOP, "name"))
            .property("running", OpenApiSchema.integer().between(0, 100).defaultValue(Value.of(1)));
    private static final OpenApiSchema STATUS =
            OpenApiSchema.object().property("delayMinutes", OpenApiSchema.integer());

    private Lines() {}

    /** The kind, to be served. */
    static OwnKind kind() {
        OpenApiSchema schema = OpenApiSchema.object().required("spec", SPEC).property("status", STATUS);
        return OwnKind.of(
                        "transport.example.com",
                        "Line",
                        OwnKind.Version.of("v1", schema)
                                .withStatus()
                                .withColumn("Vehicle", "string", ".spec.vehicle")
                                .withColumn("Running", "integer", ".spec.running")
                                .withColumn("Delay", "integer", ".status.delayMinutes"))
                .withShortNames("ln")
                .withCategories("all")
                .withStrategy(new Lines());
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        if (object.objectOrEmpty("spec").arrayOrEmpty("stops").size() < 2) {
            errors.required(ValuePath.of("spec", "stops"), "a line has two stops at least");
        }
    }

    /** Rails are where they are. */
    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        ObjectValue now = updated.objectOrEmpty("spec");
        ObjectValue before = current.objectOrEmpty("spec");
        if (context.subresource().isEmpty() && !now.stringOrEmpty("vehicle").equals(before.stringOrEmpty("vehicle"))) {
            errors.forbidden(ValuePath.of("spec", "vehicle"), "a line keeps its vehicle");
        }
    }
}

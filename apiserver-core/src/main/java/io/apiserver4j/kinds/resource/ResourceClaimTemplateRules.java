// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.kinds.DeclaredRules;
import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.KindSettings;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;

/** ResourceClaimTemplates: what claims are made from; never changed. */
public final class ResourceClaimTemplateRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");

    private final AdminAccess access;

    /** The rules for a server with these settings. */
    public ResourceClaimTemplateRules(KindSettings settings) {
        access = new AdminAccess(settings);
    }

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return object.update("spec", spec -> spec.update("spec", DisabledFields::ofClaim));
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return prepareForCreate(updated, context);
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        access.requests(object, object.objectAt("spec", "spec", "devices"), errors);
        template(object, errors);
        DeclaredRules.check("ResourceClaimTemplate", object, null, errors);
    }

    private static void template(ObjectValue object, FieldErrors errors) {
        ObjectValue metadata = object.objectAt("spec", "metadata");
        ValuePath path = SPEC.field("metadata");
        MetadataRules.annotations(metadata.objectOrEmpty("annotations"), path.field("annotations"), errors);
        MetadataRules.labels(metadata.objectOrEmpty("labels"), path.field("labels"), errors);
        DeviceClaimRules.check(object.objectAt("spec", "spec", "devices"), SPEC.fields("spec", "devices"), errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        template(updated, errors);
        FieldChecks.immutable(
                updated.get("spec"), current.get("spec"), "resource.ResourceClaimTemplateSpec", SPEC, errors);
        DeclaredRules.check("ResourceClaimTemplate", updated, current, errors);
    }
}

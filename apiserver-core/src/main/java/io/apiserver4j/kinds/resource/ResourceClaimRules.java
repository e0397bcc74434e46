// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.kinds.DeclaredRules;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.KindSettings;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;

/**
 * ResourceClaims: a spec that never changes, and a status that schedulers and drivers write. Which users may bind claims and
 * write for drivers is not asked. Reads namespaces where a claim asks for admin access.
 */
public final class ResourceClaimRules implements KindRules {
    private static final ValuePath DEVICES = ValuePath.of("spec", "devices");

    private final AdminAccess access;

    /** The rules for a server with these settings. */
    public ResourceClaimRules(KindSettings settings) {
        access = new AdminAccess(settings);
    }

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return object.update("spec", DisabledFields::ofClaim);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().isEmpty()
                ? updated.update("spec", DisabledFields::ofClaim)
                : ClaimStatus.withoutDeallocated(updated.update("status", DisabledFields::ofStatus), current);
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectValue devices = object.objectOrEmpty("spec").objectOrEmpty("devices");
        access.requests(object, devices, errors);
        DeviceClaimRules.check(devices, DEVICES, errors);
        DeclaredRules.check("ResourceClaim", object, null, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (!context.subresource().isEmpty()) {
            access.results(updated, current, errors);
            ClaimStatus.check(updated, current, errors);
        }
        DeclaredRules.check("ResourceClaim", updated, current, errors);
    }
}

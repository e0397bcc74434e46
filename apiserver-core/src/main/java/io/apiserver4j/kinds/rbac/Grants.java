// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.rbac;

import io.apiserver4j.authz.PolicyRule;
import io.apiserver4j.authz.rbac.EscalationCheck;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks that whoever writes a role or binding holds what it gives. */
final class Grants {
    /** What the garbage collector changes, and what changes with it. */
    private static final List<String> UPKEEP =
            List.of("ownerReferences", "finalizers", "managedFields", "resourceVersion");

    private final Supplier<@Nullable EscalationCheck> check;

    Grants(Supplier<@Nullable EscalationCheck> check) {
        this.check = check;
    }

    /** Throws 403 where the writer of a role holds less than the role gives. */
    void role(ObjectValue role, @Nullable ObjectValue current, StrategyContext context) {
        EscalationCheck known = check.get();
        if (known == null || current != null && isUpkeep(role, current)) {
            return;
        }
        known.role(
                writing(role, current, context),
                PolicyRule.ofRole(role),
                gathers(role) || current != null && gathers(current));
    }

    private static boolean gathers(ObjectValue role) {
        return !role.objectOrEmpty("aggregationRule")
                .arrayOrEmpty("clusterRoleSelectors")
                .isEmpty();
    }

    /** Throws 403 where the writer of a binding holds less than its role gives. */
    void binding(ObjectValue binding, @Nullable ObjectValue current, StrategyContext context) {
        EscalationCheck known = check.get();
        if (known == null || current != null && isUpkeep(binding, current)) {
            return;
        }
        ObjectValue role = binding.objectOrEmpty("roleRef");
        known.binding(writing(binding, current, context), role.stringOrEmpty("kind"), role.stringOrEmpty("name"));
    }

    private static EscalationCheck.Writing writing(
            ObjectValue object, @Nullable ObjectValue current, StrategyContext context) {
        ObjectMeta meta = ObjectMeta.of(object);
        return new EscalationCheck.Writing(
                context.identity(),
                context.definition().plural(),
                meta.namespace(),
                meta.name(),
                current == null ? "" : meta.name());
    }

    private static boolean isUpkeep(ObjectValue updated, ObjectValue current) {
        return withoutUpkeep(updated).equals(withoutUpkeep(current));
    }

    private static ObjectValue withoutUpkeep(ObjectValue object) {
        return object.update("metadata", metadata -> {
            ObjectValue left = metadata;
            for (String member : UPKEEP) {
                left = left.without(member);
            }
            return left;
        });
    }
}

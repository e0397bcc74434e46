// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a changed spec may keep since the one before had it, though a new one may not: values that older releases let
 * through. Follows from the old spec alone.
 *
 * @param affinityValues label values in the selectors of affinity that are none
 * @param nodeValues label values in the required node affinity that are none
 * @param spreadSelectors broken selectors of topology spread constraints
 * @param spreadKeys broken matchLabelKeys of those
 * @param hugePages amounts that are no whole pages
 * @param tokenPaths paths of projected tokens that leave the volume
 * @param hostSysctls sysctls of a namespace that is the host's
 * @param usersWithDevices users of its own along with block devices
 * @param emptyImages volumes of images without a reference
 * @param sysAdmin the capability to administer without the escalation of privileges
 * @param restartOfInit containers that run before the others, to be restarted by a resize
 * @param deletionCost a cost of deletion that is no number
 */
record Leniency(
        boolean affinityValues,
        boolean nodeValues,
        boolean spreadSelectors,
        boolean spreadKeys,
        boolean hugePages,
        boolean tokenPaths,
        boolean hostSysctls,
        boolean usersWithDevices,
        boolean emptyImages,
        boolean sysAdmin,
        boolean restartOfInit,
        boolean deletionCost) {
    /** For new specs: none. */
    static final Leniency NONE =
            new Leniency(false, false, false, false, false, false, false, false, false, false, false, false);

    /** What a spec allows that replaces another; none where there is no other. */
    static Leniency of(@Nullable ObjectValue oldSpec, ObjectValue oldMetadata) {
        if (oldSpec == null) {
            return NONE;
        }
        ObjectValue spec = oldSpec;
        ObjectValue context = spec.objectOrEmpty("securityContext");
        boolean ownUsers = spec.has("hostUsers") && !spec.isTrue("hostUsers");
        List<ObjectValue> spread =
                spec.arrayOrEmpty("topologySpreadConstraints").objects();
        return new Leniency(
                badAffinityValues(spec.objectOrEmpty("affinity")),
                badNodeValues(spec),
                spread.stream()
                        .anyMatch(one -> broken(errors -> EmbeddedRules.labelSelector(
                                one.objectOrEmpty("labelSelector"),
                                EmbeddedRules.Leniency.NONE,
                                ValuePath.ROOT,
                                errors))),
                spread.stream()
                        .anyMatch(one ->
                                broken(errors -> AffinityRules.labelKeys(new Part(one, ValuePath.ROOT, errors)))),
                anyContainer(spec, Leniency::splitsHugePages),
                badTokenPath(spec),
                context.arrayOrEmpty("sysctls").objects().stream()
                        .anyMatch(one -> !Sysctls.hostProblem(one.stringOrEmpty("name"), spec)
                                .isEmpty()),
                ownUsers
                        && anyContainer(
                                spec, one -> !one.arrayOrEmpty("volumeDevices").isEmpty()),
                spec.arrayOrEmpty("volumes").objects().stream()
                        .anyMatch(one -> one.has("image")
                                && one.objectOrEmpty("image")
                                        .stringOrEmpty("reference")
                                        .isEmpty()),
                anyContainer(spec, one -> SecurityRules.isUnescalatedAdmin(one.objectOrEmpty("securityContext"))),
                spec.arrayOrEmpty("initContainers").objects().stream()
                        .anyMatch(one -> !one.stringOrEmpty("restartPolicy").equals("Always")
                                && one.arrayOrEmpty("resizePolicy").objects().stream()
                                        .anyMatch(policy -> policy.stringOrEmpty("restartPolicy")
                                                .equals("RestartContainer"))),
                !AnnotationRules.isDeletionCost(oldMetadata.objectOrEmpty("annotations")));
    }

    private interface Check {
        void run(FieldErrors errors);
    }

    private static boolean broken(Check check) {
        FieldErrors errors = new FieldErrors();
        check.run(errors);
        return !errors.isEmpty();
    }

    private static boolean anyContainer(ObjectValue spec, Predicate<ObjectValue> test) {
        for (String list : PodSpecRules.CONTAINER_LISTS) {
            for (ObjectValue container : spec.arrayOrEmpty(list).objects()) {
                if (test.test(container)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean splitsHugePages(ObjectValue container) {
        for (String side : List.of("limits", "requests")) {
            for (ObjectValue.Member member : container.objectAt("resources", side)) {
                String amount = member.value().asString();
                if (amount != null && ResourceRules.splitsPages(member.key(), Quantity.parse(amount))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean badTokenPath(ObjectValue spec) {
        for (ObjectValue volume : spec.arrayOrEmpty("volumes").objects()) {
            for (ObjectValue source :
                    volume.objectOrEmpty("projected").arrayOrEmpty("sources").objects()) {
                String path = source.objectOrEmpty("serviceAccountToken").stringOrEmpty("path");
                if (broken(errors -> PathRules.notReserved(path, ValuePath.ROOT, errors))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean badNodeValues(ObjectValue spec) {
        ObjectValue required =
                spec.objectAt("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
        for (ObjectValue term : required.arrayOrEmpty("nodeSelectorTerms").objects()) {
            for (ObjectValue expression : term.arrayOrEmpty("matchExpressions").objects()) {
                if (expression.arrayOrEmpty("values").strings().stream()
                        .anyMatch(one -> !NameRules.isLabelValue(one))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean badAffinityValues(ObjectValue affinity) {
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            ObjectValue one = affinity.objectOrEmpty(kind);
            ArrayValue required = one.arrayOrEmpty("requiredDuringSchedulingIgnoredDuringExecution");
            if (required.objects().stream().anyMatch(Leniency::hasBadValues)) {
                return true;
            }
            ArrayValue preferred = one.arrayOrEmpty("preferredDuringSchedulingIgnoredDuringExecution");
            if (preferred.objects().stream().anyMatch(term -> hasBadValues(term.objectOrEmpty("podAffinityTerm")))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasBadValues(ObjectValue term) {
        return EmbeddedRules.hasInvalidValues(term.objectOrEmpty("labelSelector"));
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which names a definition gets, and the conditions that say so: names that another definition of the group has are not
 * accepted, what was accepted once stays. Rules and texts are those of apiextensions' naming, establishing and approval
 * controllers. Pure functions.
 */
public final class NameAcceptance {
    private static final String APPROVAL = "api-approved.kubernetes.io";
    private static final String APPROVAL_HELP = ", see https://github.com/kubernetes/enhancements/pull/1111";

    private NameAcceptance() {}

    /** A condition as it is to be. */
    private record Wish(String type, String status, String reason, String message) {}

    /**
     * The status of a definition as it is to be; the same tree where it is so already.
     *
     * @param definition the CustomResourceDefinition
     * @param others all other definitions
     * @param now the time of changed conditions, as text
     */
    public static ObjectValue status(ObjectValue definition, Collection<ObjectValue> others, String now) {
        ObjectValue status = definition.objectOrEmpty("status");
        ObjectValue asked = definition.objectOrEmpty("spec").objectOrEmpty("names");
        ObjectValue accepted = status.objectOrEmpty("acceptedNames");
        Set<String> resources = new HashSet<>();
        Set<String> kinds = new HashSet<>();
        taken(definition, others, resources, kinds);
        List<String> problem = new ArrayList<>(); // reason and message of the last conflict
        ObjectEditor names = ObjectValue.builder();
        accept(names, "plural", "PluralConflict", asked, accepted, resources, problem);
        accept(names, "singular", "SingularConflict", asked, accepted, resources, problem);
        shortNames(names, asked, accepted, resources, problem);
        accept(names, "kind", "KindConflict", asked, accepted, kinds, problem);
        accept(names, "listKind", "ListKindConflict", asked, accepted, kinds, problem);
        if (!asked.arrayOrEmpty("categories").isEmpty()) {
            names.put("categories", asked.arrayOrEmpty("categories"));
        }
        ArrayValue conditions = status.arrayOrEmpty("conditions");
        Wish naming = problem.isEmpty()
                ? new Wish("NamesAccepted", "True", "NoConflicts", "no conflicts found")
                : new Wish("NamesAccepted", "False", problem.get(0), problem.get(1));
        conditions = with(conditions, naming, now);
        ObjectValue established = find(conditions, "Established");
        boolean stays =
                established != null && established.stringOrEmpty("status").equals("True");
        if (problem.isEmpty() && !stays) {
            conditions = with(
                    conditions,
                    new Wish("Established", "True", "InitialNamesAccepted", "the initial names have been accepted"),
                    now);
        } else if (!stays) {
            conditions = with(
                    conditions, new Wish("Established", "False", "NotAccepted", "not all names are accepted"), now);
        }
        Wish approval = approval(definition);
        if (approval != null) {
            conditions = with(conditions, approval, now);
        }
        ObjectValue wanted = names.build();
        return wanted.equals(accepted) && conditions.equals(status.get("conditions"))
                ? status
                : status.with("conditions", conditions).with("acceptedNames", wanted);
    }

    private static void taken(
            ObjectValue definition, Collection<ObjectValue> others, Set<String> resources, Set<String> kinds) {
        String group = definition.objectOrEmpty("spec").stringOrEmpty("group");
        String name = definition.objectOrEmpty("metadata").stringOrEmpty("name");
        for (ObjectValue other : others) {
            if (!other.objectOrEmpty("spec").stringOrEmpty("group").equals(group)
                    || other.objectOrEmpty("metadata").stringOrEmpty("name").equals(name)) {
                continue;
            }
            ObjectValue names = other.objectAt("status", "acceptedNames");
            resources.add(names.stringOrEmpty("plural"));
            resources.add(names.stringOrEmpty("singular"));
            resources.addAll(names.arrayOrEmpty("shortNames").strings());
            kinds.add(names.stringOrEmpty("kind"));
            kinds.add(names.stringOrEmpty("listKind"));
        }
    }

    private static void accept(
            ObjectEditor names,
            String field,
            String reason,
            ObjectValue asked,
            ObjectValue accepted,
            Set<String> taken,
            List<String> problem) {
        String wanted = asked.stringOrEmpty(field);
        String had = accepted.stringOrEmpty(field);
        boolean conflict = !wanted.equals(had) && taken.contains(wanted);
        if (conflict) {
            blame(problem, reason, GoText.quote(wanted) + " is already in use");
        }
        String gets = conflict ? had : wanted;
        if (!gets.isEmpty() || field.equals("plural") || field.equals("kind")) {
            names.put(field, gets);
        }
    }

    private static void shortNames(
            ObjectEditor names, ObjectValue asked, ObjectValue accepted, Set<String> taken, List<String> problem) {
        List<String> had = accepted.arrayOrEmpty("shortNames").strings();
        List<String> texts = new ArrayList<>();
        for (String wanted : asked.arrayOrEmpty("shortNames").strings()) {
            if (!had.contains(wanted) && taken.contains(wanted)) {
                texts.add(GoText.quote(wanted) + " is already in use");
            }
        }
        if (!texts.isEmpty()) {
            blame(
                    problem,
                    "ShortNamesConflict",
                    texts.size() == 1 ? texts.get(0) : "[" + String.join(", ", texts) + "]");
        }
        ArrayValue gets = (texts.isEmpty() ? asked : accepted).arrayOrEmpty("shortNames");
        if (!gets.isEmpty()) {
            names.put("shortNames", gets);
        }
    }

    private static void blame(List<String> problem, String reason, String message) {
        problem.clear();
        problem.add(reason);
        problem.add(message);
    }

    private static @Nullable Wish approval(ObjectValue definition) {
        String group = definition.objectOrEmpty("spec").stringOrEmpty("group");
        String type = "KubernetesAPIApprovalPolicyConformant";
        if (!group.endsWith(".k8s.io")
                && !group.equals("k8s.io")
                && !group.endsWith(".kubernetes.io")
                && !group.equals("kubernetes.io")) {
            return null;
        }
        String given = definition
                .objectOrEmpty("metadata")
                .objectOrEmpty("annotations")
                .stringOrEmpty(APPROVAL);
        String must = "protected groups must have approval annotation " + GoText.quote(APPROVAL);
        if (given.isEmpty()) {
            return new Wish(type, "False", "MissingAnnotation", must + APPROVAL_HELP);
        }
        if (given.startsWith("unapproved")) {
            return new Wish(type, "False", "UnapprovedAnnotation", "not approved: " + GoText.quote(given));
        }
        return given.contains("://")
                ? new Wish(type, "True", "ApprovedAnnotation", "approved in " + given)
                : new Wish(
                        type,
                        "False",
                        "InvalidAnnotation",
                        must + " with either a URL or a reason starting with \"unapproved\"" + APPROVAL_HELP);
    }

    private static @Nullable ObjectValue find(ArrayValue conditions, String type) {
        for (ObjectValue condition : conditions.objects()) {
            if (condition.stringOrEmpty("type").equals(type)) {
                return condition;
            }
        }
        return null;
    }

    private static ArrayValue with(ArrayValue conditions, Wish wish, String now) {
        for (int i = 0; i < conditions.size(); i++) {
            ObjectValue before = conditions.objectAt(i);
            if (before.stringOrEmpty("type").equals(wish.type())) {
                boolean same = before.stringOrEmpty("status").equals(wish.status());
                ObjectValue made = condition(wish, same ? before.stringOrEmpty("lastTransitionTime") : now);
                return made.equals(before) ? conditions : conditions.with(i, made);
            }
        }
        return conditions.plus(condition(wish, now));
    }

    private static ObjectValue condition(Wish wish, String time) {
        return ObjectValue.builder()
                .put("type", wish.type())
                .put("status", wish.status())
                .put("lastTransitionTime", time)
                .put("reason", wish.reason())
                .put("message", wish.message())
                .build();
    }
}

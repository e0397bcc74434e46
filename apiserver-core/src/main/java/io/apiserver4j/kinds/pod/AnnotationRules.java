// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoNumbers;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.nio.charset.StandardCharsets;

/** The rules of annotations that say something of a pod which fields say today, or that fields must agree with. */
public final class AnnotationRules {
    /** Marks the copy of a pod that a kubelet runs from a file. */
    public static final String MIRROR = "kubernetes.io/config.mirror";
    /** Begins the names of annotations with AppArmor profiles of containers. */
    public static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

    static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    static final String SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
    private static final String TOLERATIONS = "scheduler.alpha.kubernetes.io/tolerations";
    private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
    private static final String LOCALHOST = "localhost/";

    private AnnotationRules() {}

    /** The annotations of a pod or template. */
    static void check(Part annotations, Part spec, Leniency leniency) {
        ObjectValue tree = annotations.tree();
        FieldErrors errors = annotations.errors();
        if (tree.has(MIRROR) && spec.text("nodeName").isEmpty()) {
            errors.invalid(
                    annotations.path().key(MIRROR),
                    tree.stringOrEmpty(MIRROR),
                    "must set spec.nodeName if mirror pod annotation is set");
        }
        if (!tree.stringOrEmpty(TOLERATIONS).isEmpty()) {
            tolerations(annotations);
        }
        if (!leniency.deletionCost() && !isDeletionCost(tree)) {
            errors.invalid(
                    annotations.path().key(DELETION_COST),
                    tree.stringOrEmpty(DELETION_COST),
                    "must be a 32bit integer");
        }
        if (tree.has(SECCOMP_POD)) {
            seccomp(annotations, SECCOMP_POD);
        }
        for (int i = 0; i < tree.size(); i++) {
            if (tree.keyAt(i).startsWith(SECCOMP_CONTAINER)) {
                seccomp(annotations, tree.keyAt(i));
            }
        }
        for (int i = 0; i < tree.size(); i++) {
            if (tree.keyAt(i).startsWith(APP_ARMOR)) {
                appArmor(annotations, tree.keyAt(i), spec);
            }
        }
    }

    /** False where the cost of a deletion is there but no number. */
    static boolean isDeletionCost(ObjectValue annotations) {
        String cost = annotations.getString(DELETION_COST);
        if (cost == null) {
            return true;
        }
        boolean start = !cost.isEmpty()
                && (cost.charAt(0) == '-' || cost.equals("0") || cost.charAt(0) >= '1' && cost.charAt(0) <= '9');
        if (!start || !GoNumbers.isInt(cost)) {
            return false;
        }
        long number = GoNumbers.parseInt(cost);
        return number == (int) number;
    }

    private static void tolerations(Part annotations) {
        String text = annotations.text(TOLERATIONS);
        try {
            ArrayValue list =
                    JsonReader.read(text.getBytes(StandardCharsets.UTF_8)).asArray();
            if (list != null) {
                SchedulingRules.tolerations(list, annotations.at(TOLERATIONS), annotations.errors());
            }
        } catch (JsonSyntaxException e) {
            annotations.errors().invalid(annotations.path(), TOLERATIONS, String.valueOf(e.getMessage()));
        }
    }

    private static void seccomp(Part annotations, String key) {
        String profile = annotations.text(key);
        switch (profile) {
            case "runtime/default", "docker/default", "unconfined" -> {}
            default -> {
                if (profile.startsWith(LOCALHOST)) {
                    PathRules.descending(
                            profile.substring(LOCALHOST.length()), annotations.at(key), annotations.errors());
                } else {
                    annotations.errors().invalid(annotations.at(key), profile, "must be a valid seccomp profile");
                }
            }
        }
    }

    private static void appArmor(Part annotations, String key, Part spec) {
        ValuePath path = annotations.path().key(key);
        String container = key.substring(APP_ARMOR.length());
        if (PodSpecRules.containers(spec).stream()
                .noneMatch(one -> one.text("name").equals(container))) {
            annotations.errors().invalid(path, container, "container not found");
        }
        String profile = annotations.text(key);
        boolean known = profile.isEmpty()
                || profile.equals("runtime/default")
                || profile.equals("unconfined")
                || profile.startsWith(LOCALHOST);
        if (!known) {
            annotations.errors().invalid(path, profile, "invalid AppArmor profile name: " + GoText.quote(profile));
        }
    }

    /** Tells of seccomp profiles in fields that differ from those in annotations. */
    static void seccompAgrees(Part annotations, Part spec) {
        Part context = spec.part("securityContext");
        if (context.has("seccompProfile") && annotations.has(SECCOMP_POD)) {
            agrees(context.part("seccompProfile"), annotations.text(SECCOMP_POD), "seccomp");
        }
        for (Part container : PodSpecRules.containers(spec)) {
            Part own = container.part("securityContext");
            String key = SECCOMP_CONTAINER + container.text("name");
            if (own.has("seccompProfile") && annotations.has(key)) {
                agrees(own.part("seccompProfile"), annotations.text(key), "seccomp");
            }
        }
    }

    /** Tells of AppArmor profiles in fields, a container's own or the pod's, that differ from those in annotations. */
    static void appArmorAgrees(Part annotations, Part spec) {
        if (spec.tree().objectOrEmpty("os").stringOrEmpty("name").equals("windows")) {
            return;
        }
        Value ofPod = spec.tree().at("securityContext", "appArmorProfile");
        for (Part container : PodSpecRules.containers(spec)) {
            Value own = container.tree().at("securityContext", "appArmorProfile");
            Value profile = own == null ? ofPod : own;
            String key = APP_ARMOR + container.text("name");
            if (profile == null || profile.asObject() == null || !annotations.has(key)) {
                continue;
            }
            ObjectValue tree = profile.asObject();
            Part told = new Part(
                    tree == null ? ObjectValue.EMPTY : tree,
                    container.at("securityContext").field("appArmorProfile"),
                    container.errors());
            agrees(told, annotations.text(key), "apparmor");
        }
    }

    private static void agrees(Part profile, String annotation, String kind) {
        boolean same = switch (profile.text("type")) {
            case "Unconfined" -> annotation.equals("unconfined");
            case "RuntimeDefault" ->
                annotation.equals("runtime/default") || kind.equals("seccomp") && annotation.equals("docker/default");
            case "Localhost" -> annotation.startsWith(LOCALHOST);
            default -> true;
        };
        if (!same) {
            profile.forbid("type", kind + " type in annotation and field must match");
        } else if (profile.text("type").equals("Localhost")
                && !(profile.has("localhostProfile")
                        && annotation.substring(LOCALHOST.length()).equals(profile.text("localhostProfile")))) {
            profile.forbid("localhostProfile", kind + " profile in annotation and field must match");
        }
    }

    /** Tells of changes of annotations that must stay as they were when the pod was made. */
    public static void unchanged(ObjectValue updated, ObjectValue current, ValuePath path, FieldErrors errors) {
        for (ObjectValue.Member old : current) {
            String key = old.key();
            if (old.value().equals(updated.get(key))) {
                continue;
            }
            if (key.startsWith(APP_ARMOR)) {
                errors.forbidden(path.key(key), "may not remove or update AppArmor annotations");
            }
            if (key.equals(MIRROR)) {
                errors.forbidden(path.key(key), "may not remove or update mirror pod annotation");
            }
        }
        for (ObjectValue.Member one : updated) {
            String key = one.key();
            if (current.has(key)) {
                continue;
            }
            if (key.startsWith(APP_ARMOR)) {
                errors.forbidden(path.key(key), "may not add AppArmor annotations");
            }
            if (key.equals(MIRROR)) {
                errors.forbidden(path.key(key), "may not add mirror pod annotation");
            }
        }
    }
}

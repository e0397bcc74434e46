// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.pod.AffinityRules;
import io.apiserver4j.kinds.pod.ClaimSpecRules;
import io.apiserver4j.kinds.pod.Part;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** The rules of the spec of a persistent volume, which attachments may hold inline. */
public final class PersistentVolumeSpecRules {
    private static final String INLINE = " in the context of inline volumes";
    private static final List<String> RECLAIM = List.of("Delete", "Recycle", "Retain");
    private static final List<String> MODES = List.of("Block", "Filesystem");

    private final Part spec;
    private final boolean inline;

    private PersistentVolumeSpecRules(Part spec, boolean inline) {
        this.spec = spec;
        this.inline = inline;
    }

    /**
     * Checks a spec.
     *
     * @param name the volume's name, empty for inline ones
     * @param inline true within an attachment, where less may be said
     * @param allowInvalidValues true where an old object's affinity holds values that are none of labels
     */
    public static void check(
            ObjectValue spec,
            String name,
            boolean inline,
            boolean allowInvalidValues,
            ValuePath path,
            FieldErrors errors) {
        new PersistentVolumeSpecRules(new Part(spec, path, errors), inline).check(name, allowInvalidValues);
    }

    private void check(String name, boolean allowInvalidValues) {
        if (inline) {
            forbidInline("claimRef", "capacity");
            if (!spec.has("csi")) {
                spec.errors().required(spec.at("csi"), "has to be specified" + INLINE);
            }
        }
        List<String> modes = spec.texts("accessModes");
        if (modes.isEmpty()) {
            spec.errors().required(spec.at("accessModes"), "");
        }
        ClaimSpecRules.accessModes(modes, spec.at("accessModes"), spec.errors());
        if (!inline) {
            capacity();
        }
        reclaimPolicy();
        affinity(allowInvalidValues);
        PersistentVolumeSources.check(spec, name);
        rest();
    }

    private void forbidInline(String... names) {
        for (String name : names) {
            boolean empty =
                    name.equals("capacity") && spec.tree().objectOrEmpty(name).isEmpty();
            if (spec.has(name) && !empty) {
                spec.forbid(name, "may not be specified" + INLINE);
            }
        }
    }

    private void capacity() {
        ObjectValue capacity = spec.tree().objectOrEmpty("capacity");
        ValuePath path = spec.at("capacity");
        if (capacity.isEmpty()) {
            spec.errors().required(path, "");
        }
        if (!capacity.has("storage") || capacity.size() > 1) {
            String shown = capacity.isEmpty() ? "null" : capacity.toString();
            spec.errors().notSupportedShown(path, shown, List.of("storage"));
        }
        for (ObjectValue.Member member : capacity) {
            String text = member.value().asString();
            Quantity amount = text == null ? Quantity.ZERO : Quantity.parse(text);
            basic(amount, path.key(member.key()), spec.errors());
            if (amount.sign() <= 0) {
                spec.errors().invalid(path.key(member.key()), amount.toString(), "must be greater than zero");
            }
        }
    }

    /** Tells of a negative amount; true where it is none. */
    static boolean basic(Quantity amount, ValuePath path, FieldErrors errors) {
        if (amount.value() >= 0) {
            return true;
        }
        errors.invalid(path, amount.value(), "must be a valid resource quantity");
        return false;
    }

    private void reclaimPolicy() {
        String policy = spec.text("persistentVolumeReclaimPolicy");
        if (policy.isEmpty()) {
            return;
        }
        if (!inline) {
            spec.choice("persistentVolumeReclaimPolicy", RECLAIM);
        } else if (!policy.equals("Retain")) {
            spec.forbid("persistentVolumeReclaimPolicy", "may only be Retain" + INLINE);
        }
    }

    private void affinity(boolean allowInvalidValues) {
        if (!spec.has("nodeAffinity")) {
            return;
        }
        if (inline) {
            forbidInline("nodeAffinity");
            return;
        }
        Part affinity = spec.part("nodeAffinity");
        if (affinity.has("required")) {
            AffinityRules.nodeSelector(
                    affinity.tree().objectOrEmpty("required"),
                    allowInvalidValues,
                    affinity.at("required"),
                    spec.errors());
        } else {
            spec.errors().required(affinity.at("required"), "must specify required node constraints");
        }
    }

    private void rest() {
        boolean ofRoot = PersistentVolumeSources.isRoot(spec.part("hostPath").text("path"));
        if (spec.has("hostPath")
                && ofRoot
                && spec.text("persistentVolumeReclaimPolicy").equals("Recycle")) {
            spec.forbid("persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'");
        }
        if (!spec.text("storageClassName").isEmpty()) {
            if (inline) {
                forbidInline("storageClassName");
            } else {
                spec.subdomain("storageClassName");
            }
        }
        if (!inline) {
            spec.choice("volumeMode", MODES);
        } else if (spec.has("volumeMode") && !spec.text("volumeMode").equals("Filesystem")) {
            spec.forbid("volumeMode", "may not specify volumeMode other than Filesystem" + INLINE);
        }
        // attachments do not look at the class, which is behind an option that they do not set
        if (!inline && spec.has("volumeAttributesClassName")) {
            attributesClass();
        }
    }

    private void attributesClass() {
        if (spec.text("volumeAttributesClassName").isEmpty()) {
            spec.errors().required(spec.at("volumeAttributesClassName"), "an empty string is disallowed");
        } else {
            spec.subdomain("volumeAttributesClassName");
        }
        if (!spec.has("csi")) {
            spec.errors().required(spec.at("csi"), "has to be specified when using volumeAttributesClassName");
        }
    }
}

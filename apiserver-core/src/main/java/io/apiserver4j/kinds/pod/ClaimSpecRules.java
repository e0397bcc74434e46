// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of the spec of a volume claim, which claims and the templates of claims share. */
public final class ClaimSpecRules {
    private static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

    private ClaimSpecRules() {}

    /** The template of a claim in a volume of a pod: labels, annotations and a spec, nothing else. */
    static void template(Part template) {
        Part metadata = template.part("metadata");
        MetadataRules.annotations(
                metadata.tree().objectOrEmpty("annotations"), metadata.at("annotations"), metadata.errors());
        MetadataRules.labels(metadata.tree().objectOrEmpty("labels"), metadata.at("labels"), metadata.errors());
        for (String field : List.of(
                "name",
                "generateName",
                "namespace",
                "selfLink",
                "uid",
                "resourceVersion",
                "generation",
                "creationTimestamp",
                "deletionTimestamp",
                "deletionGracePeriodSeconds",
                "ownerReferences",
                "finalizers",
                "managedFields")) {
            if (metadata.has(field)) {
                metadata.forbid(field, "cannot be set");
            }
        }
        check(template.tree().objectOrEmpty("spec"), false, false, template.at("spec"), template.errors());
    }

    /**
     * Checks the spec of a claim.
     *
     * @param allowInvalidValues true where an old object's selector holds values that are none of labels
     * @param allowInvalidGroups true where an old object's sources may name groups that are no subdomains
     */
    public static void check(
            ObjectValue spec,
            boolean allowInvalidValues,
            boolean allowInvalidGroups,
            ValuePath path,
            FieldErrors errors) {
        Part claim = new Part(spec, path, errors);
        List<String> modes = claim.texts("accessModes");
        if (modes.isEmpty()) {
            errors.required(claim.at("accessModes"), "at least 1 access mode is required");
        }
        if (claim.has("selector")) {
            EmbeddedRules.labelSelector(
                    spec.objectOrEmpty("selector"),
                    allowInvalidValues ? EmbeddedRules.Leniency.INVALID_VALUES : EmbeddedRules.Leniency.NONE,
                    claim.at("selector"),
                    errors);
        }
        accessModes(modes, claim.at("accessModes"), errors);
        storage(claim);
        className(claim, "storageClassName");
        claim.choice("volumeMode", List.of("Block", "Filesystem"));
        for (String field : List.of("dataSource", "dataSourceRef")) {
            if (claim.has(field)) {
                source(claim.part(field), allowInvalidGroups);
            }
        }
        sourcesAgree(claim);
        className(claim, "volumeAttributesClassName");
    }

    /** Modes that are known; the one of a single pod stands alone. */
    public static void accessModes(List<String> modes, ValuePath path, FieldErrors errors) {
        boolean ofOnePod = false;
        boolean ofMore = false;
        for (String mode : modes) {
            if (!ACCESS_MODES.contains(mode)) {
                errors.notSupportedShown(path, FieldErrors.json(mode), ACCESS_MODES);
            } else if (mode.equals("ReadWriteOncePod")) {
                ofOnePod = true;
            } else {
                ofMore = true;
            }
        }
        if (ofOnePod && ofMore) {
            errors.forbidden(path, "may not use ReadWriteOncePod with other access modes");
        }
    }

    private static void storage(Part claim) {
        ValuePath path = claim.at("resources").key("storage");
        String amount = claim.tree().objectAt("resources", "requests").getString("storage");
        if (amount == null) {
            claim.errors().required(path, "");
            return;
        }
        Quantity storage = Quantity.parse(amount);
        if (storage.sign() <= 0) {
            claim.errors().invalid(path, storage.toString(), "must be greater than zero");
        }
    }

    private static void className(Part claim, String field) {
        if (!claim.text(field).isEmpty()) {
            claim.subdomain(field);
        }
    }

    private static void source(Part source, boolean allowInvalidGroups) {
        source.requireAll("name", "kind");
        String group = source.text("apiGroup");
        if (group.isEmpty() && !source.text("kind").equals("PersistentVolumeClaim")) {
            source.errors()
                    .invalid(
                            source.path(),
                            source.text("kind"),
                            "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
        if (!group.isEmpty() && !allowInvalidGroups) {
            source.subdomain("apiGroup");
        }
        if (!source.text("namespace").isEmpty()) {
            source.told("namespace", NameRules.dns1123Label(source.text("namespace")));
        }
    }

    private static void sourcesAgree(Part claim) {
        if (!claim.has("dataSource") || !claim.has("dataSourceRef")) {
            return;
        }
        ObjectValue source = claim.tree().objectOrEmpty("dataSource");
        ObjectValue reference = claim.tree().objectOrEmpty("dataSourceRef");
        String detail = "";
        if (!reference.stringOrEmpty("namespace").isEmpty()) {
            detail = "may not be specified when dataSourceRef.namespace is specified";
        } else if (!same(source, reference, "apiGroup")
                || !same(source, reference, "kind")
                || !same(source, reference, "name")) {
            detail = "must match dataSourceRef";
        }
        if (!detail.isEmpty()) {
            // the value shown is the address of the field, which prints as an empty object
            claim.errors().invalidShown(claim.path(), "{}", detail);
        }
    }

    private static boolean same(ObjectValue one, ObjectValue other, String field) {
        return Objects.equals(orNull(one.get(field)), orNull(other.get(field)));
    }

    private static Value orNull(@Nullable Value value) {
        return value == null ? Value.nul() : value;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.view.ConditionView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * CustomResourceDefinitions: names, versions, structural schemas and what is made of them. Which names are accepted, and
 * whether the resource is established, is the work of controllers.
 *
 * <p>Not checked: whether defaults fit their schemas, beyond their type and unknown fields.
 */
public final class CustomResourceDefinitionRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final ValuePath STORED_VERSIONS = ValuePath.of("status", "storedVersions");

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return withStorageVersion(object);
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        return context.subresource().isEmpty() ? withStorageVersion(updated) : updated;
    }

    /** The version that objects are stored in from now on is one that they were stored in. */
    private static ObjectValue withStorageVersion(ObjectValue object) {
        for (ObjectValue version :
                object.objectOrEmpty("spec").arrayOrEmpty("versions").objects()) {
            if (version.isTrue("storage")) {
                String name = version.stringOrEmpty("name");
                ArrayValue stored = object.objectOrEmpty("status").arrayOrEmpty("storedVersions");
                return stored.strings().contains(name)
                        ? object
                        : object.update("status", status -> status.with("storedVersions", stored.plus(Value.of(name))));
            }
        }
        return object;
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        name(object, errors);
        spec(object, ObjectValue.EMPTY, errors);
        DefinitionNames.check(acceptedNames(object), ValuePath.of("status", "acceptedNames"), errors);
        storedVersions(object, errors);
        GroupApproval.check(object, null, errors);
        preserveUnknown(object, errors);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        if (!context.subresource().isEmpty()) {
            DefinitionNames.check(acceptedNames(updated), ValuePath.of("status", "acceptedNames"), errors);
            return;
        }
        spec(updated, current, errors);
        immutable(updated, current, errors);
        DefinitionNames.check(acceptedNames(updated), ValuePath.of("status", "acceptedNames"), errors);
        storedVersions(updated, errors);
        GroupApproval.check(updated, current, errors);
        if (!current.objectOrEmpty("spec").isTrue("preserveUnknownFields")) {
            preserveUnknown(updated, errors);
        }
    }

    private static ObjectValue acceptedNames(ObjectValue object) {
        return object.objectAt("status", "acceptedNames");
    }

    private static void name(ObjectValue object, FieldErrors errors) {
        ObjectMeta meta = ObjectMeta.of(object);
        ObjectValue spec = object.objectOrEmpty("spec");
        String wanted = spec.objectOrEmpty("names").stringOrEmpty("plural") + "." + spec.stringOrEmpty("group");
        for (String field : List.of("generateName", "name")) {
            String given = meta.tree().stringOrEmpty(field);
            if (!given.isEmpty() && !given.equals(wanted)) {
                errors.invalid(ValuePath.of("metadata", field), given, "must be spec.names.plural+\".\"+spec.group");
            }
        }
    }

    private static void immutable(ObjectValue updated, ObjectValue current, FieldErrors errors) {
        ObjectValue now = updated.objectOrEmpty("spec");
        ObjectValue before = current.objectOrEmpty("spec");
        ObjectValue names = now.objectOrEmpty("names");
        ObjectValue namesBefore = before.objectOrEmpty("names");
        if (ConditionView.isTrue(current, "Established")) {
            FieldChecks.immutableTexts(now, before, SPEC, errors, "scope");
            FieldChecks.immutableTexts(names, namesBefore, SPEC.field("names"), errors, "kind");
        }
        FieldChecks.immutableTexts(now, before, SPEC, errors, "group");
        FieldChecks.immutableTexts(names, namesBefore, SPEC.field("names"), errors, "plural");
    }

    private static void spec(ObjectValue object, ObjectValue current, FieldErrors errors) {
        ObjectValue spec = InternalDefinition.of(object.objectOrEmpty("spec"));
        SchemaOptions options = SchemaOptions.after(current.getObject("spec"));
        DefinitionNames.group(spec.stringOrEmpty("group"), SPEC.field("group"), errors);
        DefinitionNames.scope(spec.stringOrEmpty("scope"), SPEC.field("scope"), errors);
        ArrayValue versions = spec.arrayOrEmpty("versions");
        ObjectValue validation = spec.getObject("validation");
        boolean preserve = spec.isTrue("preserveUnknownFields");
        boolean schemaAtTop = validation != null && validation.getObject("openAPIV3Schema") != null;
        for (int i = 0; i < versions.size() && !schemaAtTop && options.requireSchema(); i++) {
            if (versions.objectAt(i).objectOrEmpty("schema").getObject("openAPIV3Schema") == null) {
                errors.required(SPEC.field("versions").index(i).fields("schema", "openAPIV3Schema"), "");
            }
        }
        if (preserve && SchemaTree.anyOf(spec, schema -> SchemaTree.has(schema, "default"))) {
            errors.invalid(
                    SPEC.field("preserveUnknownFields"),
                    Value.of(true),
                    "must be false in order to use defaults in the schema");
        }
        boolean statusAnywhere = DefinitionParts.hasStatus(spec.objectOrEmpty("subresources"));
        for (int i = 0; i < versions.size(); i++) {
            ObjectValue version = versions.objectAt(i);
            statusAnywhere |= DefinitionParts.hasStatus(version.objectOrEmpty("subresources"));
            version(version, spec, options, SPEC.field("versions").index(i), errors);
        }
        versions(spec, versions, errors);
        DefinitionNames.required(spec.objectOrEmpty("names"), SPEC.field("names"), errors);
        DefinitionNames.check(spec.objectOrEmpty("names"), SPEC.field("names"), errors);
        SchemaRules.validation(validation, statusAnywhere, options, SPEC.field("validation"), errors);
        DefinitionParts.subresources(spec.objectOrEmpty("subresources"), SPEC.field("subresources"), errors);
        DefinitionParts.columns(
                spec.arrayOrEmpty("additionalPrinterColumns"), SPEC.field("additionalPrinterColumns"), errors);
        SelectableFieldRules.check(
                spec.arrayOrEmpty("selectableFields"),
                validation,
                "may only be set when validations.schema is included",
                SPEC.field("selectableFields"),
                errors);
        ObjectValue conversion = spec.getObject("conversion");
        if (conversion != null) {
            if (preserve && !conversion.stringOrEmpty("strategy").equals("None")) {
                errors.invalid(
                        SPEC.fields("conversion", "strategy"),
                        conversion.stringOrEmpty("strategy"),
                        "must be None if spec.preserveUnknownFields is true");
            }
            DefinitionParts.conversion(
                    conversion,
                    InternalDefinition.of(current.objectOrEmpty("spec")).objectOrEmpty("conversion"),
                    SPEC.field("conversion"),
                    errors);
        }
    }

    private static void version(
            ObjectValue version, ObjectValue spec, SchemaOptions options, ValuePath path, FieldErrors errors) {
        String name = version.stringOrEmpty("name");
        List<String> problems = NameRules.dns1035Label(name);
        if (!problems.isEmpty()) {
            errors.invalid(path.field("name"), name, String.join(",", problems));
        }
        DefinitionParts.deprecation(version, path.field("deprecationWarning"), errors);
        ObjectValue subresources = spec.getObject("subresources");
        if (subresources == null) {
            subresources = version.objectOrEmpty("subresources");
        }
        SchemaRules.validation(
                version.getObject("schema"),
                DefinitionParts.hasStatus(subresources),
                options,
                path.field("schema"),
                errors);
        DefinitionParts.subresources(version.objectOrEmpty("subresources"), path.field("subresources"), errors);
        DefinitionParts.columns(
                version.arrayOrEmpty("additionalPrinterColumns"), path.field("additionalPrinterColumns"), errors);
        // the words are Kubernetes' own
        SelectableFieldRules.check(
                version.arrayOrEmpty("selectableFields"),
                version.getObject("schema"),
                "may only be set when `version.schema.openAPIV3Schema` is not included",
                path.field("selectableFields"),
                errors);
    }

    private static void versions(ObjectValue spec, ArrayValue versions, FieldErrors errors) {
        Set<String> names = new HashSet<>();
        int stored = 0;
        for (ObjectValue version : versions.objects()) {
            names.add(version.stringOrEmpty("name"));
            stored += version.isTrue("storage") ? 1 : 0;
        }
        if (names.size() < versions.size()) {
            errors.invalidShown(SPEC.field("versions"), shown(versions), "must contain unique version names");
        }
        if (stored != 1) {
            errors.invalidShown(
                    SPEC.field("versions"), shown(versions), "must have exactly one version marked as storage version");
        }
        String version = spec.stringOrEmpty("version");
        List<String> problems = version.isEmpty() ? List.of() : NameRules.dns1035Label(version);
        if (!problems.isEmpty()) {
            errors.invalid(SPEC.field("version"), version, String.join(",", problems));
        }
    }

    private static String shown(ArrayValue versions) {
        return versions.isEmpty()
                ? "null"
                : InternalForm.shown("[]apiextensions.CustomResourceDefinitionVersion", versions);
    }

    private static void storedVersions(ObjectValue object, FieldErrors errors) {
        List<String> stored =
                object.objectOrEmpty("status").arrayOrEmpty("storedVersions").strings();
        if (stored.isEmpty()) {
            errors.invalidShown(STORED_VERSIONS, "null", "must have at least one stored version");
            return;
        }
        Set<String> names = new HashSet<>();
        for (ObjectValue version :
                object.objectOrEmpty("spec").arrayOrEmpty("versions").objects()) {
            String name = version.stringOrEmpty("name");
            names.add(name);
            if (version.isTrue("storage") && !stored.contains(name)) {
                errors.invalidShown(STORED_VERSIONS, FieldErrors.json(stored), "must have the storage version " + name);
            }
        }
        for (int i = 0; i < stored.size(); i++) {
            String name = stored.get(i);
            if (!names.contains(name)) {
                errors.invalid(
                        STORED_VERSIONS.index(i),
                        name,
                        "missing from spec.versions; " + name
                                + " was previously a storage version, and must remain in spec.versions until a storage"
                                + " migration ensures no data remains persisted in " + name + " and removes " + name
                                + " from status.storedVersions");
            }
        }
    }

    private static void preserveUnknown(ObjectValue object, FieldErrors errors) {
        if (object.objectOrEmpty("spec").isTrue("preserveUnknownFields")) {
            errors.invalid(
                    SPEC.field("preserveUnknownFields"),
                    Value.of(true),
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema"
                            + " instead");
        }
    }

    @Override
    public List<String> warningsOnCreate(ObjectValue object, StrategyContext context) {
        return SchemaWarnings.of(object);
    }

    @Override
    public List<String> warningsOnUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        List<String> warnings = new ArrayList<>(SchemaWarnings.of(updated));
        warnings.removeAll(SchemaWarnings.of(current));
        return warnings;
    }

    @Override
    public ObjectValue firstDeletion(ObjectValue object, List<String> finalizers, Instant now) {
        return DefinitionDeletion.mark(object, finalizers, now);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.admission.AdmissionChain;
import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.Passage;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GeneratedNames;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.ownership.ManagedFields;
import io.apiserver4j.resource.Reservation;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.schema.StoredForm;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The common road of all writes: system fields, admission, strategy, rules, the store. Creations and updates come here with
 * an object that was decoded and defaulted. Steps 13 to 17 of the corridor.
 */
final class ObjectWriter {
    private static final int NAME_TRIES = 8;

    private final Stores stores;
    private final AdmissionChain admission;
    private final InstantSource clock;
    private final RandomGenerator random;

    ObjectWriter(Stores stores, AdmissionChain admission, InstantSource clock, RandomGenerator random) {
        this.stores = stores;
        this.admission = admission;
        this.clock = clock;
        this.random = random;
    }

    /** The time that is written into objects. */
    Instant now() {
        return clock.instant();
    }

    /** The objects of a call's resource. */
    ObjectStore store(ResourceCall call) {
        return stores.of(call.definition());
    }

    /** The object of a call, as kept; 404 where there is none. */
    StoredObject require(ResourceCall call) {
        return require(call, call.name());
    }

    StoredObject require(ResourceCall call, String name) {
        StoredObject current = store(call).get(call.namespace(), name);
        if (current == null) {
            throw notFound(call.definition(), name);
        }
        return current;
    }

    static ApiException notFound(ResourceDefinition definition, String name) {
        return Status.notFound(definition.group(), definition.plural(), name).asException();
    }

    /** A kept object in the version that the client of a call speaks. */
    static ObjectValue inClientVersion(ResourceCall call, ObjectValue stored) {
        return call.version().identity() ? stored : call.version().fromStorage().apply(stored);
    }

    /** Kinds that others convert are checked in the version that their clients speak, all else in the stored version. */
    private static boolean isWorkedOnAsSeen(ResourceCall call) {
        return call.version().identity() || call.version().remote() != null;
    }

    private static ObjectValue asSeen(ResourceCall call, ObjectValue object) {
        return isWorkedOnAsSeen(call) ? object : inClientVersion(call, object);
    }

    private static ObjectValue asStored(ResourceCall call, ObjectValue object) {
        return isWorkedOnAsSeen(call) && !call.version().identity()
                ? call.definition()
                        .strategy()
                        .canonicalize(call.version().toStorage().apply(object))
                : object;
    }

    /**
     * Keeps a new object.
     *
     * @param object in the client's version, with namespace and managed fields, without system fields
     */
    Written create(ResourceCall call, ObjectValue object, VerbOptions options) {
        AdmissionRequest request = admissionRequest(
                call,
                AdmissionRequest.Operation.CREATE,
                object,
                null,
                options.document("CreateOptions"),
                options.dryRun());
        ObjectValue admitted = mutated(request);
        if (admitted != object) {
            admitted = OwnerReferences.deduplicated(admitted, call.call().notes());
        }
        for (int tries = 1; ; tries++) {
            boolean generated = ObjectMeta.of(admitted).name().isEmpty()
                    && !ObjectMeta.of(admitted).generateName().isEmpty();
            try {
                return createOnce(call, request, admitted, options);
            } catch (ApiException e) {
                if (!generated || !e.status().reason().equals("AlreadyExists") || tries == NAME_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** The object as plugins leave it; entries of owners that one of them broke are put back. */
    private ObjectValue mutated(AdmissionRequest request) {
        ObjectValue before = request.requireObject();
        ObjectValue after = admission.mutate(request);
        Value kept = before.objectOrEmpty("metadata").get("managedFields");
        ArrayValue entries = after.objectOrEmpty("metadata").getArray("managedFields");
        if (after == before || entries == null || entries.equals(kept)) {
            return after;
        }
        FieldErrors errors = new FieldErrors();
        MetadataRules.managedFields(entries, ValuePath.of("metadata", "managedFields"), errors);
        if (errors.isEmpty()) {
            return after;
        }
        request.notes()
                .warn(".metadata.managedFields was in an invalid state after admission; this could be caused by an"
                        + " outdated mutating admission controller; please fix your requests: " + errors.aggregate());
        return after.update(
                "metadata",
                metadata -> kept == null
                        ? metadata.without("managedFields")
                        : MetadataOrder.put(metadata, "managedFields", kept));
    }

    private Written createOnce(ResourceCall call, AdmissionRequest request, ObjectValue mutated, VerbOptions options) {
        ResourceDefinition definition = call.definition();
        Strategy strategy = definition.strategy();
        ObjectValue admitted = SystemFields.fill(mutated, UUID.randomUUID().toString(), now());
        ObjectValue stored =
                isWorkedOnAsSeen(call) ? admitted : call.version().toStorage().apply(admitted);
        StrategyContext context = context(call, options.dryRun());
        stored = named(stored, strategy);
        stored = strategy.prepareForCreate(stored, context);
        Reservation reservation = strategy.reserve(stored, null, context);
        boolean kept = false;
        try {
            stored = reservation.object();
            FieldErrors errors = new FieldErrors();
            boolean metadataLast = strategy.checksMetadataLast();
            if (!metadataLast) {
                ObjectRules.checkCreate(definition, stored, errors);
            }
            strategy.validate(stored, context, errors);
            if (metadataLast && errors.isEmpty()) {
                ObjectRules.checkCreate(definition, stored, errors);
            }
            refuse(definition, stored, errors);
            strategy.warningsOnCreate(stored, context).forEach(call.call().notes()::warn);
            stored = storedForm(definition, strategy.canonicalize(stored));
            admission.validate(request.withName(ObjectMeta.of(stored).name()).withObject(asSeen(call, stored)));
            Written written = put(call, asStored(call, stored), options.dryRun());
            kept = !options.dryRun();
            return written;
        } finally {
            (kept ? reservation.commit() : reservation.release()).run();
        }
    }

    /** The object as it is read back from protobuf, which built-in kinds are stored in by kube-apiserver. */
    private static ObjectValue storedForm(ResourceDefinition definition, ObjectValue object) {
        if (definition.custom()) {
            return object;
        }
        ResourceDefinition.StorageLocation location = definition.storage();
        return StoredForm.of(
                BodyReader.schema(new Kind(location.group(), location.version(), definition.kind())), object);
    }

    private ObjectValue named(ObjectValue object, Strategy strategy) {
        ObjectMeta meta = ObjectMeta.of(object);
        if (!meta.name().isEmpty() || meta.generateName().isEmpty()) {
            return object;
        }
        String name =
                strategy.generatesNames() ? GeneratedNames.generate(meta.generateName(), random) : meta.generateName();
        return object.update("metadata", metadata -> MetadataOrder.put(metadata, "name", Value.of(name)));
    }

    private Written put(ResourceCall call, ObjectValue object, boolean dryRun) {
        ResourceDefinition definition = call.definition();
        ObjectMeta meta = ObjectMeta.of(object);
        if (dryRun) {
            if (stores.of(definition).get(meta.namespace(), meta.name()) != null) {
                throw Status.alreadyExists(definition.group(), definition.plural(), meta.name())
                        .asException();
            }
            return new Written(object, true, null);
        }
        StoredObject made = stores.of(definition).create(object);
        return new Written(SystemFields.withRevision(object, Long.toString(made.revision())), true, made);
    }

    private static void refuse(ResourceDefinition definition, ObjectValue object, FieldErrors errors) {
        if (!errors.isEmpty()) {
            throw Status.invalid(
                            definition.storage().group(),
                            definition.custom() ? object.stringOrEmpty("kind") : definition.kind(),
                            ObjectMeta.of(object).name(),
                            errors)
                    .asException();
        }
    }

    /**
     * Changes the object of a call; runs the change again where somebody else was faster.
     *
     * @param createMissing true where an object that is not there is created
     */
    Written update(ResourceCall call, Change change, VerbOptions options, boolean createMissing, String optionsKind) {
        return update(call, AdmissionView.of(call), change, options, createMissing, optionsKind);
    }

    /** The same, with plugins that see something else than the object. */
    Written update(
            ResourceCall call,
            AdmissionView view,
            Change change,
            VerbOptions options,
            boolean createMissing,
            String optionsKind) {
        ObjectStore store = store(call);
        while (true) {
            StoredObject found = store.get(call.namespace(), call.name());
            if (found == null) {
                if (!createMissing) {
                    throw notFound(call.definition(), call.name());
                }
                ObjectValue made = change.apply(null);
                if (optionsKind.equals("UpdateOptions")) {
                    checkUid(call, ObjectMeta.of(made), "", call.name(), store.keyOf(call.namespace(), call.name()));
                }
                return create(call, prepared(made, call), options);
            }
            Written written = tryUpdate(call, view, found, change, options, optionsKind);
            if (written != null) {
                return written;
            }
        }
    }

    /** A new object without what only the server decides. */
    ObjectValue prepared(ObjectValue object, ResourceCall call) {
        ObjectValue placed = SystemFields.inNamespace(
                OwnerReferences.deduplicated(object, call.call().notes()), call.namespace());
        return SystemFields.wiped(placed);
    }

    private @Nullable Written tryUpdate(
            ResourceCall call,
            AdmissionView view,
            StoredObject found,
            Change change,
            VerbOptions options,
            String optionsKind) {
        ResourceDefinition definition = call.definition();
        Strategy strategy = definition.strategy();
        ObjectValue current = found.tree();
        ObjectValue live = inClientVersion(call, current);
        ObjectValue changed = change.apply(live);
        checkIdentity(call, changed, current, optionsKind.equals("UpdateOptions") ? found.key() : null);
        ObjectValue shown = view.lens().shown(changed);
        AdmissionRequest request = admissionRequest(
                view.call(),
                AdmissionRequest.Operation.UPDATE,
                shown,
                view.lens().shown(live),
                options.document(optionsKind),
                options.dryRun());
        ObjectValue mutated = mutated(request);
        ObjectValue admitted = mutated == shown ? changed : view.lens().taken(changed, mutated);
        ObjectValue updated =
                isWorkedOnAsSeen(call) ? admitted : call.version().toStorage().apply(admitted);
        ObjectValue before = isWorkedOnAsSeen(call) ? live : current;
        StrategyContext context = context(call, options.dryRun());
        updated = SystemFields.keep(
                OwnerReferences.deduplicated(updated, call.call().notes()), before);
        updated = strategy.prepareForUpdate(updated, before, context);
        Reservation reservation = strategy.reserve(updated, before, context);
        boolean kept = false;
        try {
            updated = reservation.object();
            FieldErrors errors = new FieldErrors();
            ObjectRules.checkUpdate(definition, updated, before, errors);
            strategy.validateUpdate(updated, before, context, errors);
            refuse(definition, updated, errors);
            strategy.warningsOnUpdate(updated, before, context)
                    .forEach(call.call().notes()::warn);
            updated = storedForm(definition, strategy.canonicalize(updated));
            admission.validate(request.withObject(view.lens().shown(asSeen(call, updated))));
            updated = ManagedFields.keepTimes(before, updated);
            Written written = replace(call, found, asStored(call, updated), current, options.dryRun());
            kept = written != null && !options.dryRun();
            return written;
        } finally {
            (kept ? reservation.commit() : reservation.release()).run();
        }
    }

    private @Nullable Written replace(
            ResourceCall call, StoredObject found, ObjectValue updated, ObjectValue current, boolean dryRun) {
        ObjectStore store = store(call);
        Strategy strategy = call.definition().strategy();
        String revision = Long.toString(found.revision());
        if (DeletionRules.goesWithUpdate(updated, current, strategy)) {
            if (!dryRun && store.delete(found) == 0) {
                return null;
            }
            if (!dryRun) {
                strategy.afterDelete(updated);
            }
            return new Written(SystemFields.withRevision(updated, revision), false, null);
        }
        if (dryRun) {
            return new Written(SystemFields.withRevision(updated, revision), false, null);
        }
        StoredObject made = store.replaceIfChanged(found, updated);
        return made == null
                ? null
                : new Written(SystemFields.withRevision(updated, Long.toString(made.revision())), false, made);
    }

    /**
     * Uid and resourceVersion that the client named must be those of the kept object.
     *
     * @param keyOfUid the key that the message about another uid shows; null where the uid is checked as a field later on
     */
    private static void checkIdentity(
            ResourceCall call, ObjectValue changed, ObjectValue current, @Nullable String keyOfUid) {
        ResourceDefinition definition = call.definition();
        ObjectMeta given = ObjectMeta.of(changed);
        ObjectMeta kept = ObjectMeta.of(current);
        if (keyOfUid != null) {
            checkUid(call, given, kept.uid(), kept.name(), keyOfUid);
        }
        String version = given.resourceVersion();
        if (version.isEmpty()) {
            if (!definition.strategy().allowsUnconditionalUpdate()) {
                FieldErrors errors = new FieldErrors();
                errors.invalidShown(
                        ValuePath.of("metadata", "resourceVersion"), "0", "must be specified for an update");
                throw Status.invalid(definition.group(), definition.plural(), kept.name(), errors)
                        .asException();
            }
            return;
        }
        if (!version.chars().allMatch(c -> c >= '0' && c <= '9') || version.length() > 20) {
            throw Status.plain("strconv.ParseUint: parsing " + GoText.quote(version) + ": invalid syntax")
                    .asException();
        }
        if (!version.equals(kept.resourceVersion()) && !version.equals("0")) {
            throw Status.modified(definition.group(), definition.plural(), kept.name())
                    .asException();
        }
    }

    private static void checkUid(ResourceCall call, ObjectMeta given, String kept, String name, String key) {
        if (!given.uid().isEmpty() && !given.uid().equals(kept)) {
            throw Status.preconditionFailed(
                            call.definition().group(), call.definition().plural(), name, key, "UID", given.uid(), kept)
                    .asException();
        }
    }

    /** What a strategy may know of a call. */
    StrategyContext context(ResourceCall call, boolean dryRun) {
        return new StrategyContext(
                call.definition(),
                call.version(),
                call.subresourceName(),
                call.call().requireIdentity(),
                now(),
                dryRun);
    }

    /** The admission request of a call. */
    static AdmissionRequest admissionRequest(
            ResourceCall call,
            AdmissionRequest.Operation operation,
            @Nullable ObjectValue object,
            @Nullable ObjectValue old,
            ObjectValue options,
            boolean dryRun) {
        ObjectValue named = object != null ? object : old;
        String name =
                call.name().isEmpty() && named != null ? ObjectMeta.of(named).name() : call.name();
        return new AdmissionRequest(
                operation,
                call.definition(),
                call.version().version(),
                call.subresource() == null
                        ? call.version().kind()
                        : call.subresource().kind(),
                call.subresourceName(),
                call.namespace(),
                name,
                object,
                old,
                options,
                call.call().requireIdentity(),
                dryRun,
                call.call().notes(),
                new Passage(call.call().deadline(), call.call().cancellation()));
    }

    /** The chain that admits deletions and connections, too. */
    AdmissionChain admission() {
        return admission;
    }
}

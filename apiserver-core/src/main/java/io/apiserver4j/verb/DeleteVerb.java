// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.Strategy;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;

/** Removes one object, or begins to. */
final class DeleteVerb {
    private final ObjectWriter objects;
    private final Presenter presenter;
    private final BodyReader bodies;

    DeleteVerb(ObjectWriter objects, Presenter presenter, BodyReader bodies) {
        this.objects = objects;
        this.presenter = presenter;
        this.bodies = bodies;
    }

    /**
     * What a deletion came to.
     *
     * @param object the object as it is or was last, in the stored version
     * @param gone true where it is no longer there
     */
    record Outcome(ObjectValue object, boolean gone) {}

    ApiResponse handle(ResourceCall call) {
        OutputFormat format = presenter.negotiate(call);
        DeleteOptions options = bodies.deleteOptions(call);
        options.warnOfOrphans(call);
        Outcome outcome = delete(call, call.name(), options);
        Boolean orphan = options.orphanDependents();
        int code = !outcome.gone() && orphan != null && !orphan ? 202 : 200;
        if (outcome.gone() && !call.definition().strategy().returnsDeletedObject()) {
            return presenter.status(call, success(call.definition(), outcome.object()), format);
        }
        return presenter.object(call, ObjectWriter.inClientVersion(call, outcome.object()), format, code);
    }

    private static Status success(ResourceDefinition definition, ObjectValue object) {
        ObjectMeta meta = ObjectMeta.of(object);
        return Status.success(new Status.Details(
                meta.name(), definition.group(), definition.plural(), meta.uid(), java.util.List.of()));
    }

    /** Removes the object of a name; 404 where there is none. */
    Outcome delete(ResourceCall call, String name, DeleteOptions options) {
        return delete(call, name, options, true);
    }

    /** The same, without asking the plugins where something else was asked about already. */
    Outcome delete(ResourceCall call, String name, DeleteOptions options, boolean admit) {
        while (true) {
            Outcome outcome = attempt(call, objects.require(call, name), options, admit);
            if (outcome != null) {
                return outcome;
            }
        }
    }

    private @Nullable Outcome attempt(ResourceCall call, StoredObject found, DeleteOptions options, boolean admit) {
        ResourceDefinition definition = call.definition();
        Strategy strategy = definition.strategy();
        ObjectStore store = objects.store(call);
        ObjectValue current = found.tree();
        ObjectMeta meta = ObjectMeta.of(current);
        String broken = DeletionRules.brokenPrecondition(options, meta);
        if (broken != null) {
            throw Status.conflict(definition.storage().group(), definition.kind(), meta.name(), broken)
                    .asException();
        }
        strategy.checkDelete(current, objects.context(call, options.dryRun()));
        if (admit) {
            objects.admission()
                    .admitUnkept(ObjectWriter.admissionRequest(
                            call,
                            AdmissionRequest.Operation.DELETE,
                            null,
                            ObjectWriter.inClientVersion(call, current),
                            options.document(),
                            options.dryRun()));
        }
        DeletionRules.Step step = DeletionRules.next(current, options, strategy, objects.now());
        if (step instanceof DeletionRules.Step.Pending) {
            return new Outcome(current, false);
        }
        if (step instanceof DeletionRules.Step.Mark mark) {
            StoredObject kept = keep(store, found, mark.object(), options.dryRun());
            return kept == null
                    ? null
                    : new Outcome(SystemFields.withRevision(mark.object(), Long.toString(kept.revision())), false);
        }
        StoredObject last = found;
        ObjectValue shown = current;
        if (step instanceof DeletionRules.Step.MarkAndRemove mark) {
            StoredObject kept = keep(store, found, mark.object(), options.dryRun());
            if (kept == null) {
                return null;
            }
            last = kept;
            shown = mark.object();
        }
        if (options.dryRun()) {
            return new Outcome(SystemFields.withRevision(shown, Long.toString(found.revision())), true);
        }
        long revision = store.delete(last);
        if (revision == 0) {
            return null;
        }
        ObjectValue gone = SystemFields.withRevision(shown, Long.toString(revision));
        strategy.afterDelete(gone);
        return new Outcome(gone, true);
    }

    private static @Nullable StoredObject keep(
            ObjectStore store, StoredObject found, ObjectValue marked, boolean dryRun) {
        return dryRun || store.isUnchanged(found, marked) ? found : store.replace(found, marked);
    }
}

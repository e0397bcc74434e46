// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Target;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ObjectValue;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What handlers of subresources and reviews may use of the verbs. Safe for use by several threads. */
public final class HandlerSupport {
    private final ObjectWriter objects;
    private final Presenter presenter;
    private final BodyReader bodies;
    private final Ownership ownership;
    private final DeleteVerb delete;
    private final Stores stores;

    HandlerSupport(
            ObjectWriter objects,
            Presenter presenter,
            BodyReader bodies,
            Ownership ownership,
            DeleteVerb delete,
            Stores stores) {
        this.objects = objects;
        this.presenter = presenter;
        this.bodies = bodies;
        this.ownership = ownership;
        this.delete = delete;
        this.stores = stores;
    }

    /** Ends the request with 406 where the client accepts nothing that can be answered. */
    public void negotiate(ResourceCall call) {
        presenter.negotiate(call);
    }

    /** The body, read as this kind, defaults filled in; strictness as the query says. */
    public ObjectValue body(ResourceCall call, Kind kind) {
        return bodies.read(call, kind, VerbOptions.forCreate(call.request()).fieldValidation());
    }

    /** An object that is answered and not kept, with the entry of its manager. */
    public ObjectValue owned(ResourceCall call, ObjectValue object) {
        return ownership.afterUpdate(
                call, null, object, VerbOptions.forCreate(call.request()).manager(call.request()));
    }

    /** True where the query says that nothing is to be kept. */
    public boolean isDryRun(ResourceCall call) {
        return VerbOptions.forCreate(call.request()).dryRun();
    }

    /** An answer of a document. */
    public ApiResponse answer(ResourceCall call, ObjectValue document, int code) {
        return presenter.object(call, document, presenter.negotiate(call), code);
    }

    /** An answer of a document that is shown as it is, without tables or metadata forms. */
    public ApiResponse plain(ResourceCall call, ObjectValue document, int code) {
        OutputFormat format = presenter.negotiate(call).plain();
        return presenter.document(document, format, code);
    }

    /** An answer of a list of objects that are kept nowhere. */
    public ApiResponse answerList(ResourceCall call, List<ObjectValue> objects) {
        return presenter.unstored(call, objects, presenter.negotiateList(call));
    }

    /** The object of a name in the call's namespace, as kept; 404 where there is none. */
    public ObjectValue require(ResourceCall call, String name) {
        return objects.require(call, name).tree();
    }

    /** An object of another definition, or null. */
    public @Nullable ObjectValue find(ResourceDefinition definition, String namespace, String name) {
        StoredObject found = stores.of(definition).get(namespace, name);
        return found == null ? null : found.tree();
    }

    /** All object stores. */
    public Stores stores() {
        return stores;
    }

    /** The time that is written into objects. */
    public Instant now() {
        return objects.now();
    }

    /**
     * Changes the object of the call through all gates and rules, and gives it as it is then, in the client's version. The
     * change may run more than once.
     */
    public ObjectValue update(ResourceCall call, UnaryOperator<ObjectValue> change) {
        VerbOptions options = VerbOptions.forUpdate(call.request());
        String manager = options.manager(call.request());
        Written written = objects.update(
                call,
                live -> {
                    if (live == null) {
                        throw ObjectWriter.notFound(call.definition(), call.name());
                    }
                    ObjectValue changed = change.apply(live);
                    return changed == live ? live : ownership.afterUpdate(call, live, changed, manager);
                },
                options,
                false,
                "UpdateOptions");
        return ObjectWriter.inClientVersion(call, written.object());
    }

    /**
     * Removes the object of the call with these DeleteOptions. The plugins are not asked about the deletion: they were about
     * what led to it.
     */
    public void delete(ResourceCall call, ObjectValue deleteOptions) {
        DeleteOptions options =
                DeleteOptions.ofBody(deleteOptions, call.request().query());
        delete.delete(call, call.name(), options, false);
    }

    /** Asks the validating plugins about a creation through this call (bindings, evictions …). */
    public ObjectValue admitCreate(ResourceCall call, ObjectValue body) {
        AdmissionRequest request = ObjectWriter.admissionRequest(
                call,
                AdmissionRequest.Operation.CREATE,
                body,
                null,
                VerbOptions.forCreate(call.request()).document("CreateOptions"),
                isDryRun(call));
        ObjectValue admitted = objects.admission().mutate(request);
        objects.admission().validate(request.withObject(admitted));
        return admitted;
    }

    /** Asks the plugins about a connection through this call, and gives its options as they are to be used. */
    public ObjectValue admitConnect(ResourceCall call, ObjectValue options) {
        ObjectValue admitted = objects.admission()
                .admitUnkept(ObjectWriter.admissionRequest(
                        call, AdmissionRequest.Operation.CONNECT, options, null, ObjectValue.EMPTY, false));
        return admitted == null ? options : admitted;
    }

    /** 404 of the call's object. */
    public ApiException notFound(ResourceCall call, String name) {
        return ObjectWriter.notFound(call.definition(), name);
    }

    /** The same call about the main resource instead of the subresource. */
    public ResourceCall mainResource(ResourceCall call) {
        Target.OfResource target = call.target();
        Target.OfResource main = new Target.OfResource(
                target.verb(),
                target.path(),
                target.group(),
                target.version(),
                target.resource(),
                "",
                target.namespace(),
                target.name(),
                target.rest(),
                false);
        return new ResourceCall(call.call(), main, call.definition(), call.version(), null);
    }
}

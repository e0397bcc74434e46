// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.value.ObjectValue;

/** Replaces an object, or one side of it through a subresource. */
final class UpdateVerb {
    private final ObjectWriter objects;
    private final Presenter presenter;
    private final BodyReader bodies;
    private final Ownership ownership;

    UpdateVerb(ObjectWriter objects, Presenter presenter, BodyReader bodies, Ownership ownership) {
        this.objects = objects;
        this.presenter = presenter;
        this.bodies = bodies;
        this.ownership = ownership;
    }

    ApiResponse handle(ResourceCall call) {
        OutputFormat format = presenter.negotiate(call);
        VerbOptions options = VerbOptions.forUpdate(call.request());
        ObjectValue object = bodies.object(call, options.fieldValidation());
        checkName(call, object);
        ObjectValue placed = SystemFields.inNamespace(object, call.namespace());
        String manager = options.manager(call.request());
        boolean createMissing =
                call.subresource() == null && call.definition().strategy().allowsCreateOnUpdate();
        Written written = objects.update(
                call,
                live -> ownership.afterUpdate(call, live, placed, manager),
                options,
                createMissing,
                "UpdateOptions");
        return presenter.written(call, written, format);
    }

    /** The name in the body must be that of the path. */
    static void checkName(ResourceCall call, ObjectValue object) {
        String name = ObjectMeta.of(object).name();
        if (!name.equals(call.name())) {
            throw Status.badRequest(
                            name.isEmpty()
                                    ? "the name of the object (" + call.name()
                                            + " based on URL) was undeterminable: name must be provided"
                                    : "the name of the object (" + name + ") does not match the name on the URL ("
                                            + call.name() + ")")
                    .asException();
        }
    }
}

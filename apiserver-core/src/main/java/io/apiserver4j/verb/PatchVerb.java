// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.patch.PatchType;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.value.ObjectValue;

/** Changes parts of an object: the three patches, and apply. */
final class PatchVerb {
    private final ObjectWriter objects;
    private final Presenter presenter;
    private final PatchReader patches;
    private final Ownership ownership;

    PatchVerb(ObjectWriter objects, Presenter presenter, BodyReader bodies, Ownership ownership) {
        this.objects = objects;
        this.presenter = presenter;
        this.patches = new PatchReader(bodies);
        this.ownership = ownership;
    }

    ApiResponse handle(ResourceCall call) {
        ApiRequest request = call.request();
        PatchType type = PatchType.of(
                request.headers().first("Content-Type"), call.definition().custom());
        boolean apply = type == PatchType.APPLY;
        VerbOptions options = VerbOptions.forPatch(request, apply);
        OutputFormat format = presenter.negotiate(call);
        Patched patched = patched(call, type, options);
        Change change = live -> {
            ObjectValue result = patched.of(live);
            if (result == live) {
                return result;
            }
            return SystemFields.inNamespace(result, call.namespace());
        };
        boolean createMissing = apply && call.subresource() == null;
        Written written = objects.update(call, change, options, createMissing, "PatchOptions");
        return presenter.written(call, written, format);
    }

    /** What a patch makes of a live object, with its entries of managed fields and its name checked. */
    interface Patched {
        ObjectValue of(@org.jspecify.annotations.Nullable ObjectValue live);
    }

    /** The patch of a call's body, ready to be laid over an object of the call's kind. */
    Patched patched(ResourceCall call, PatchType type, VerbOptions options) {
        String manager = options.manager(call.request());
        if (type == PatchType.APPLY) {
            return applied(call, options, manager);
        }
        PatchReader.Patch patch = patches.read(call, type, options.fieldValidation());
        return live -> {
            if (live == null) {
                throw ObjectWriter.notFound(call.definition(), call.name());
            }
            ObjectValue result = patch.apply(live);
            UpdateVerb.checkName(call, result);
            return ownership.afterUpdate(call, live, result, manager);
        };
    }

    private Patched applied(ResourceCall call, VerbOptions options, String manager) {
        ObjectValue configuration = patches.configuration(call, options.fieldValidation());
        Boolean force = options.force();
        return live -> {
            ObjectMeta given = ObjectMeta.of(configuration);
            if (live == null && !given.uid().isEmpty()) {
                throw Status.conflict(
                                call.definition().group(),
                                call.definition().plural(),
                                call.name(),
                                "uid mismatch: the provided object specified uid " + given.uid()
                                        + ", and no existing object was found")
                        .asException();
            }
            var applied = ownership.apply(call, live, configuration, manager, force != null && force);
            if (live != null && !applied.changed()) {
                return applied.object();
            }
            ObjectValue result = patches.typed(call, applied.object(), options.fieldValidation());
            UpdateVerb.checkName(call, result);
            return result;
        };
    }
}

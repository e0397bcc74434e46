// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.value.ObjectValue;

/** Keeps a new object: negotiate, decode, default, own, admit, check, keep, show. */
final class CreateVerb {
    private final ObjectWriter objects;
    private final Presenter presenter;
    private final BodyReader bodies;
    private final Ownership ownership;

    CreateVerb(ObjectWriter objects, Presenter presenter, BodyReader bodies, Ownership ownership) {
        this.objects = objects;
        this.presenter = presenter;
        this.bodies = bodies;
        this.ownership = ownership;
    }

    ApiResponse handle(ResourceCall call) {
        OutputFormat format = presenter.negotiate(call);
        VerbOptions options = VerbOptions.forCreate(call.request());
        ObjectValue object = bodies.object(call, options.fieldValidation());
        if (!options.dryRun() && isRevision(ObjectMeta.of(object).resourceVersion())) {
            throw Status.plain("resourceVersion should not be set on objects to be created")
                    .asException();
        }
        object = objects.prepared(object, call);
        object = ownership.afterUpdate(call, null, object, options.manager(call.request()));
        Written written = objects.create(call, object, options);
        return presenter.written(call, written, format);
    }

    /** True for a version that the store could have given; it minds those only, and is not asked in a dry run. */
    private static boolean isRevision(String version) {
        return version.length() <= 20
                && version.chars().allMatch(c -> c >= '0' && c <= '9')
                && !version.chars().allMatch(c -> c == '0');
    }
}

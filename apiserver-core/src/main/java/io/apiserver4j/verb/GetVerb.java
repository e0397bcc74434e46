// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.ResourceVersions;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;

/** Reads one object. */
final class GetVerb {
    private final ObjectWriter objects;
    private final Presenter presenter;

    GetVerb(ObjectWriter objects, Presenter presenter) {
        this.objects = objects;
        this.presenter = presenter;
    }

    ApiResponse handle(ResourceCall call) {
        OutputFormat format = presenter.negotiate(call);
        String version = call.request().query().firstOrEmpty("resourceVersion");
        ObjectStore store = objects.store(call);
        if (!version.isEmpty()) {
            long wanted = ResourceVersions.parse(version);
            if (wanted > store.currentRevision()) {
                throw ResourceVersions.tooLarge(wanted, store.currentRevision(), 1);
            }
        }
        StoredObject object = objects.require(call);
        return presenter.stored(call, object, format);
    }
}

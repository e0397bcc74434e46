// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.store.ListQuery;
import io.apiserver4j.store.ObjectPage;
import io.apiserver4j.store.StoredObject;

/** Removes all objects that a list would show, and answers with that list. */
final class DeleteCollectionVerb {
    private final ObjectWriter objects;
    private final Presenter presenter;
    private final BodyReader bodies;
    private final DeleteVerb delete;

    DeleteCollectionVerb(ObjectWriter objects, Presenter presenter, BodyReader bodies, DeleteVerb delete) {
        this.objects = objects;
        this.presenter = presenter;
        this.bodies = bodies;
        this.delete = delete;
    }

    ApiResponse handle(ResourceCall call) {
        OutputFormat format = presenter.negotiateList(call);
        ListOptions options = ListOptions.of(call.request().query());
        Selection selection = Selection.of(call.request().query(), call.definition());
        DeleteOptions deletion = bodies.deleteOptions(call);
        deletion.warnOfOrphans(call);
        ObjectPage page = objects.store(call)
                .list(new ListQuery(
                        call.namespace(),
                        selection.filter(),
                        !selection.everything(),
                        Math.max(options.limit(), 0),
                        ListQuery.Match.LATEST,
                        0,
                        ""));
        for (StoredObject object : page.objects()) {
            ObjectMeta meta = ObjectMeta.of(object.tree());
            try {
                delete.delete(InNamespace.of(call, meta.namespace()), meta.name(), deletion);
            } catch (ApiException e) {
                if (e.status().code() != 404) { // somebody else was faster
                    throw e;
                }
            }
        }
        return presenter.list(call, page, "", format);
    }
}

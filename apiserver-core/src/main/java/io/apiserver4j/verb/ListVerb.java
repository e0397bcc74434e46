// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.store.ContinueToken;
import io.apiserver4j.store.ListQuery;
import io.apiserver4j.store.ObjectPage;

/** Reads many objects: which revision, which of them, how many at a time. */
final class ListVerb {
    private final ObjectWriter objects;
    private final Presenter presenter;

    ListVerb(ObjectWriter objects, Presenter presenter) {
        this.objects = objects;
        this.presenter = presenter;
    }

    ApiResponse handle(ResourceCall call) {
        OutputFormat format = presenter.negotiateList(call);
        ListOptions options = ListOptions.of(call.request().query());
        Selection selection = Selection.of(call.request().query(), call.definition());
        ObjectPage page = objects.store(call).list(query(call, options, selection));
        return presenter.list(call, page, continueToken(call, page), format);
    }

    private static ListQuery query(ResourceCall call, ListOptions options, Selection selection) {
        long limit = Math.max(options.limit(), 0);
        ListQuery.Match match;
        long revision = 0;
        String start = "";
        if (!options.continueToken().isEmpty()) {
            if (!options.resourceVersion().isEmpty()
                    && !options.resourceVersion().equals("0")) {
                throw Status.badRequest("specifying resource version is not allowed when using continue")
                        .asException();
            }
            ContinueToken token = ContinueToken.decode(options.continueToken());
            start = token.start();
            revision = Math.max(token.revision(), 0);
            match = token.revision() > 0 ? ListQuery.Match.EXACT : ListQuery.Match.LATEST;
            start = namespacePrefix(call) + start;
        } else if (options.resourceVersion().isEmpty()) {
            match = ListQuery.Match.LATEST;
        } else {
            revision = options.revision();
            match = match(options, revision, limit);
        }
        if (match == ListQuery.Match.ANY) {
            limit = 0; // an answer out of whatever is at hand is whole, as the real server's is
        }
        return new ListQuery(
                call.namespace(), selection.filter(), !selection.everything(), limit, match, revision, start);
    }

    private static ListQuery.Match match(ListOptions options, long revision, long limit) {
        if (options.resourceVersionMatch().equals("Exact")) {
            return ListQuery.Match.EXACT;
        }
        if (revision == 0) {
            return ListQuery.Match.ANY;
        }
        // a number with a limit and without a rule has always meant that very revision
        return limit > 0 && options.resourceVersionMatch().isEmpty()
                ? ListQuery.Match.EXACT
                : ListQuery.Match.NOT_OLDER;
    }

    /** Keys in tokens are relative to what is listed: a namespace, or everything. */
    private static String namespacePrefix(ResourceCall call) {
        return call.namespace().isEmpty() ? "" : call.namespace() + "/";
    }

    private static String continueToken(ResourceCall call, ObjectPage page) {
        String next = page.nextKey();
        return next == null
                ? ""
                : new ContinueToken(
                                page.revision(),
                                next.substring(namespacePrefix(call).length()))
                        .encode();
    }
}

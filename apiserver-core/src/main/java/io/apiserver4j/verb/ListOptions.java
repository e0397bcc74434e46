// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.ResourceVersions;
import io.apiserver4j.request.Query;
import io.apiserver4j.request.TargetResolver;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of lists and watches, read from the query and checked against each other as kube-apiserver does.
 *
 * @param limit how many objects at the most, 0 or less for all
 * @param timeoutSeconds how long a watch may take, or null
 * @param sendInitialEvents null where it was not given
 */
record ListOptions(
        boolean watch,
        String resourceVersion,
        String resourceVersionMatch,
        long limit,
        String continueToken,
        @Nullable Long timeoutSeconds,
        boolean allowWatchBookmarks,
        @Nullable Boolean sendInitialEvents) {
    private static final Set<String> MATCHES = Set.of("", "Exact", "NotOlderThan");

    /** Reads and checks; 400 for what is no number, 422 for what may not be combined. */
    static ListOptions of(Query query) {
        String limit = query.first("limit");
        String timeout = query.first("timeoutSeconds");
        ListOptions options = new ListOptions(
                TargetResolver.isWatch(query),
                query.firstOrEmpty("resourceVersion"),
                query.firstOrEmpty("resourceVersionMatch"),
                limit == null ? 0 : QueryNumbers.parse(limit),
                query.firstOrEmpty("continue"),
                timeout == null ? null : (Long) QueryNumbers.parse(timeout),
                query.has("allowWatchBookmarks") && VerbOptions.isTrue(query.firstOrEmpty("allowWatchBookmarks")),
                query.has("sendInitialEvents")
                        ? (Boolean) VerbOptions.isTrue(query.firstOrEmpty("sendInitialEvents"))
                        : null);
        options.check();
        return options;
    }

    private void check() {
        FieldErrors errors = new FieldErrors();
        ValuePath match = ValuePath.of("resourceVersionMatch");
        boolean matching = !resourceVersionMatch.isEmpty();
        if (watch) {
            checkWatch(errors, match);
        } else {
            if (matching) {
                if (resourceVersion.isEmpty()) {
                    errors.forbidden(match, "resourceVersionMatch is forbidden unless resourceVersion is provided");
                }
                if (!continueToken.isEmpty()) {
                    errors.forbidden(match, "resourceVersionMatch is forbidden when continue is provided");
                }
                if (!MATCHES.contains(resourceVersionMatch)) {
                    errors.notSupported(match, resourceVersionMatch, List.of("Exact", "NotOlderThan", ""));
                }
                if (resourceVersionMatch.equals("Exact") && resourceVersion.equals("0")) {
                    errors.forbidden(match, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
                }
            }
            if (sendInitialEvents != null) {
                errors.forbidden(ValuePath.of("sendInitialEvents"), "sendInitialEvents is forbidden for list");
            }
        }
        VerbOptions.refuse("ListOptions", errors);
    }

    private void checkWatch(FieldErrors errors, ValuePath match) {
        boolean notOlder = resourceVersionMatch.equals("NotOlderThan");
        if (sendInitialEvents != null && !notOlder) {
            errors.forbidden(match, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        if (!resourceVersionMatch.isEmpty()) {
            if (sendInitialEvents == null) {
                errors.forbidden(
                        match, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
            }
            if (!notOlder) {
                errors.notSupported(match, resourceVersionMatch, List.of("NotOlderThan"));
            }
            if (!continueToken.isEmpty()) {
                errors.forbidden(match, "resourceVersionMatch is forbidden when continue is provided");
            }
        }
    }

    /** The revision as a number, 0 where none was given. */
    long revision() {
        return resourceVersion.isEmpty() ? 0 : ResourceVersions.parse(resourceVersion);
    }
}

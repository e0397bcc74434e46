// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.request.Query;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.BooleanValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a deletion, from the body or, where there is none, from the query.
 *
 * @param gracePeriodSeconds the grace, or null where the kind decides
 * @param propagationPolicy {@code Orphan}, {@code Background}, {@code Foreground}, or null
 * @param orphanDependents the old form of the policy, or null
 * @param uid the uid that the object must have, or null
 * @param resourceVersion the version that the object must have, or null
 */
record DeleteOptions(
        boolean dryRun,
        @Nullable Long gracePeriodSeconds,
        @Nullable String propagationPolicy,
        @Nullable Boolean orphanDependents,
        @Nullable String uid,
        @Nullable String resourceVersion,
        ObjectValue document) {
    /** Options of a body that was read as DeleteOptions; the query adds to them only its dry run. */
    static DeleteOptions ofBody(ObjectValue body, Query query) {
        FieldErrors errors = new FieldErrors();
        List<String> dryRuns = new ArrayList<>(body.arrayOrEmpty("dryRun").strings());
        ObjectValue preconditions = body.objectOrEmpty("preconditions");
        BooleanValue orphan = body.get("orphanDependents") instanceof BooleanValue flag ? flag : null;
        return check(
                new DeleteOptions(
                        VerbOptions.dryRun(dryRuns, errors),
                        body.getLong("gracePeriodSeconds"),
                        body.getString("propagationPolicy"),
                        orphan == null ? null : (Boolean) orphan.value(),
                        preconditions.getString("uid"),
                        preconditions.getString("resourceVersion"),
                        body),
                errors);
    }

    /** Warns a client that leaves the fate of dependents to a kind that would leave them behind. */
    void warnOfOrphans(ResourceCall call) {
        String warning = call.definition().strategy().orphaningWarning();
        if (warning != null && propagationPolicy == null && orphanDependents == null) {
            call.call().notes().warn(warning);
        }
    }

    /** Options of a query. */
    static DeleteOptions ofQuery(Query query) {
        FieldErrors errors = new FieldErrors();
        String grace = query.first("gracePeriodSeconds");
        String orphan = query.first("orphanDependents");
        ObjectValue document = ObjectValue.of(
                "kind",
                io.apiserver4j.value.Value.of("DeleteOptions"),
                "apiVersion",
                io.apiserver4j.value.Value.of("meta.k8s.io/v1"));
        if (query.has("dryRun")) {
            document = document.with("dryRun", ArrayValue.ofStrings(query.all("dryRun")));
        }
        return check(
                new DeleteOptions(
                        VerbOptions.dryRun(query.all("dryRun"), errors),
                        grace == null ? null : (Long) QueryNumbers.parse(grace),
                        query.has("propagationPolicy") ? query.first("propagationPolicy") : null,
                        orphan == null ? null : (Boolean) VerbOptions.isTrue(orphan),
                        null,
                        null,
                        document),
                errors);
    }

    private static DeleteOptions check(DeleteOptions options, FieldErrors errors) {
        String policy = options.propagationPolicy();
        if (policy != null && options.orphanDependents() != null) {
            errors.invalid(
                    ValuePath.of("propagationPolicy"),
                    policy,
                    "orphanDependents and deletionPropagation cannot be both set");
        }
        if (policy != null
                && !policy.equals("Foreground")
                && !policy.equals("Background")
                && !policy.equals("Orphan")) {
            errors.notSupported(
                    ValuePath.of("propagationPolicy"), policy, List.of("Foreground", "Background", "Orphan", "nil"));
        }
        VerbOptions.refuse("DeleteOptions", errors);
        return options;
    }
}

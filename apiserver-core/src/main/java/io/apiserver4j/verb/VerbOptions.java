// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.Status;
import io.apiserver4j.ownership.ManagerNames;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.Query;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of a write, read from the query and checked: CreateOptions, UpdateOptions and PatchOptions are alike but for
 * their name in messages and {@code force}.
 *
 * @param dryRun true where nothing is to be kept
 * @param fieldManager the manager's name as given, empty where it is to be taken from the user agent
 * @param fieldValidation {@code Ignore}, {@code Warn} or {@code Strict}
 * @param force true where apply takes fields of others; null where it was not given
 */
record VerbOptions(
        boolean dryRun,
        String fieldManager,
        String fieldValidation,
        @Nullable Boolean force) {
    private static final Set<String> VALIDATIONS = Set.of("Ignore", "Warn", "Strict");

    /** Options of a creation. */
    static VerbOptions forCreate(ApiRequest request) {
        return read("CreateOptions", request, false);
    }

    /** Options of a whole update. */
    static VerbOptions forUpdate(ApiRequest request) {
        return read("UpdateOptions", request, false);
    }

    /** Options of a patch; {@code apply} is true for server-side apply, which needs a manager. */
    static VerbOptions forPatch(ApiRequest request, boolean apply) {
        VerbOptions options = read("PatchOptions", request, true);
        FieldErrors errors = new FieldErrors();
        if (apply) {
            if (options.fieldManager().isEmpty()) {
                errors.required(ValuePath.of("fieldManager"), "is required for apply patch");
            }
        } else if (options.force() != null) {
            errors.forbidden(ValuePath.of("force"), "may not be specified for non-apply patch");
        }
        refuse("PatchOptions", errors);
        return options;
    }

    private static VerbOptions read(String kind, ApiRequest request, boolean withForce) {
        Query query = request.query();
        FieldErrors errors = new FieldErrors();
        Boolean force = withForce && query.has("force") ? (Boolean) isTrue(query.firstOrEmpty("force")) : null;
        boolean dryRun = dryRun(query.all("dryRun"), errors);
        String manager = query.firstOrEmpty("fieldManager");
        ManagerNames.validate(manager, ValuePath.of("fieldManager"), errors);
        String validation = query.firstOrEmpty("fieldValidation");
        if (!validation.isEmpty() && !VALIDATIONS.contains(validation)) {
            errors.notSupported(ValuePath.of("fieldValidation"), validation, List.of("", "Ignore", "Strict", "Warn"));
        }
        refuse(kind, errors);
        return new VerbOptions(dryRun, manager, validation.isEmpty() ? "Warn" : validation, force);
    }

    static boolean isTrue(String text) {
        return !text.equals("false") && !text.equals("0");
    }

    static boolean dryRun(List<String> values, FieldErrors errors) {
        for (String value : values) {
            if (!value.equals("All")) {
                errors.add(new io.apiserver4j.meta.FieldError(
                        io.apiserver4j.meta.FieldError.Type.NOT_SUPPORTED,
                        "dryRun",
                        "Unsupported value: " + ArrayValue.ofStrings(values) + ": supported values: \"All\""));
                break;
            }
        }
        return !values.isEmpty();
    }

    /** Ends the request where options are wrong. */
    static void refuse(String kind, FieldErrors errors) {
        if (!errors.isEmpty()) {
            throw Status.invalid("meta.k8s.io", kind, "", errors).asException();
        }
    }

    /** The manager's name: the given one, or the user agent up to its first slash. */
    String manager(ApiRequest request) {
        return ManagerNames.of(fieldManager, request.headers().first("User-Agent"));
    }

    /** The options document, as admission sees it. */
    ObjectValue document(String kind) {
        ObjectEditor out = ObjectValue.builder().put("kind", kind).put("apiVersion", "meta.k8s.io/v1");
        if (dryRun) {
            out.put("dryRun", ArrayValue.of(Value.of("All")));
        }
        if (!fieldManager.isEmpty()) {
            out.put("fieldManager", fieldManager);
        }
        out.put("fieldValidation", fieldValidation);
        return out.build();
    }
}

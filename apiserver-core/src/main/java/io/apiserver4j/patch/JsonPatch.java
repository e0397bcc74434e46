// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import io.apiserver4j.meta.Status;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON patch (RFC 6902) with the habits of kube-apiserver's library: negative array positions count from the end, a
 * member that is missing may be replaced, an operation without value means null, the first part of a pointer is never
 * looked at. Clients are not told why an operation failed, webhooks are. Immutable.
 */
public final class JsonPatch {
    /** More operations are refused with 413. */
    public static final int MAX_OPERATIONS = 10_000;

    private final List<Operation> operations;
    private final List<String> findings;

    /** One step; {@code value} is null where the patch gives none. */
    record Operation(
            String kind,
            @Nullable String path,
            @Nullable String from,
            @Nullable Value value) {}

    private JsonPatch(List<Operation> operations, List<String> findings) {
        this.operations = operations;
        this.findings = findings;
    }

    /**
     * Takes a body.
     *
     * @param checked true where unknown and duplicate fields are looked for (fieldValidation Warn and Strict)
     * @throws io.apiserver4j.meta.ApiException 400 where the body is no patch, 413 where it has too many operations
     */
    public static JsonPatch of(PatchBody body, boolean checked) {
        Value document = body.value();
        ArrayValue list = document.asArray();
        if (list == null && !document.isNull()) {
            throw PatchErrors.bad(
                    checked
                            ? "error decoding patch: " + PatchErrors.cannotUnmarshal(document, "[]handlers.jsonPatchOp")
                            : PatchErrors.cannotUnmarshal(document, "jsonpatch.Patch"));
        }
        List<Operation> operations = new ArrayList<>();
        List<String> findings = checked ? body.duplicateFindings("json patch ") : new ArrayList<>(0);
        for (int i = 0; list != null && i < list.size(); i++) {
            Value item = list.get(i);
            ObjectValue step = item.asObject();
            if (step == null && !item.isNull()) {
                throw PatchErrors.bad(
                        checked
                                ? "error decoding patch: " + PatchErrors.cannotUnmarshal(item, "handlers.jsonPatchOp")
                                : PatchErrors.cannotUnmarshal(item, "jsonpatch.Operation"));
            }
            if (step != null && checked) {
                check(step, ValuePath.ROOT.index(i), findings);
            }
            operations.add(operation(step == null ? ObjectValue.EMPTY : step));
        }
        if (operations.size() > MAX_OPERATIONS) {
            throw Status.requestTooLarge("Request entity too large: The allowed maximum operations in a JSON patch is "
                            + MAX_OPERATIONS + ", got " + operations.size())
                    .asException();
        }
        return new JsonPatch(operations, findings);
    }

    private static void check(ObjectValue step, ValuePath path, List<String> findings) {
        for (int i = 0; i < step.size(); i++) {
            String name = step.keyAt(i);
            switch (name) {
                case "op", "path", "from" -> {
                    Value text = step.valueAt(i);
                    if (text.asString() == null && !text.isNull()) {
                        throw PatchErrors.bad("error decoding patch: json: cannot unmarshal " + text.typeName()
                                + " into Go struct field jsonPatchOp." + name + " of type string");
                    }
                }
                case "value" -> {}
                default -> findings.add("json patch unknown field \"" + path.field(name) + "\"");
            }
        }
    }

    private static Operation operation(ObjectValue step) {
        String kind = step.getString("op");
        return new Operation(
                kind == null ? "unknown" : kind, step.getString("path"), step.getString("from"), step.get("value"));
    }

    /** What a strict reader found in the patch. */
    public List<String> findings() {
        return findings;
    }

    /**
     * The patched document. Objects that an operation went through come out with their members in the order of their
     * names.
     *
     * @throws io.apiserver4j.meta.ApiException 422 where an operation does not apply
     */
    public Value apply(ObjectValue document) {
        try {
            return applyTold(document);
        } catch (DoesNotApplyException e) {
            throw PatchErrors.refused();
        }
    }

    /**
     * The patched document, as {@link #apply} makes it.
     *
     * @throws DoesNotApplyException where an operation does not apply, with the reason
     */
    public Value applyTold(ObjectValue document) {
        if (operations.isEmpty()) {
            return document;
        }
        PatchedDocument patched = new PatchedDocument(document);
        for (Operation operation : operations) {
            if (!patched.run(operation)) {
                throw new DoesNotApplyException(patched.refusal(operation));
            }
        }
        return patched.value();
    }

    /** An operation that does not apply; the message says why in the words of kube-apiserver's library. */
    public static final class DoesNotApplyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DoesNotApplyException(String message) {
            super(message, null, false, false);
        }

        /** True where a test found something else than it wanted. */
        public boolean isFailedTest() {
            return String.valueOf(getMessage()).startsWith("testing path ");
        }
    }
}

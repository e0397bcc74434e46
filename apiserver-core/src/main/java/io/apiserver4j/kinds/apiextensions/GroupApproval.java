// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.apiextensions;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Groups of the Kubernetes community, which need an annotation that says who approved the API. */
final class GroupApproval {
    private static final String ANNOTATION = "api-approved.kubernetes.io";
    private static final String SEE = ", see https://github.com/kubernetes/enhancements/pull/1111";

    private enum State {
        MISSING,
        BYPASSED,
        APPROVED,
        INVALID
    }

    private GroupApproval() {}

    static void check(ObjectValue object, @Nullable ObjectValue current, FieldErrors errors) {
        if (!isProtected(object.objectOrEmpty("spec").stringOrEmpty("group"))) {
            return;
        }
        String text = ObjectMeta.of(object).annotations().stringOrEmpty(ANNOTATION);
        State state = state(text);
        if (current != null
                && state == state(ObjectMeta.of(current).annotations().stringOrEmpty(ANNOTATION))) {
            return;
        }
        ValuePath path = ValuePath.of("metadata", "annotations").key(ANNOTATION);
        String need = "protected groups must have approval annotation " + GoText.quote(ANNOTATION);
        if (state == State.MISSING) {
            errors.required(path, need + SEE);
        } else if (state == State.INVALID) {
            errors.invalid(path, text, need + " with either a URL or a reason starting with \"unapproved\"" + SEE);
        }
    }

    private static boolean isProtected(String group) {
        return group.equals("k8s.io")
                || group.endsWith(".k8s.io")
                || group.equals("kubernetes.io")
                || group.endsWith(".kubernetes.io");
    }

    private static State state(String text) {
        if (text.isEmpty()) {
            return State.MISSING;
        }
        if (text.startsWith("unapproved")) {
            return State.BYPASSED;
        }
        try {
            URI uri = new URI(text);
            boolean whole = uri.getScheme() != null && uri.getRawAuthority() != null;
            return whole ? State.APPROVED : State.INVALID;
        } catch (URISyntaxException e) {
            return State.INVALID;
        }
    }
}

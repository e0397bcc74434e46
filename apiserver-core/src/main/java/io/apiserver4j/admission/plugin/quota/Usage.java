// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the objects of one resource count. */
interface Usage {
    /** True where a request can change what is used. */
    default boolean handles(AdmissionRequest request) {
        return request.operation() == Operation.CREATE && request.subresource().isEmpty();
    }

    /** Those names of a quota that objects of this resource count for, in order. */
    List<String> matching(Set<String> names);

    /** True where an object is in a scope. */
    default boolean isIn(Scope scope, ObjectValue object) {
        return false;
    }

    /** What is missing in an object that a quota with these names wants to be said, or null. */
    default @Nullable String missing(Collection<String> names, ObjectValue object) {
        return null;
    }

    /** What an object counts, by name. */
    Map<String, Quantity> of(ObjectValue object);

    /** True where this usage knows scopes at all. */
    default boolean isScoped() {
        return false;
    }
}

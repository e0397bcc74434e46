// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.Target;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.Subresource;
import io.apiserver4j.resource.VersionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A call to a resource that is served: the call, what its URL names, and the definition behind it.
 *
 * @param subresource the subresource's definition, null for the main resource
 */
public record ResourceCall(
        Call call,
        Target.OfResource target,
        ResourceDefinition definition,
        VersionDefinition version,
        @Nullable Subresource subresource) {
    /** The namespace of the path; empty for cluster-wide resources and lists over all namespaces. */
    public String namespace() {
        return definition.namespaced() ? target.namespace() : "";
    }

    /** The object's name in the path, empty for collections. */
    public String name() {
        return target.name();
    }

    /** The subresource's name, empty for the main resource. */
    public String subresourceName() {
        return subresource == null ? "" : subresource.name();
    }

    /** The request as it arrived. */
    public ApiRequest request() {
        return call.request();
    }
}

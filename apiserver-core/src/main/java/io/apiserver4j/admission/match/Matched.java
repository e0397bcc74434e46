// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.match;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.Resource;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.value.ObjectValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * As what a webhook or policy sees a request: its own resource, or an equivalent one in another version.
 *
 * @param kind of the object (of a subresource, the kind the subresource takes)
 */
public record Matched(ResourceDefinition definition, VersionDefinition version, Kind kind) {
    /** Group, version and plural name. */
    public Resource resource() {
        return definition.resource(version.version());
    }

    /** True where the objects of a request need no conversion. */
    public boolean isKindOf(AdmissionRequest request) {
        return kind.equals(request.kind());
    }

    /** The request as it is seen, its objects converted; the same one where there is nothing to convert. */
    public AdmissionRequest view(AdmissionRequest request) {
        if (resource().equals(request.resource()) && isKindOf(request)) {
            return request;
        }
        return request.seenAs(
                definition,
                version.version(),
                kind,
                convert(request, request.object()),
                convert(request, request.oldObject()));
    }

    private @Nullable ObjectValue convert(AdmissionRequest request, @Nullable ObjectValue object) {
        return object == null || isKindOf(request) ? object : convert(own(request), version, object);
    }

    /** An object of the kind that is seen, in the version that the request was made in. */
    public ObjectValue back(AdmissionRequest request, ObjectValue seen) {
        return isKindOf(request) ? seen : convert(version, own(request), seen);
    }

    private static VersionDefinition own(AdmissionRequest request) {
        return Objects.requireNonNull(request.definition().version(request.version()));
    }

    private static ObjectValue convert(VersionDefinition from, VersionDefinition to, ObjectValue object) {
        ObjectValue stored = from.identity() ? object : from.toStorage().apply(object);
        return to.identity() ? stored : to.fromStorage().apply(stored);
    }
}

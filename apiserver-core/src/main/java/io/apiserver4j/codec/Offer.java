// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import io.apiserver4j.meta.Kind;
import org.jspecify.annotations.Nullable;

/** What an endpoint can answer with. */
@FunctionalInterface
public interface Offer {
    /** Objects as they are, in every media type. */
    Offer PLAIN = (type, as) -> as == null;

    /** Objects of built-in kinds: as they are, as tables (not in protobuf) and as metadata. */
    Offer BUILT_IN = (type, as) -> as == null || metaForm(type, as);

    /** Objects of custom kinds: as built-in ones, but not in protobuf themselves. */
    Offer CUSTOM = (type, as) -> as == null ? type != MediaType.PROTOBUF : metaForm(type, as);

    /**
     * True where a clause may be answered.
     *
     * @param type the media type
     * @param as the kind asked for instead of the object's own, or null; parts that were not given are empty
     */
    boolean allows(MediaType type, @Nullable Kind as);

    private static boolean metaForm(MediaType type, Kind as) {
        if (!as.group().equals("meta.k8s.io")
                || !as.version().equals("v1") && !as.version().equals("v1beta1")) {
            return false;
        }
        return switch (as.kind()) {
            case "Table" -> type != MediaType.PROTOBUF;
            case "PartialObjectMetadata", "PartialObjectMetadataList" -> true;
            default -> false;
        };
    }
}

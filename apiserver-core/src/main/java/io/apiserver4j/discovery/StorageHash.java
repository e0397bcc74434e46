// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.discovery;

import com.google.common.hash.Hashing;
import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.ResourceDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * The storageVersionHash of discovery: clients compare it to find out that the stored version changed. The first
 * eight bytes of a SHA-256 over group, version and kind.
 */
final class StorageHash {
    /** Kinds whose hash the real server still makes of an older version than the one they are served in. */
    private static final Map<String, String> OLDER = Map.of(
            "customresourcedefinitions.apiextensions.k8s.io", "v1beta1",
            "clustertrustbundles.certificates.k8s.io", "v1beta1",
            "podcertificaterequests.certificates.k8s.io", "v1beta1",
            "devicetaintrules.resource.k8s.io", "v1beta2",
            "storageversionmigrations.storagemigration.k8s.io", "v1beta1");

    private StorageHash() {}

    /** The hash of a resource, or the empty text for those that are not kept anywhere. */
    static String of(ResourceDefinition definition) {
        if (!definition.verbs().contains(Verb.WATCH)) {
            return "";
        }
        ResourceDefinition.StorageLocation storage = definition.storage();
        String version = OLDER.getOrDefault(definition.groupResource(), storage.version());
        byte[] hash = Hashing.sha256()
                .hashString(storage.group() + "/" + version + "/" + definition.kind(), StandardCharsets.UTF_8)
                .asBytes();
        return Base64.getEncoder().encodeToString(Arrays.copyOf(hash, 8));
    }
}

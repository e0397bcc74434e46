// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.PodResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Volume claims: how many and how much, in all and of each storage class. */
final class VolumeClaimUsage implements Usage {
    private static final String CLAIMS = "persistentvolumeclaims";
    private static final String STORAGE = "requests.storage";
    private static final String COUNT = ObjectCount.nameOf(CLAIMS);
    private static final String OF_CLASS = ".storageclass.storage.k8s.io/";
    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

    @Override
    public boolean handles(AdmissionRequest request) {
        return switch (request.subresource()) {
            case "" -> request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
            case "status" -> request.operation() == Operation.UPDATE;
            default -> false;
        };
    }

    @Override
    public List<String> matching(Set<String> names) {
        return names.stream()
                .filter(name -> name.equals(COUNT)
                        || name.equals(CLAIMS)
                        || name.equals(STORAGE)
                        || name.endsWith(OF_CLASS + CLAIMS)
                        || name.endsWith(OF_CLASS + STORAGE))
                .sorted()
                .toList();
    }

    @Override
    public boolean isScoped() {
        return true;
    }

    @Override
    public boolean isIn(Scope scope, ObjectValue claim) {
        return scope.scope().equals("VolumeAttributesClass") && scope.matches(attributeClasses(claim));
    }

    private static List<String> attributeClasses(ObjectValue claim) {
        List<String> out = new ArrayList<>();
        ObjectValue status = claim.objectOrEmpty("status");
        out.add(claim.objectOrEmpty("spec").stringOrEmpty("volumeAttributesClassName"));
        out.add(status.stringOrEmpty("currentVolumeAttributesClassName"));
        out.add(status.objectOrEmpty("modifyVolumeStatus").stringOrEmpty("targetVolumeAttributesClassName"));
        out.removeIf(String::isEmpty);
        return out;
    }

    @Override
    public Map<String, Quantity> of(ObjectValue claim) {
        Map<String, Quantity> out = new TreeMap<>();
        out.put(CLAIMS, ObjectCount.ONE);
        out.put(COUNT, ObjectCount.ONE);
        String old = ObjectMeta.of(claim).annotations().getString(OLD_CLASS);
        String storageClass = old != null ? old : claim.objectOrEmpty("spec").stringOrEmpty("storageClassName");
        if (!storageClass.isEmpty()) {
            out.put(storageClass + OF_CLASS + CLAIMS, ObjectCount.ONE);
        }
        Quantity storage = storage(claim);
        if (storage != null) {
            out.put(STORAGE, storage);
            if (!storageClass.isEmpty()) {
                out.put(storageClass + OF_CLASS + STORAGE, storage);
            }
        }
        return out;
    }

    /** What is asked for, or what was given where that is more, in whole bytes. */
    private static @Nullable Quantity storage(ObjectValue claim) {
        Quantity asked = PodResources.amounts(claim.objectAt("spec", "resources", "requests"))
                .get("storage");
        Quantity given = PodResources.amounts(claim.objectAt("status", "allocatedResources"))
                .get("storage");
        if (asked == null) {
            return null;
        }
        Quantity whole = asked.roundedUp(0);
        return given != null && given.compareTo(whole) > 0 ? given.roundedUp(0) : whole;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.table;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cells of volumes, claims, storage classes and drivers. */
final class VolumeColumns {
    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final String OLD_DEFAULT_CLASS = "storageclass.beta.kubernetes.io/is-default-class";

    private VolumeColumns() {}

    static void addTo(CellRegistry cells) {
        cells.text("volume.phase", VolumeColumns::phase);
        cells.text("volume.class", VolumeColumns::storageClass);
        cells.text("volume.claim", VolumeColumns::claim);
        cells.text("volume.accessModes", row -> modes(row.spec()));
        cells.text("claim.accessModes", row -> isBound(row) ? modes(row.status()) : "");
        cells.text("claim.capacity", VolumeColumns::claimCapacity);
        cells.text("storageClass.name", VolumeColumns::className);
        cells.text("csi.tokenRequests", VolumeColumns::tokenRequests);
    }

    private static String phase(Row row) {
        return row.meta().isDeleting() ? "Terminating" : row.status().stringOrEmpty("phase");
    }

    private static String storageClass(Row row) {
        String old = row.meta().annotations().getString(OLD_CLASS);
        return old == null ? row.spec().stringOrEmpty("storageClassName") : old;
    }

    private static String claim(Row row) {
        ObjectValue claim = row.spec().getObject("claimRef");
        return claim == null ? "" : claim.stringOrEmpty("namespace") + "/" + claim.stringOrEmpty("name");
    }

    private static boolean isBound(Row row) {
        return !row.spec().stringOrEmpty("volumeName").isEmpty();
    }

    private static String claimCapacity(Row row) {
        return isBound(row) ? Amounts.text(row.status().at("capacity", "storage")) : "";
    }

    private static String modes(ObjectValue spec) {
        List<String> present = spec.arrayOrEmpty("accessModes").strings();
        List<String> shown = new ArrayList<>();
        addMode(shown, present, "ReadWriteOnce", "RWO");
        addMode(shown, present, "ReadOnlyMany", "ROX");
        addMode(shown, present, "ReadWriteMany", "RWX");
        addMode(shown, present, "ReadWriteOncePod", "RWOP");
        return String.join(",", shown);
    }

    private static void addMode(List<String> shown, List<String> present, String mode, String text) {
        if (present.contains(mode)) {
            shown.add(text);
        }
    }

    /** In a list, one class can be the default; an object alone never says so. */
    private static String className(Row row) {
        String name = row.meta().name();
        ObjectValue chosen = row.list().isEmpty() ? null : defaultClass(row.list());
        return chosen != null && nameOf(chosen).equals(name) ? name + " (default)" : name;
    }

    /** Of several classes marked as default the newest counts, of equally old ones the first by name. */
    private static @Nullable ObjectValue defaultClass(List<ObjectValue> classes) {
        ObjectValue best = null;
        for (ObjectValue candidate : classes) {
            if (isMarkedDefault(candidate) && (best == null || isBefore(candidate, best))) {
                best = candidate;
            }
        }
        return best;
    }

    private static boolean isBefore(ObjectValue candidate, ObjectValue best) {
        int age = HumanForms.utc(created(candidate)).compareTo(HumanForms.utc(created(best)));
        return age > 0 || (age == 0 && nameOf(candidate).compareTo(nameOf(best)) < 0);
    }

    private static boolean isMarkedDefault(ObjectValue storageClass) {
        ObjectValue annotations = storageClass.objectAt("metadata", "annotations");
        return "true".equals(annotations.getString(DEFAULT_CLASS))
                || "true".equals(annotations.getString(OLD_DEFAULT_CLASS));
    }

    private static String nameOf(ObjectValue object) {
        return object.objectOrEmpty("metadata").stringOrEmpty("name");
    }

    private static @Nullable String created(ObjectValue object) {
        return object.objectOrEmpty("metadata").getString("creationTimestamp");
    }

    private static String tokenRequests(Row row) {
        ArrayValue requests = row.spec().getArray("tokenRequests");
        if (requests == null) {
            return "<unset>";
        }
        List<String> audiences = new ArrayList<>();
        requests.objects().forEach(request -> audiences.add(request.stringOrEmpty("audience")));
        return String.join(",", audiences);
    }
}

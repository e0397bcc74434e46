// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Lists of tolerations put together, without those that another one covers. */
final class Tolerations {
    private Tolerations() {}

    /** Those of both lists, each where no other of them tolerates as much; of equal ones the first. */
    static ArrayValue merged(ArrayValue first, ArrayValue second) {
        List<ObjectValue> all = new ArrayList<>(first.objects());
        all.addAll(second.objects());
        List<ObjectValue> out = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            ObjectValue one = all.get(i);
            boolean covered = out.stream().anyMatch(kept -> covers(kept, one))
                    || all.subList(i + 1, all.size()).stream()
                            .anyMatch(later -> !later.equals(one) && covers(later, one));
            if (!covered) {
                out.add(one);
            }
        }
        return ArrayValue.of(out);
    }

    /** True where each one of a list is covered by one of a whitelist; also where that is empty. */
    static boolean allowed(ArrayValue tolerations, ArrayValue whitelist) {
        return whitelist.isEmpty()
                || tolerations.objects().stream()
                        .allMatch(one -> whitelist.objects().stream().anyMatch(wide -> covers(wide, one)));
    }

    /** True where a toleration tolerates all that another one does. */
    static boolean covers(ObjectValue wide, ObjectValue narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        String key = wide.stringOrEmpty("key");
        String operator = wide.stringOrEmpty("operator");
        if (!narrow.stringOrEmpty("key").equals(key) && (!key.isEmpty() || !operator.equals("Exists"))) {
            return false;
        }
        String effect = wide.stringOrEmpty("effect");
        if (!effect.isEmpty() && !narrow.stringOrEmpty("effect").equals(effect)) {
            return false;
        }
        Long seconds = wide.getLong("tolerationSeconds");
        if (effect.equals("NoExecute") && seconds != null) {
            Long asked = narrow.getLong("tolerationSeconds");
            if (asked == null || asked > seconds) {
                return false;
            }
        }
        return switch (operator) {
            case "", "Equal" ->
                narrow.stringOrEmpty("operator").equals("Equal")
                        && narrow.stringOrEmpty("value").equals(wide.stringOrEmpty("value"));
            case "Exists" -> true;
            default -> false;
        };
    }

    /** The pod with these tolerations; the same one where it has them. */
    static ObjectValue in(ObjectValue pod, ArrayValue tolerations) {
        Value known = pod.objectOrEmpty("spec").arrayOrEmpty("tolerations");
        return tolerations.equals(known) ? pod : pod.withAt(tolerations, "spec", "tolerations");
    }
}

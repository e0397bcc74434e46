// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import org.jspecify.annotations.Nullable;

/** AppArmor profiles that old clients name in annotations become fields when a pod is made. */
public final class AppArmorFields {
    private static final String LOCALHOST = "localhost/";

    private AppArmorFields() {}

    /** The profile that the text of an annotation means, or null where it means none. */
    static @Nullable ObjectValue ofAnnotation(String text) {
        ObjectValue profile = switch (text) {
            case "unconfined" -> ObjectValue.of("type", Value.of("Unconfined"));
            case "runtime/default" -> ObjectValue.of("type", Value.of("RuntimeDefault"));
            default ->
                text.startsWith(LOCALHOST) && text.length() > LOCALHOST.length()
                        ? ObjectValue.of(
                                "type",
                                Value.of("Localhost"),
                                "localhostProfile",
                                Value.of(text.substring(LOCALHOST.length())))
                        : null;
        };
        if (profile == null) {
            return null;
        }
        FieldErrors errors = new FieldErrors();
        SecurityRules.appArmorProfile(new Part(profile, ValuePath.ROOT, errors));
        return errors.isEmpty() ? profile : null;
    }

    /** A pod whose containers have the profiles that annotations name for them, where they have none. */
    public static ObjectValue filled(ObjectValue pod) {
        ObjectValue annotations = pod.objectAt("metadata", "annotations");
        ObjectValue spec = pod.objectOrEmpty("spec");
        boolean any = false;
        for (int i = 0; i < annotations.size(); i++) {
            any |= annotations.keyAt(i).startsWith(AnnotationRules.APP_ARMOR);
        }
        if (!any || spec.objectOrEmpty("os").stringOrEmpty("name").equals("windows")) {
            return pod;
        }
        Value ofPod = spec.at("securityContext", "appArmorProfile");
        ObjectValue out = spec;
        for (String list : PodSpecRules.CONTAINER_LISTS) {
            ArrayValue containers = out.getArray(list);
            if (containers != null) {
                out = out.with(list, containers.map(container -> filled(container, annotations, ofPod)));
            }
        }
        return pod.with("spec", out);
    }

    private static Value filled(Value item, ObjectValue annotations, @Nullable Value ofPod) {
        ObjectValue container = item.asObject();
        if (container == null || container.at("securityContext", "appArmorProfile") != null) {
            return item;
        }
        String text = annotations.getString(AnnotationRules.APP_ARMOR + container.stringOrEmpty("name"));
        ObjectValue profile = text == null ? null : ofAnnotation(text);
        return profile == null || profile.equals(ofPod)
                ? item
                : container.with(
                        "securityContext",
                        container.objectOrEmpty("securityContext").with("appArmorProfile", profile));
    }
}

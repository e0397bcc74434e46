// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.meta.FieldSelector;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.storage.StoreException;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.verb.HandlerSupport;
import io.apiserver4j.verb.ResourceCall;
import io.apiserver4j.verb.ResourceHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of the control plane's parts (ComponentStatus), asked when it is read: scheduler and controller manager at
 * their ports of this machine, and the store. Kept nowhere.
 */
public final class ComponentStatusHandler implements ResourceHandler {
    private static final String STORE = "etcd-0";

    private final Map<String, LocalHealth> components = new LinkedHashMap<>();

    /** A handler of a server that runs beside the other parts, as kube-apiserver expects it. */
    public ComponentStatusHandler() {
        components.put("scheduler", new LocalHealth(10259));
        components.put("controller-manager", new LocalHealth(10257));
    }

    @Override
    public ApiResponse handle(ResourceCall call, HandlerSupport support) {
        return call.name().isEmpty() ? list(call, support) : get(call, support);
    }

    private ApiResponse get(ResourceCall call, HandlerSupport support) {
        String name = call.name();
        LocalHealth component = components.get(name);
        if (component == null && !name.equals(STORE)) {
            throw Status.notFound("", "componentstatus", name).asException();
        }
        ObjectValue status = component == null ? ofStore(call, support) : ofComponent(call, name, component);
        return support.answer(call, status, 200);
    }

    private ApiResponse list(ResourceCall call, HandlerSupport support) {
        LabelSelector labels = LabelSelector.parse(call.request().query().firstOrEmpty("labelSelector"));
        FieldSelector fields = FieldSelector.parse(call.request().query().firstOrEmpty("fieldSelector"));
        List<ObjectValue> all = new ArrayList<>();
        if (labels.matches(ObjectValue.EMPTY)) {
            components.forEach((name, component) -> {
                if (fields.matches(field -> field(field, name))) {
                    all.add(ofComponent(call, name, component));
                }
            });
            if (fields.matches(field -> field(field, STORE))) {
                all.add(ofStore(call, support));
            }
        }
        return support.answerList(call, all);
    }

    private static @Nullable String field(String field, String name) {
        return switch (field) {
            case "metadata.name" -> name;
            case "metadata.namespace" -> "";
            default -> null;
        };
    }

    private static ObjectValue ofComponent(ResourceCall call, String name, LocalHealth component) {
        LocalHealth.Answer answer = component.ask();
        return status(call, name, answer.healthy(), answer.text(), "");
    }

    private static ObjectValue ofStore(ResourceCall call, HandlerSupport support) {
        try {
            support.stores().keyValues().currentRevision();
            return status(call, STORE, true, "ok", "");
        } catch (StoreException e) {
            return status(call, STORE, false, "", String.valueOf(e.getMessage()));
        }
    }

    private static ObjectValue status(ResourceCall call, String name, boolean healthy, String message, String error) {
        ObjectEditor condition = ObjectValue.builder().put("type", "Healthy").put("status", healthy ? "True" : "False");
        if (!message.isEmpty()) {
            condition.put("message", message);
        }
        if (!error.isEmpty()) {
            condition.put("error", error);
        }
        return ObjectValue.builder()
                .put("kind", call.definition().kind())
                .put("apiVersion", call.version().kind().apiVersion())
                .put("metadata", ObjectValue.of("name", Value.of(name)))
                .put("conditions", ArrayValue.of(condition.build()))
                .build();
    }
}

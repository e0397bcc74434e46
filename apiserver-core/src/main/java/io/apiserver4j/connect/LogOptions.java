// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.connect;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.Status;
import io.apiserver4j.request.Query;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of a log that are looked at before any node is asked.
 *
 * @param container the container named, empty where none was
 */
record LogOptions(String container) {
    /** Reads and checks; 400 for what is no number, 422 for what is out of range. */
    static LogOptions of(Query query, String pod) {
        FieldErrors errors = new FieldErrors();
        long tail = number(query, "tailLines");
        if (tail < 0) {
            errors.invalid(ValuePath.of("tailLines"), tail, "must be greater than or equal to 0");
        }
        long limit = query.has("limitBytes") ? number(query, "limitBytes") : 1;
        if (limit < 1) {
            errors.invalid(ValuePath.of("limitBytes"), limit, "must be greater than 0");
        }
        if (query.has("sinceSeconds") && query.has("sinceTime")) {
            errors.forbidden(ValuePath.ROOT, "at most one of `sinceTime` or `sinceSeconds` may be specified");
        } else if (query.has("sinceSeconds") && number(query, "sinceSeconds") < 1) {
            errors.invalid(ValuePath.of("sinceSeconds"), number(query, "sinceSeconds"), "must be greater than 0");
        }
        if (!errors.isEmpty()) {
            throw Status.invalid("", "PodLogOptions", pod, errors).asException();
        }
        return new LogOptions(query.firstOrEmpty("container"));
    }

    private static long number(Query query, String name) {
        String text = query.first(name);
        if (text == null) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Status.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax")
                    .asException();
        }
    }

    /** The container meant, of a pod; 400 where the pod has no such one, or several and none was named. */
    String container(ObjectValue pod, String name) {
        ObjectValue spec = pod.objectOrEmpty("spec");
        List<String> containers = names(spec, "containers");
        List<String> all = new ArrayList<>(containers);
        all.addAll(names(spec, "initContainers"));
        all.addAll(names(spec, "ephemeralContainers"));
        if (!container.isEmpty()) {
            if (!all.contains(container)) {
                throw Status.badRequest("container " + container + " is not valid for pod " + name)
                        .asException();
            }
            return container;
        }
        if (containers.size() == 1) {
            return containers.get(0);
        }
        List<String> init = names(spec, "initContainers");
        String more = init.isEmpty() ? "" : " or one of the init containers: [" + String.join(" ", init) + "]";
        throw Status.badRequest("a container name must be specified for pod " + name + ", choose one of: ["
                        + String.join(" ", containers) + "]" + more)
                .asException();
    }

    private static List<String> names(ObjectValue spec, String list) {
        return spec.arrayOrEmpty(list).objects().stream()
                .map(one -> one.stringOrEmpty("name"))
                .toList();
    }
}

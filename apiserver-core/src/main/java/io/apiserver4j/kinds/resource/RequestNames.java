// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.resource;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The requests of a claim, which other parts of it name: {@code request}, or {@code request/alternative}. */
record RequestNames(Map<String, Set<String>> alternatives) {
    private static final int MAX_REFERENCES = 32;
    private static final String UNKNOWN =
            "must be the name of a request in the claim or the name of a request and a subrequest separated by '/'";

    static RequestNames of(ObjectValue devices) {
        Map<String, Set<String>> names = new HashMap<>();
        for (ObjectValue request : devices.arrayOrEmpty("requests").objects()) {
            Set<String> alternatives = new HashSet<>();
            for (ObjectValue one : request.arrayOrEmpty("firstAvailable").objects()) {
                alternatives.add(one.stringOrEmpty("name"));
            }
            names.put(request.stringOrEmpty("name"), alternatives);
        }
        return new RequestNames(names);
    }

    private boolean has(String[] segments) {
        Set<String> found = alternatives.get(segments[0]);
        return found != null && (segments.length == 1 || found.contains(segments[1]));
    }

    /** Checks the {@code requests} that an object names. */
    void references(ObjectValue holder, ValuePath path, FieldErrors errors) {
        List<String> names = holder.arrayOrEmpty("requests").strings();
        for (int i = 0; i < names.size() && names.size() <= MAX_REFERENCES; i++) {
            reference(names.get(i), path.field("requests").index(i), errors);
        }
    }

    void reference(String name, ValuePath path, FieldErrors errors) {
        String[] segments = name.split("/", -1);
        if (segments.length > 2) {
            errors.invalid(path, name, UNKNOWN);
            return;
        }
        for (String segment : segments) {
            DeviceNames.label(segment, path, errors);
        }
        if (!has(segments)) {
            errors.invalid(path, name, UNKNOWN);
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.connect;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.request.Query;
import io.apiserver4j.resource.Subresource;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.verb.ResourceCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The options of a connection as a document, which plugins are asked about. */
final class ConnectOptions {
    private static final List<String> STREAMS = List.of("stdin", "stdout", "stderr", "tty");

    private ConnectOptions() {}

    /** The options that a call's query gives. */
    static ObjectValue of(ResourceCall call) {
        Subresource subresource = Objects.requireNonNull(call.subresource());
        Kind kind = subresource.kind();
        ObjectEditor out = ObjectValue.builder().put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        Query query = call.request().query();
        switch (subresource.name()) {
            case "exec", "attach" -> {
                for (String stream : STREAMS) {
                    String said = query.firstOrEmpty(stream);
                    if (query.has(stream) && !said.equals("0") && !said.equals("false")) {
                        out.put(stream, Value.of(true));
                    }
                }
                if (!query.firstOrEmpty("container").isEmpty()) {
                    out.put("container", query.firstOrEmpty("container"));
                }
                if (!query.all("command").isEmpty()) {
                    out.put("command", ArrayValue.ofStrings(query.all("command")));
                }
            }
            case "portforward" -> {
                List<Value> ports = new ArrayList<>();
                for (String port : query.all("ports")) {
                    if (port.matches("[0-9]{1,9}")) {
                        ports.add(Value.of(Long.parseLong(port)));
                    }
                }
                if (!ports.isEmpty()) {
                    out.put("ports", ArrayValue.of(ports));
                }
            }
            default -> out.put("path", "/" + String.join("/", call.target().rest()));
        }
        return out.build();
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.connect;

import io.apiserver4j.meta.Status;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.verb.HandlerSupport;
import io.apiserver4j.verb.ResourceCall;
import io.apiserver4j.verb.ResourceHandler;
import java.util.Map;

/** The handlers of the subresources that lead to nodes, pods and services. */
public final class ConnectHandlers {
    private ConnectHandlers() {}

    /** The handlers, by resource and subresource. */
    public static Map<String, ResourceHandler> all() {
        return Map.of(
                "pods/log", ConnectHandlers::log,
                "pods/exec", ConnectHandlers::session,
                "pods/attach", ConnectHandlers::session,
                "pods/portforward", ConnectHandlers::session,
                "pods/proxy", ConnectHandlers::podProxy,
                "services/proxy", ConnectHandlers::serviceProxy,
                "nodes/proxy", ConnectHandlers::nodeProxy);
    }

    private static ApiResponse log(ResourceCall call, HandlerSupport support) {
        LogOptions options = LogOptions.of(call.request().query(), call.name());
        ObjectValue pod = support.require(call, call.name());
        options.container(pod, call.name());
        if (node(pod).isEmpty()) {
            // a pod without a node has no log yet
            return ApiResponse.Complete.of(204, Headers.NONE, new byte[0]);
        }
        throw unreachable(pod);
    }

    private static ApiResponse session(ResourceCall call, HandlerSupport support) {
        support.admitConnect(call, ConnectOptions.of(call));
        ObjectValue pod = support.require(call, call.name());
        if (node(pod).isEmpty()) {
            throw Status.badRequest("pod " + call.name() + " does not have a host assigned")
                    .asException();
        }
        if (!call.subresourceName().equals("portforward")) {
            new LogOptions(call.request().query().firstOrEmpty("container")).container(pod, call.name());
        }
        throw unreachable(pod);
    }

    private static ApiResponse podProxy(ResourceCall call, HandlerSupport support) {
        support.admitConnect(call, ConnectOptions.of(call));
        ObjectValue pod = support.require(call, plainName(call.name()));
        if (pod.objectOrEmpty("status").stringOrEmpty("podIP").isEmpty()) {
            throw Status.badRequest("address not allowed").asException();
        }
        throw unreachable(pod);
    }

    /** Names in proxy paths may have a scheme before and a port behind them. */
    private static String plainName(String name) {
        String[] parts = name.split(":");
        return parts.length == 3 ? parts[1] : parts[0];
    }

    private static ApiResponse serviceProxy(ResourceCall call, HandlerSupport support) {
        support.admitConnect(call, ConnectOptions.of(call));
        throw Status.serviceUnavailable("no endpoints available for service \"" + plainName(call.name()) + "\"")
                .asException();
    }

    private static ApiResponse nodeProxy(ResourceCall call, HandlerSupport support) {
        support.admitConnect(call, ConnectOptions.of(call));
        ObjectValue node = support.require(call, plainName(call.name()));
        throw Status.serviceUnavailable("no address of node "
                        + node.objectOrEmpty("metadata").stringOrEmpty("name") + " is reached from here")
                .asException();
    }

    private static String node(ObjectValue pod) {
        return pod.objectOrEmpty("spec").stringOrEmpty("nodeName");
    }

    /** What kube-apiserver says of a node that it does not know. */
    private static RuntimeException unreachable(ObjectValue pod) {
        return Status.notFound("", "nodes", node(pod)).asException();
    }
}

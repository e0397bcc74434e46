// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.ServiceView;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server behind a registration can be called, as its condition has it.
 *
 * @param status True or False
 */
public record Availability(String status, String reason, String message) {
    private static final Availability PASSED = new Availability("True", "Passed", "all checks passed");
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static Availability no(String reason, String message) {
        return new Availability("False", reason, message);
    }

    /** True where it can be called. */
    public boolean isAvailable() {
        return status.equals("True");
    }

    /**
     * What the objects of the cluster say: not available, or null where the server has to be asked.
     *
     * @param found the service, or null
     * @param slices the endpoint slices of the service
     */
    static @Nullable Availability of(
            Registration.ServiceReference reference, @Nullable ObjectValue found, List<ObjectValue> slices) {
        String where = "service/" + reference.name() + " in " + GoText.quote(reference.namespace());
        if (found == null) {
            return no("ServiceNotFound", where + " is not present");
        }
        ServiceView service = new ServiceView(found);
        if (!service.isType("ClusterIP")) {
            return null;
        }
        ObjectValue port = null;
        for (ObjectValue one : service.ports()) {
            if (port == null && one.longOr("port", 0) == reference.port()) {
                port = one;
            }
        }
        if (port == null) {
            return no("ServicePortError", where + " is not listening on port " + reference.port());
        }
        if (slices.isEmpty()) {
            return no("EndpointsNotFound", "cannot find endpointslices for " + where);
        }
        String name = port.stringOrEmpty("name");
        if (slices.stream().noneMatch(slice -> isReady(slice) && hasPort(slice, name))) {
            return no(
                    "MissingEndpoints",
                    "endpointslices for " + where + " have no addresses with port name " + GoText.quote(name));
        }
        return null;
    }

    private static boolean isReady(ObjectValue slice) {
        for (ObjectValue endpoint : slice.arrayOrEmpty("endpoints").objects()) {
            Value ready = endpoint.at("conditions", "ready");
            if (ready == null
                    || ready.isNull()
                    || endpoint.objectOrEmpty("conditions").isTrue("ready")) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasPort(ObjectValue slice, String name) {
        return slice.arrayOrEmpty("ports").objects().stream()
                .anyMatch(port -> name.equals(port.getString("name")) && port.getLong("port") != null);
    }

    /** Asks the server for the group version; ends within seconds. */
    static CompletableFuture<Availability> ask(Registration registration, Backend backend) {
        ServiceAddress address;
        CompletableFuture<HttpResponse<byte[]>> answer;
        try {
            address = backend.address();
            answer = backend.read(address, registration.root(), Headers.of("Accept", "application/json, */*"), LIMIT);
        } catch (ApiException | GeneralSecurityException | IOException | IllegalArgumentException e) {
            return CompletableFuture.completedFuture(no("FailedDiscoveryCheck", String.valueOf(e.getMessage())));
        }
        String url = "https://" + address + registration.root();
        return answer.handle((response, failure) -> {
            if (failure != null) {
                return failed(url, "Get " + GoText.quote(url) + ": " + BackendFailures.text(failure, address));
            }
            int code = response.statusCode();
            return code / 100 == 2 ? PASSED : failed(url, "bad status from " + url + ": " + code);
        });
    }

    private static Availability failed(String url, String why) {
        return no("FailedDiscoveryCheck", "failing or missing response from " + url + ": " + why);
    }

    /**
     * The object with this as its condition; the very same object where it says so already.
     *
     * @param now the time, as objects have it
     */
    public ObjectValue in(ObjectValue registration, String now) {
        List<Value> conditions = new ArrayList<>();
        ObjectValue before = null;
        for (ObjectValue one :
                registration.objectOrEmpty("status").arrayOrEmpty("conditions").objects()) {
            if (one.stringOrEmpty("type").equals("Available")) {
                before = one;
            }
            conditions.add(one);
        }
        ObjectValue old = before == null ? ObjectValue.EMPTY : before;
        boolean changed = !old.stringOrEmpty("status").equals(status);
        if (!changed
                && old.stringOrEmpty("reason").equals(reason)
                && old.stringOrEmpty("message").equals(message)) {
            return registration;
        }
        ObjectValue condition = ObjectValue.builder()
                .put("type", "Available")
                .put("status", status)
                .put("lastTransitionTime", changed ? now : old.stringOrEmpty("lastTransitionTime"))
                .put("reason", reason)
                .put("message", message)
                .build();
        if (before == null) {
            conditions.add(condition);
        } else {
            conditions.set(conditions.indexOf(before), condition);
        }
        return registration.with("status", ObjectValue.of("conditions", ArrayValue.of(conditions)));
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.ResourceVersions;
import io.apiserver4j.meta.Status;
import io.apiserver4j.storage.StoreException;

/** Failures of the store as the Status that clients of kube-apiserver know. */
final class StoreFailures {
    private StoreFailures() {}

    static ApiException toApi(StoreException failure) {
        return switch (failure.kind()) {
            case COMPACTED ->
                Status.expired("The provided resource version is too old: the requested revision has been compacted")
                        .asException();
            case FUTURE_REVISION -> tooLarge(0, 0);
            case TOO_LARGE ->
                Status.requestTooLarge("etcdserver: request is too large").asException();
            default ->
                Status.serviceUnavailable(String.valueOf(failure.getMessage())).asException();
        };
    }

    static ApiException tooLarge(long wanted, long current) {
        return ResourceVersions.tooLarge(wanted, current, 1);
    }
}

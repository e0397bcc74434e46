// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.contract.DoorContract;
import io.apiserver4j.contract.InProcessDoor;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

class InProcessDoorTest extends DoorContract {
    private @Nullable InProcessDoor door;

    @Override
    protected void open(ApiServer server) {
        door = new InProcessDoor(server);
    }

    @Override
    protected void close() {}

    @Override
    protected Answer send(String method, String target, Map<String, String> headers, byte[] body) {
        return Objects.requireNonNull(door).send(method, target, headers, body);
    }

    @Override
    protected OpenWatch watch(String target) {
        return Objects.requireNonNull(door).watch(target);
    }
}

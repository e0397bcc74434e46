// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.filestore;

import io.apiserver4j.contract.StorageContract;
import io.apiserver4j.storage.KeyValueStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** What makes a store fit to serve: everything in core's contract. */
class FileStoreContractTest extends StorageContract {
    private final MovedClock clock = new MovedClock();

    @TempDir
    private Path folder;

    @Override
    protected KeyValueStore open() throws IOException {
        return FileStore.open(folder.resolve("journal"), clock);
    }

    @Override
    protected void pass(Duration time) {
        clock.move(time);
        ((FileStore) store()).tick();
    }
}

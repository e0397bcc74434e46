// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.filestore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.storage.KeyRange;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.RangeQuery;
import io.apiserver4j.storage.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract does not ask for: that a store comes back as it was. */
class FileStoreTest {
    private final MovedClock clock = new MovedClock();

    @TempDir
    private Path folder;

    private FileStore open() throws IOException {
        return FileStore.open(folder.resolve("journal"), clock);
    }

    private static String body(ApiResponse response) {
        return new String(((ApiResponse.Complete) response).body(), UTF_8);
    }

    @Test
    void aServerFindsItsObjectsAgain() throws IOException {
        String path = "/api/v1/namespaces/default/configmaps";
        String made;
        try (FileStore store = open();
                ApiServer server = ApiServer.builder().store(store).build()) {
            made = body(server.handle(ApiRequest.of(
                    "POST",
                    path,
                    Headers.of("Content-Type", "application/json"),
                    "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"v\"}}".getBytes(UTF_8))));
        }
        try (FileStore store = open();
                ApiServer server = ApiServer.builder().store(store).build()) {
            assertThat(body(server.handle(ApiRequest.get(path + "/a"))))
                    .isEqualTo(made)
                    .contains("\"k\":\"v\"");
            assertThat(server.handle(ApiRequest.get(path + "/b")).code()).isEqualTo(404);
        }
    }

    @Test
    void revisionsAndTimesToLiveComeBack() throws IOException {
        long revision;
        try (FileStore store = open()) {
            store.commit(Precondition.any(), Write.put("/a", bytes("1")));
            store.commit(Precondition.any(), Write.put("/a", bytes("2")));
            store.commit(Precondition.any(), new Write.Put("/b", bytes("soon gone"), 60));
            store.commit(Precondition.any(), Write.put("/c", bytes("gone")));
            store.commit(Precondition.any(), Write.delete("/c"));
            revision = store.currentRevision();
        }
        clock.move(Duration.ofSeconds(30));
        try (FileStore store = open()) {
            assertThat(store.currentRevision()).isEqualTo(revision);
            assertThat(store.range(RangeQuery.of(KeyRange.all())).entries())
                    .extracting(entry -> entry.key() + entry.version())
                    .containsExactly("/a2", "/b1");
            clock.move(Duration.ofSeconds(31));
            store.tick();
            assertThat(store.get("/b")).isNull();
        }
        try (FileStore store = open()) {
            assertThat(store.get("/b")).as("an expiry is an event as any other").isNull();
            assertThat(store.currentRevision()).isEqualTo(revision + 1);
        }
    }

    @Test
    void aHalfWrittenEventIsCutOff() throws IOException {
        try (FileStore store = open()) {
            store.commit(Precondition.any(), Write.put("/a", bytes("1")));
        }
        Path journal = folder.resolve("journal");
        byte[] whole = Files.readAllBytes(journal);
        Files.write(journal, new byte[] {0, 2, '/', 'b', 0, 0}, StandardOpenOption.APPEND);
        try (FileStore store = open()) {
            assertThat(store.get("/b")).isNull();
            assertThat(Files.readAllBytes(journal)).isEqualTo(whole);
            store.commit(Precondition.any(), Write.put("/b", bytes("2")));
        }
        try (FileStore store = open()) {
            assertThat(store.count(KeyRange.all())).isEqualTo(2);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}

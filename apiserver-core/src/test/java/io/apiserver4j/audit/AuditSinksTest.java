// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.Identity;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditSinksTest {
    private static final LogSink.Rotation NEVER = new LogSink.Rotation(0, 0, 0, false);

    @TempDir
    Path folder;

    @Test
    void linesOfJsonAreReadAgain() throws IOException {
        Path file = folder.resolve("new/audit.log");
        try (LogSink sink = LogSink.open(file, false, NEVER, lost -> {})) {
            assertThat(sink.keep(List.of(event("a", ""), event("b", "")))).isTrue();
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        ObjectValue first = JsonReader.readObject(lines.get(0).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(first).isEqualTo(event("a", "").toObject());
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }

    @Test
    void linesOfTextAreLegacyOnes() throws IOException {
        Path file = folder.resolve("audit.log");
        try (LogSink sink = LogSink.open(file, true, NEVER, lost -> {})) {
            sink.keep(List.of(event("a", "")));
        }
        assertThat(Files.readString(file))
                .isEqualTo("1970-01-01T00:00:00.000000Z AUDIT: id=\"a\" stage=\"ResponseComplete\" ip=\"10.0.0.1\""
                        + " method=\"get\" user=\"eve\" groups=\"\\\"dev\\\"\" as=\"<self>\" asgroups=\"<lookup>\""
                        + " user-agent=\"test\" namespace=\"<none>\" uri=\"/version\" response=\"<deferred>\"\n");
    }

    @Test
    void largeFilesAreRotatedAndOldOnesGo() throws Exception {
        Path file = folder.resolve("audit.log");
        try (LogSink sink = LogSink.open(file, false, new LogSink.Rotation(600, 0, 2, true), lost -> {})) {
            for (int i = 0; i < 8; i++) {
                sink.keep(List.of(event("event-" + i, "")));
                Thread.sleep(2); // names tell milliseconds
            }
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<String> names =
                    all.map(path -> path.getFileName().toString()).sorted().toList();
            assertThat(names).hasSize(3).contains("audit.log");
            assertThat(names.get(0)).matches("audit-\\d{4}-\\d\\d-\\d\\dT[0-9.-]+\\.log\\.gz");
        }
        assertThat(Files.readString(file)).contains("event-7");
    }

    @Test
    void aLostDiskIsCountedAndTriedAnew() throws IOException {
        Path file = folder.resolve("sub/audit.log");
        List<Integer> lost = new ArrayList<>();
        try (LogSink sink = LogSink.open(file, false, new LogSink.Rotation(1, 0, 0, false), lost::add)) {
            sink.keep(List.of(event("a", "")));
            Files.delete(file);
            Files.delete(folder.resolve("sub"));
            Files.createFile(folder.resolve("sub"));
            assertThat(sink.keep(List.of(event("b", ""), event("c", "")))).isFalse();
            assertThat(lost).containsExactly(2);
            Files.delete(folder.resolve("sub"));
            assertThat(AuditSink.lenient(sink).keep(List.of(event("d", "")))).isTrue();
        }
        assertThat(Files.readString(file)).contains("\"d\"");
    }

    @Test
    void bigEventsLoseTheirObjectsAndBiggerOnesAreDropped() {
        List<List<AuditEvent>> batches = new ArrayList<>();
        List<Integer> lost = new ArrayList<>();
        TruncatingSink sink = new TruncatingSink(
                events -> {
                    batches.add(events);
                    return true;
                },
                1000,
                1100,
                lost::add);
        AuditEvent small = event("a", "x");
        AuditEvent large = event("b", "x".repeat(2000));
        AuditEvent agent = new AuditEvent(
                AuditLevel.METADATA,
                "c",
                AuditStage.RESPONSE_COMPLETE,
                "/" + "x".repeat(2000),
                "get",
                Identity.of("eve"),
                null,
                List.of(),
                "",
                null,
                null,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of());
        assertThat(sink.keep(List.of(small, large, agent, small))).isTrue();
        assertThat(lost).containsExactly(1);
        List<AuditEvent> all = batches.stream().flatMap(List::stream).toList();
        assertThat(all).hasSize(3);
        assertThat(all.get(1).requestObject()).isNull();
        assertThat(all.get(1).annotations()).containsEntry("audit.k8s.io/truncated", "true");
        assertThat(batches).hasSizeGreaterThan(1);
    }

    @Test
    void batchesAreHandedOnAndAFullBufferLosesOnlyWhatComesThen() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        List<AuditEvent> kept = Collections.synchronizedList(new ArrayList<>());
        List<Integer> lost = Collections.synchronizedList(new ArrayList<>());
        BufferedSink sink = new BufferedSink(
                events -> {
                    busy.countDown();
                    try {
                        hold.await();
                    } catch (InterruptedException e) {
                        return false;
                    }
                    kept.addAll(events);
                    return true;
                },
                new BufferedSink.Batches(3, 1, Duration.ZERO, 0, 1),
                lost::add);
        sink.keep(List.of(event("0", "")));
        busy.await();
        for (int i = 1; i <= 5; i++) {
            assertThat(sink.keep(List.of(event("" + i, "")))).isTrue();
        }
        hold.countDown();
        sink.close();
        assertThat(kept).extracting(AuditEvent::auditId).containsExactly("0", "1", "2", "3");
        assertThat(lost).containsExactly(1, 1);
    }

    private static AuditEvent event(String id, String sent) {
        return new AuditEvent(
                AuditLevel.REQUEST,
                id,
                AuditStage.RESPONSE_COMPLETE,
                "/version",
                "get",
                Identity.of("eve", "dev"),
                null,
                List.of("10.0.0.1"),
                "test",
                null,
                null,
                sent.isEmpty() ? null : ObjectValue.of("data", Value.of(sent)),
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of());
    }
}

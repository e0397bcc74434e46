// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events to a file, a line each, and begins a new file when it gets too large; old ones are named after the time at
 * which they ended. A file that can't be written is tried anew with the next event.
 */
public final class LogSink implements AuditSink {
    private static final Logger LOG = LoggerFactory.getLogger(LogSink.class);
    private static final DateTimeFormatter ENDED = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final long DAY_MILLIS = 86_400_000L;

    private final Rotation rotation;
    private final boolean legacy;
    private final IntConsumer lost;
    private final @Nullable Path file;
    private @Nullable OutputStream out;
    private long size;

    /**
     * When a new file is begun, and how long old ones stay.
     *
     * @param bytes the largest file, 0 for no end
     * @param days how long old files stay, 0 for ever
     * @param files how many old files stay, 0 for all
     * @param compress whether old files are packed with gzip
     */
    public record Rotation(long bytes, int days, int files, boolean compress) {}

    private LogSink(
            @Nullable Path file, @Nullable OutputStream out, boolean legacy, Rotation rotation, IntConsumer lost) {
        this.file = file;
        this.out = out;
        this.legacy = legacy;
        this.rotation = rotation;
        this.lost = lost;
    }

    /**
     * A log in a file, which is made with its folder where it is missing, for its owner's eyes only.
     *
     * @param legacy lines of text instead of JSON
     * @param lost takes the number of events that could not be written
     * @throws IOException where the file can't be opened
     */
    public static LogSink open(Path file, boolean legacy, Rotation rotation, IntConsumer lost) throws IOException {
        LogSink sink = new LogSink(file, null, legacy, rotation, lost);
        sink.begin(file);
        return sink;
    }

    /** A log on a stream, which stays open. */
    public static LogSink on(OutputStream stream, boolean legacy, IntConsumer lost) {
        return new LogSink(null, stream, legacy, new Rotation(0, 0, 0, false), lost);
    }

    private OutputStream begin(Path path) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.exists(folder)) {
            Files.createDirectories(folder);
            own(folder, "rwx------");
        }
        boolean fresh = !Files.exists(path);
        OutputStream opened = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (fresh) {
            own(path, "rw-------");
        }
        size = Files.size(path);
        out = opened;
        return opened;
    }

    private static void own(Path path, String rights) throws IOException {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
        } catch (UnsupportedOperationException e) {
            LOG.debug("no such rights on this file system", e);
        }
    }

    @Override
    public boolean keep(List<AuditEvent> events) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(1024 * events.size());
        for (AuditEvent event : events) {
            lines.writeBytes(legacy ? event.toLine().getBytes(StandardCharsets.UTF_8) : event.toJson());
            lines.write('\n');
        }
        try {
            write(lines.toByteArray());
            return true;
        } catch (IOException e) {
            LOG.error("{} audit events could not be written", events.size(), e);
            lost.accept(events.size());
            return false;
        }
    }

    private synchronized void write(byte[] lines) throws IOException {
        Path path = file;
        OutputStream open = out;
        if (path != null && rotation.bytes() > 0 && size > 0 && size + lines.length > rotation.bytes()) {
            rotate(path);
            open = out;
        }
        if (open == null) {
            if (path == null) {
                throw new IOException("the log is closed");
            }
            open = begin(path);
        }
        try {
            open.write(lines);
            open.flush();
            size += lines.length;
        } catch (IOException e) {
            if (path != null) {
                out = null; // anew with the next event
                open.close();
            }
            throw e;
        }
    }

    private void rotate(Path path) throws IOException {
        OutputStream open = out;
        if (open != null) {
            open.close();
            out = null;
        }
        if (!Files.exists(path)) { // somebody else took it away
            begin(path);
            return;
        }
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        String end = dot < 0 ? "" : name.substring(dot);
        Path old = path.resolveSibling(stem + "-" + ENDED.format(Instant.now()) + end);
        Files.move(path, old);
        begin(path);
        try {
            if (rotation.compress()) {
                pack(old);
            }
            prune(path, stem + "-", end);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("old audit logs could not be cleared away", e);
        }
    }

    private static void pack(Path old) throws IOException {
        Path packed = old.resolveSibling(old.getFileName() + ".gz");
        try (InputStream in = Files.newInputStream(old);
                OutputStream zip = new GZIPOutputStream(Files.newOutputStream(packed))) {
            in.transferTo(zip);
        }
        own(packed, "rw-------");
        Files.delete(old);
    }

    private void prune(Path path, String start, String end) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        List<Path> old;
        try (Stream<Path> all = Files.list(folder)) {
            old = new ArrayList<>(all.filter(one -> isOld(one.getFileName().toString(), start, end))
                    .sorted(Comparator.comparing((Path one) -> one.getFileName().toString())
                            .reversed())
                    .toList());
        }
        long oldest = System.currentTimeMillis() - rotation.days() * DAY_MILLIS;
        for (int i = 0; i < old.size(); i++) {
            boolean tooMany = rotation.files() > 0 && i >= rotation.files();
            boolean tooOld =
                    rotation.days() > 0 && Files.getLastModifiedTime(old.get(i)).toMillis() < oldest;
            if (tooMany || tooOld) {
                Files.deleteIfExists(old.get(i));
            }
        }
    }

    private static boolean isOld(String name, String start, String end) {
        return name.startsWith(start) && (name.endsWith(end) || name.endsWith(end + ".gz"));
    }

    @Override
    public synchronized void close() {
        OutputStream open = out;
        if (file != null && open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.warn("an audit log could not be closed", e);
            }
            out = null;
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.filestore;

import io.apiserver4j.storage.StoreException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file of events, one behind the other: key, length of the value or -1 for a removal, end of life or 0, value. */
final class Journal implements AutoCloseable {
    private final FileChannel file;
    private final DataOutputStream out;
    private long flushed; // the last revision that is in the file; guarded by this
    private @Nullable IOException failure; // guarded by this
    private boolean closed; // guarded by this

    /** Takes one event that was read. */
    interface Reader {
        void event(String key, byte @Nullable [] value, long end);
    }

    private Journal(FileChannel file) {
        this.file = file;
        out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16));
    }

    /** Opens a file, and gives all whole events in it to a reader. */
    static Journal open(Path path, Reader reader) throws IOException {
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        long whole = 0;
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(file), 1 << 16));
        try {
            while (true) {
                String key = in.readUTF();
                int length = in.readInt();
                long end = in.readLong();
                byte[] value = length < 0 ? null : in.readNBytes(length);
                if (value != null && value.length < length) {
                    throw new EOFException();
                }
                whole += 2 + key.length() + 4 + 8 + Math.max(length, 0); // keys are ASCII
                reader.event(key, value, end);
            }
        } catch (EOFException e) {
            file.truncate(whole);
            file.position(whole);
        }
        return new Journal(file);
    }

    synchronized void append(String key, byte @Nullable [] value, long end) {
        try {
            out.writeUTF(key);
            out.writeInt(value == null ? -1 : value.length);
            out.writeLong(end);
            if (value != null) {
                out.write(value);
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Brings all events so far to the disk; {@code revision} is the last one's. */
    synchronized void flush(long revision) {
        try {
            out.flush();
            file.force(false);
            flushed = revision;
        } catch (IOException e) {
            failure = e;
        }
        notifyAll();
    }

    /** Waits until the events up to a revision are on the disk. */
    synchronized void await(long revision) {
        while (flushed < revision) {
            if (failure != null || closed) {
                throw StoreException.unavailable("the journal can't be written", failure);
            }
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw StoreException.unavailable("interrupted while writing", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        try {
            out.close();
        } catch (IOException e) {
            failure = e;
        }
    }
}

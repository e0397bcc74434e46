// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.store.StoredObject;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The text of a long list in chunks, made when the subscriber asks for them: memory does not grow with the list, and a slow
 * reader holds a snapshot and no lock. Objects are copied as stored, with their revision spliced in.
 */
final class ListStream implements Flow.Publisher<List<ByteBuffer>>, Flow.Subscription {
    private static final int CHUNK = 128 << 10;

    private final byte[] head;
    private final byte[] tail;
    private final Iterator<StoredObject> objects;
    private final int skip;
    private final AtomicLong demand = new AtomicLong();
    private Flow.@Nullable Subscriber<? super List<ByteBuffer>> subscriber;
    private @Nullable StoredObject pending;
    private boolean begun;
    private volatile boolean done;

    /**
     * A list of objects between two texts.
     *
     * @param skip how many bytes of each object to leave out behind its opening brace (kind and apiVersion)
     */
    ListStream(byte[] head, List<StoredObject> objects, int skip, byte[] tail) {
        this.head = head;
        this.objects = objects.iterator();
        this.skip = skip;
        this.tail = tail;
    }

    /** The whole text of a short list. */
    static ByteBuffer whole(byte[] head, List<StoredObject> objects, int skip, byte[] tail) {
        int size = head.length + tail.length;
        for (StoredObject object : objects) {
            size += length(object, skip) + 1;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put(head);
        boolean first = true;
        for (StoredObject object : objects) {
            if (!first) {
                out.put((byte) ',');
            }
            first = false;
            put(out, object, skip);
        }
        return out.put(tail).flip();
    }

    private static int length(StoredObject object, int skip) {
        return skip == 0 ? object.jsonLength(0) : object.jsonLength(skip + 1) + 1;
    }

    private static void put(ByteBuffer out, StoredObject object, int skip) {
        if (skip == 0) {
            object.writeJson(out, 0);
        } else {
            out.put((byte) '{');
            object.writeJson(out, skip + 1);
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super List<ByteBuffer>> wanted) {
        subscriber = wanted;
        wanted.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        if (demand.getAndAccumulate(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b) != 0) {
            return; // a request is being served further up the stack or on another thread
        }
        Flow.Subscriber<? super List<ByteBuffer>> to = subscriber;
        long left = demand.get();
        while (to != null && !done) {
            ByteBuffer chunk = chunk();
            to.onNext(List.of(chunk));
            if (done) {
                to.onComplete();
                return;
            }
            left = demand.decrementAndGet();
            if (left == 0) {
                return;
            }
        }
    }

    @Override
    public void cancel() {
        done = true;
    }

    private ByteBuffer chunk() {
        ByteBuffer out = ByteBuffer.allocate(CHUNK);
        if (!begun) {
            out.put(head);
            begun = true;
            pending = objects.hasNext() ? objects.next() : null;
        } else if (pending != null) {
            out.put((byte) ',');
        }
        while (true) {
            StoredObject object = pending;
            if (object == null) {
                if (out.remaining() < tail.length) {
                    out = grown(out, tail.length);
                }
                out.put(tail);
                done = true;
                return out.flip();
            }
            int length = length(object, skip);
            if (out.remaining() < length + 1) {
                if (out.position() > head.length + 1) {
                    if (out.get(out.position() - 1) == ',') {
                        out.position(out.position() - 1); // goes first in the next chunk
                    }
                    return out.flip();
                }
                out = grown(out, length + 1);
            }
            put(out, object, skip);
            pending = objects.hasNext() ? objects.next() : null;
            if (pending != null) {
                out.put((byte) ',');
            }
        }
    }

    private static ByteBuffer grown(ByteBuffer full, int more) {
        return ByteBuffer.allocate(full.position() + more + 1).put(full.flip());
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.meta.Status;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.StoredObjects;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.ObjectValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchStreamTest {
    private final WatchStream stream = new WatchStream(new StoredFrames(ObjectValue.EMPTY));
    private final Reader reader = new Reader();

    private static StoredObject object(long revision) {
        return StoredObjects.of("/things/a", "{\"metadata\":{\"name\":\"a\",\"labels\":{}}}", revision);
    }

    private void event(long revision) {
        stream.event(ObjectEvent.Type.MODIFIED, ObjectEvent.of(ObjectEvent.Type.MODIFIED, object(revision), object(1)));
    }

    /** Notes the type and revision of each frame. */
    private static final class Reader implements Flow.Subscriber<List<ByteBuffer>> {
        final List<String> frames = new ArrayList<>();
        int completed;
        int groups;
        Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(List<ByteBuffer> group) {
            assertThat(completed).isZero();
            groups++;
            for (ByteBuffer frame : group) {
                String text = StandardCharsets.UTF_8.decode(frame.duplicate()).toString();
                assertThat(text).endsWith("}\n");
                String type = text.substring(9, text.indexOf('"', 9));
                int at = text.indexOf("resourceVersion\":\"");
                frames.add(at < 0 ? type : type + " " + text.substring(at + 18, text.indexOf('"', at + 18)));
            }
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            completed++;
        }
    }

    @Test
    void initialObjectsThenTheBookmarkThenEvents() {
        stream.begin(List.of(object(3), object(5)), 6);
        event(7);
        stream.subscribe(reader);
        reader.subscription.request(Long.MAX_VALUE);
        event(8);
        stream.bookmark(9);
        assertThat(reader.frames)
                .containsExactly("ADDED 3", "ADDED 5", "BOOKMARK 6", "MODIFIED 7", "MODIFIED 8", "BOOKMARK 9");
        stream.finish();
        assertThat(reader.completed).isEqualTo(1);
        event(10);
        assertThat(reader.frames).hasSize(6);
    }

    @Test
    void nothingLeavesUnasked() {
        stream.subscribe(reader);
        event(1);
        event(2);
        assertThat(reader.frames).isEmpty();
        reader.subscription.request(1);
        assertThat(reader.frames).as("what waits leaves together").containsExactly("MODIFIED 1", "MODIFIED 2");
        event(3);
        assertThat(reader.groups).isEqualTo(1);
        reader.subscription.request(1);
        assertThat(reader.frames).endsWith("MODIFIED 3");
    }

    @Test
    void endsBehindWhatIsQueued() {
        stream.subscribe(reader);
        event(1);
        stream.end(Status.expired("too old").asException());
        assertThat(reader.completed).isZero();
        reader.subscription.request(1);
        reader.subscription.request(1);
        assertThat(reader.frames).containsExactly("MODIFIED 1", "ERROR");
        assertThat(reader.completed).isEqualTo(1);
    }

    @Test
    void anEndWithNothingQueuedNeedsNoDemand() {
        stream.subscribe(reader);
        stream.end(null);
        assertThat(reader.completed).isEqualTo(1);
        assertThat(reader.frames).isEmpty();
    }

    @Test
    void whoDoesNotReadIsCutOff() {
        AtomicInteger done = new AtomicInteger();
        stream.begin(List.of(object(1)), -1);
        stream.onDone(done::incrementAndGet);
        stream.subscribe(reader);
        for (int i = 0; i <= WatchStream.LONGEST_QUEUE; i++) {
            assertThat(reader.completed).isZero();
            event(i + 2);
        }
        assertThat(reader.completed).as("at once, though it asked for nothing").isEqualTo(1);
        assertThat(done).hasValue(1);
        reader.subscription.request(100);
        assertThat(reader.frames).isEmpty();
    }

    @Test
    void cancellingFreesWhatStandsBehind() {
        AtomicInteger done = new AtomicInteger();
        stream.subscribe(reader);
        stream.onDone(done::incrementAndGet);
        reader.subscription.request(10);
        reader.subscription.cancel();
        stream.cancel();
        event(1);
        assertThat(done).hasValue(1);
        assertThat(reader.frames).isEmpty();
        assertThat(reader.completed).isZero();
    }

    @Test
    void whatIsToBeDoneAtTheEndIsDoneEvenIfThatIsOver() {
        AtomicInteger done = new AtomicInteger();
        stream.cancel();
        stream.onDone(done::incrementAndGet);
        assertThat(done).hasValue(1);
    }

    @Test
    void framesOfAnEventAreMadeOnce() {
        ObjectEvent event = ObjectEvent.of(ObjectEvent.Type.ADDED, object(4), null);
        FrameEncoder one = new StoredFrames(ObjectValue.EMPTY);
        FrameEncoder other = new StoredFrames(ObjectValue.EMPTY);
        assertThat(one.event(ObjectEvent.Type.ADDED, event)).isSameAs(other.event(ObjectEvent.Type.ADDED, event));
        assertThat(one.event(ObjectEvent.Type.MODIFIED, event)).isNotSameAs(one.event(ObjectEvent.Type.ADDED, event));
    }

    @Test
    void eventsFromOneThreadAndDemandFromAnotherKeepTheOrder() throws InterruptedException {
        stream.subscribe(reader);
        Thread asking = new Thread(() -> {
            for (int i = 0; i < 3000; i++) {
                reader.subscription.request(1);
            }
        });
        asking.start();
        for (int i = 1; i <= 3000; i++) {
            event(i);
        }
        asking.join();
        reader.subscription.request(Long.MAX_VALUE);
        assertThat(reader.frames).hasSize(3000);
        for (int i = 0; i < 3000; i++) {
            assertThat(reader.frames.get(i)).isEqualTo("MODIFIED " + (i + 1));
        }
    }
}

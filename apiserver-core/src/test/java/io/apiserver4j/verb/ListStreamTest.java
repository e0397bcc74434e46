// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.StoredObjects;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListStreamTest {
    private static final byte[] HEAD = "{\"kind\":\"ThingList\",\"items\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAIL = "]}\n".getBytes(StandardCharsets.US_ASCII);
    private static final String TYPES = "\"kind\":\"Thing\",\"apiVersion\":\"v1\",";
    private static final int CHUNK = 128 << 10;

    private static StoredObject object(int i, int size) {
        String json = "{" + TYPES + "\"metadata\":{\"name\":\"n" + i + "\",\"labels\":{}},\"data\":\""
                + "x".repeat(size) + "\"}";
        return StoredObjects.of("/things/n" + i, json, 100 + i);
    }

    private static String expected(List<StoredObject> objects) {
        return "{\"kind\":\"ThingList\",\"items\":["
                + objects.stream()
                        .map(one -> "{" + StoredObjects.text(one).substring(1 + TYPES.length()))
                        .collect(Collectors.joining(","))
                + "]}\n";
    }

    /** Takes chunks one by one, as often as it is told. */
    private static class Reader implements Flow.Subscriber<List<ByteBuffer>> {
        final StringBuilder text = new StringBuilder();
        final List<Integer> sizes = new ArrayList<>();
        int completed;
        Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(List<ByteBuffer> group) {
            assertThat(completed).isZero();
            int size = 0;
            for (ByteBuffer part : group) {
                size += part.remaining();
                text.append(StandardCharsets.UTF_8.decode(part.duplicate()));
            }
            sizes.add(size);
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

    private static Reader read(List<StoredObject> objects, long atOnce) {
        Reader reader = new Reader();
        new ListStream(HEAD, objects, TYPES.length(), TAIL).subscribe(reader);
        for (int i = 0; i < 10_000 && reader.completed == 0; i++) {
            reader.subscription.request(atOnce);
        }
        return reader;
    }

    private static void check(List<StoredObject> objects) {
        for (long atOnce : new long[] {1, 3, Long.MAX_VALUE}) {
            Reader reader = read(objects, atOnce);
            assertThat(reader.text.toString().equals(expected(objects))).isTrue();
            assertThat(reader.completed).isEqualTo(1);
        }
        ByteBuffer whole = ListStream.whole(HEAD, objects, TYPES.length(), TAIL);
        assertThat(StandardCharsets.UTF_8.decode(whole).toString().equals(expected(objects)))
                .isTrue();
    }

    @Test
    void anEmptyListIsAList() {
        check(List.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, CHUNK - 250, CHUNK, 2 * CHUNK})
    void objectsOfAnySize(int size) {
        check(List.of(object(1, size)));
        check(List.of(object(1, size), object(2, size)));
        check(List.of(object(1, 5), object(2, size), object(3, 5)));
        check(List.of(object(1, size), object(2, 5), object(3, size), object(4, size), object(5, 0)));
    }

    /** Every way in which an object can meet the end of a chunk. */
    @Test
    void everyPlaceOfTheBoundary() {
        int overhead = expected(List.of(object(1, 0))).length();
        for (int delta = -130; delta <= 10; delta++) {
            check(List.of(object(1, CHUNK - overhead + delta), object(2, 1), object(3, 1)));
        }
    }

    @Test
    void randomLists() {
        long seed = Long.getLong("list.seed", System.nanoTime());
        System.out.println("list.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            List<StoredObject> objects = new ArrayList<>();
            int count = random.nextInt(40);
            for (int i = 0; i < count; i++) {
                objects.add(object(i, random.nextInt(10) == 0 ? random.nextInt(2 * CHUNK) : random.nextInt(9000)));
            }
            check(objects);
        }
    }

    @Test
    void chunksComeWhenAskedForAndStayBounded() {
        List<StoredObject> objects = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            objects.add(object(i, 5000));
        }
        Reader reader = new Reader();
        new ListStream(HEAD, objects, TYPES.length(), TAIL).subscribe(reader);
        assertThat(reader.sizes).isEmpty();
        reader.subscription.request(1);
        assertThat(reader.sizes).hasSize(1);
        reader.subscription.request(2);
        assertThat(reader.sizes).hasSize(3).allMatch(size -> size > CHUNK / 2 && size <= CHUNK);
        reader.subscription.cancel();
        reader.subscription.request(5);
        assertThat(reader.sizes).hasSize(3);
        assertThat(reader.completed).isZero();
    }

    @Test
    void askingFromWithinADeliveryDoesNotRecurse() {
        List<StoredObject> objects = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            objects.add(object(i, CHUNK));
        }
        int[] depth = new int[2];
        Reader reader = new Reader() {
            @Override
            public void onNext(List<ByteBuffer> group) {
                depth[0]++;
                depth[1] = Math.max(depth[1], depth[0]);
                sizes.add(group.get(0).remaining());
                subscription.request(1);
                depth[0]--;
            }
        };
        new ListStream(HEAD, objects, TYPES.length(), TAIL).subscribe(reader);
        reader.subscription.request(1);
        assertThat(reader.completed).isEqualTo(1);
        assertThat(depth[1]).isEqualTo(1);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.store.ListQuery;
import io.apiserver4j.store.ObjectPage;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.StoredObjects;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects over a store: what the cache shows is what the store has, page by page and revision by revision. */
public abstract class ObjectStoreContract {
    private static final ResourceDefinition MAPS = maps();
    private static final Predicate<StoredObject> RED =
            object -> object.header().labels().stringOrEmpty("color").equals("red");

    private @Nullable KeyValueStore under;
    private @Nullable Stores stores;

    /** A store without config maps; closed after each test. */
    protected abstract KeyValueStore open() throws Exception;

    @BeforeEach
    void start() throws Exception {
        under = open();
        stores = new Stores(under);
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(stores).close();
        Objects.requireNonNull(under).close();
    }

    private static ResourceDefinition maps() {
        try (ApiServer server = ApiServer.builder().build()) {
            return Objects.requireNonNull(server.catalog().find("", "v1", "configmaps"));
        }
    }

    private ObjectStore store() {
        return Objects.requireNonNull(stores).of(MAPS);
    }

    private static ObjectValue object(String namespace, String name, String color, String data) {
        return JsonReader.readObject(("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"" + name
                        + "\",\"namespace\":\"" + namespace + "\",\"labels\":{\"color\":\"" + color
                        + "\"}},\"data\":{\"k\":\"" + data + "\"}}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private static ListQuery query(String namespace, boolean red, long limit, long exactly, String start) {
        ListQuery.Match match = exactly > 0 ? ListQuery.Match.EXACT : ListQuery.Match.LATEST;
        return new ListQuery(namespace, red ? RED : one -> true, red, limit, match, exactly, start);
    }

    private static List<String> texts(ObjectPage page) {
        return page.objects().stream().map(StoredObjects::text).toList();
    }

    /** All pages of a list, each at the first one's revision. */
    private List<String> paged(String namespace, boolean red, long limit) {
        ObjectPage page = store().list(query(namespace, red, limit, 0, ""));
        List<String> out = new ArrayList<>(texts(page));
        while (page.nextKey() != null) {
            assertThat(page.objects()).hasSize((int) limit);
            page = store().list(query(namespace, red, limit, page.revision(), page.nextKey()));
            out.addAll(texts(page));
        }
        return out;
    }

    @Test
    void cachedAndDirectAreTheSame() {
        long seed = Long.getLong("objects.seed", System.nanoTime());
        System.out.println("objects.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String namespace = "n" + random.nextInt(3);
            String name = "m" + random.nextInt(9);
            String color = random.nextBoolean() ? "red" : "blue";
            StoredObject found = store().get(namespace, name);
            if (found == null) {
                store().create(object(namespace, name, color, "" + i));
            } else if (random.nextInt(3) == 0) {
                assertThat(store().delete(found)).isPositive();
            } else {
                assertThat(store().replace(found, object(namespace, name, color, "" + i)))
                        .isNotNull();
            }
            if (i % 10 > 0) {
                continue;
            }
            String where = random.nextBoolean() ? "" : namespace;
            boolean red = random.nextBoolean();
            ObjectPage cached = store().list(query(where, red, 0, 0, ""));
            ObjectPage direct = store().list(query(where, red, 0, cached.revision(), ""));
            assertThat(texts(cached)).as("seed %d", seed).isEqualTo(texts(direct));
            assertThat(cached.revision()).isEqualTo(store().currentRevision());
            assertThat(paged(where, red, 1 + random.nextInt(5)))
                    .as("seed %d", seed)
                    .isEqualTo(texts(cached));
        }
    }

    @Test
    void writesMindWhatWasReadBefore() {
        StoredObject made = store().create(object("n", "a", "red", "1"));
        assertThatThrownBy(() -> store().create(object("n", "a", "red", "2")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status().code()).isEqualTo(409));
        StoredObject changed = store().replaceIfChanged(made, object("n", "a", "red", "2"));
        assertThat(Objects.requireNonNull(changed).revision()).isGreaterThan(made.revision());
        assertThat(store().replaceIfChanged(made, object("n", "a", "red", "3")))
                .as("somebody was faster")
                .isNull();
        assertThat(store().replaceIfChanged(changed, object("n", "a", "red", "2")))
                .as("nothing changes")
                .isSameAs(changed);
        assertThat(store().delete(made)).isZero();
        assertThat(store().delete(changed)).isGreaterThan(changed.revision());
        assertThat(store().get("n", "a")).isNull();
    }

    @Test
    void aPageTellsWhatIsLeft() {
        for (int i = 0; i < 10; i++) {
            store().create(object("n", "m" + i, i % 2 == 0 ? "red" : "blue", ""));
        }
        ObjectPage first = store().list(query("n", false, 4, 0, ""));
        assertThat(first.remaining()).isEqualTo(6);
        ObjectPage second =
                store().list(query("n", false, 4, first.revision(), Objects.requireNonNull(first.nextKey())));
        assertThat(second.remaining()).isEqualTo(2);
        assertThat(store().list(query("n", false, 10, 0, "")).nextKey()).isNull();
        ObjectPage filtered = store().list(query("n", true, 2, 0, ""));
        assertThat(filtered.nextKey()).isNotNull();
        assertThat(filtered.remaining()).as("not known behind a selector").isNull();
    }

    @Test
    void pagesGoOnInTheStateTheyBeganIn() {
        for (int i = 0; i < 6; i++) {
            store().create(object("n", "m" + i, "red", "before"));
        }
        ObjectPage first = store().list(query("n", false, 2, 0, ""));
        store().delete(Objects.requireNonNull(store().get("n", "m3")));
        store().create(object("n", "m9", "red", "after"));
        ObjectPage rest = store().list(query("n", false, 0, first.revision(), Objects.requireNonNull(first.nextKey())));
        assertThat(rest.objects()).extracting(one -> one.header().name()).containsExactly("m2", "m3", "m4", "m5");
        Objects.requireNonNull(under).compact(store().currentRevision());
        assertThatThrownBy(() -> store().list(query("n", false, 2, first.revision(), "n/m2")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status().code()).isEqualTo(410));
    }

    @Test
    void aRevisionThatIsNotThereYet() {
        long future = store().currentRevision() + 1000;
        for (ListQuery.Match match : List.of(ListQuery.Match.EXACT, ListQuery.Match.NOT_OLDER)) {
            assertThatThrownBy(() -> store().list(new ListQuery("", one -> true, false, 0, match, future, "")))
                    .isInstanceOfSatisfying(
                            ApiException.class,
                            e -> assertThat(e.status().code()).isEqualTo(504));
        }
    }
}

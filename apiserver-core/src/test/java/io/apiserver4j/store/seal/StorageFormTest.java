// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Headers;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.server.ApiServer;
import io.apiserver4j.server.StorageSettings;
import io.apiserver4j.storage.Entry;
import io.apiserver4j.storage.Precondition;
import io.apiserver4j.storage.Write;
import io.apiserver4j.storage.memory.MemoryStore;
import io.apiserver4j.value.JsonReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the store is what kube-apiserver would have written, and all that it may have written is read. */
class StorageFormTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String KEY = "/registry/configmaps/default/a";

    private static final String JSON = "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\","
            + "\"namespace\":\"default\",\"uid\":\"u\",\"creationTimestamp\":\"2020-01-02T03:04:05Z\"},"
            + "\"data\":{\"k\":\"v\"}}";

    /** The same object as kube-apiserver writes it, field by field. */
    private static final String PROTOBUF = "6b387300" // the mark
            + "0a0f" + "0a027631" + "1209" + hex("ConfigMap") // its type
            + "122b" // the object: metadata with name, generateName, namespace, selfLink, uid, resourceVersion, ...
            + "0a21" + "0a01" + hex("a") + "1200" + "1a07" + hex("default") + "2200" + "2a01" + hex("u") + "3200"
            + "3800" + "4208" + "08a5bbb5f005" + "1000" // ... generation and the time of creation
            + "1206" + "0a01" + hex("k") + "1201" + hex("v") // and its one datum
            + "1a00" + "2200"; // neither encoding nor content type

    private final MemoryStore store = MemoryStore.builder().build();

    @AfterEach
    void close() {
        store.close();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ApiServer server(StorageSettings settings) {
        return ApiServer.builder().store(store).storage(settings).build();
    }

    private void put(String key, byte[] value) {
        store.commit(Precondition.any(), Write.put(key, value));
    }

    private byte[] stored(String key) {
        Entry entry = Objects.requireNonNull(store.get(key), key);
        return entry.value();
    }

    private static String text(ApiServer server, String method, String path, String body) {
        Headers headers = Headers.of("Content-Type", "application/json");
        ApiResponse answer = server.handle(ApiRequest.of(method, path, headers, bytes(body)));
        return answer.code() + " " + new String(((ApiResponse.Complete) answer).body(), StandardCharsets.UTF_8);
    }

    @Test
    void whatOthersLeftToDefaultsIsFilledAndVersionsThatAreNotServedAreRead() {
        put(
                "/registry/persistentvolumeclaims/default/c",
                bytes("{\"apiVersion\":\"v1\",\"kind\":\"PersistentVolumeClaim\",\"metadata\":{\"name\":\"c\","
                        + "\"namespace\":\"default\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"]}}"));
        put(
                "/registry/podcertificaterequests/default/p",
                bytes("{\"apiVersion\":\"certificates.k8s.io/v1beta1\",\"kind\":\"PodCertificateRequest\",\"metadata\":"
                        + "{\"name\":\"p\",\"namespace\":\"default\"},\"spec\":{\"podName\":\"web\"}}"));
        try (ApiServer server = server(StorageSettings.SHARED)) {
            assertThat(text(server, "GET", "/api/v1/namespaces/default/persistentvolumeclaims/c", ""))
                    .startsWith("200 ")
                    .contains("\"volumeMode\":\"Filesystem\"", "\"phase\":\"Pending\"");
            assertThat(text(
                            server,
                            "GET",
                            "/apis/certificates.k8s.io/v1/namespaces/default/podcertificaterequests/p",
                            ""))
                    .startsWith("200 ")
                    .contains("\"apiVersion\":\"certificates.k8s.io/v1\"", "\"podName\":\"web\"");
        }
    }

    @Test
    void theBytesAreThoseOfTheRealServerInBothForms() {
        ResourceDefinition maps;
        try (ApiServer server = server(StorageSettings.SHARED)) {
            maps = Objects.requireNonNull(server.catalog().find("", "v1", "configmaps"));
        }
        byte[] json = bytes(JSON);
        StorageForm form = new StorageForm(maps, true, null, null);
        assertThat(HexFormat.of().formatHex(form.close(KEY, json, JsonReader.readObject(json))))
                .isEqualTo(PROTOBUF);
        assertThat(new StorageForm(maps, false, null, null).close(KEY, json, JsonReader.readObject(json)))
                .asString()
                .isEqualTo(JSON + "\n");
        String shuffled = "{\"data\":{\"k\":\"v\"},\"metadata\":{\"creationTimestamp\":\"2020-01-02T03:04:05Z\","
                + "\"uid\":\"u\",\"namespace\":\"default\",\"name\":\"a\",\"resourceVersion\":\"7\"},"
                + "\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"}";
        assertThat(form.open(KEY, HexFormat.of().parseHex(PROTOBUF)))
                .usingRecursiveComparison()
                .isEqualTo(new Opened(json, false));
        for (String other : new String[] {JSON, JSON + "\n", shuffled}) {
            assertThat(form.open(KEY, bytes(other))).usingRecursiveComparison().isEqualTo(new Opened(json, true));
        }
        assertThatThrownBy(() -> form.open(KEY, bytes("{\"kind\":\"X\",\"apiVersion\":\"v1\"}")))
                .isInstanceOf(SealException.class)
                .hasMessageStartingWith("no kind \"X\" is registered for version \"v1\"");
    }

    @Test
    void anObjectInAnotherFormIsServedAndRewrittenByAWriteThatChangesNothing() {
        try (ApiServer server = server(StorageSettings.SHARED)) {
            put(KEY, bytes(JSON + "\n"));
            String before = text(server, "GET", MAPS + "/a", "");
            assertThat(before).startsWith("200 ").contains("\"k\":\"v\"");
            assertThat(text(server, "GET", MAPS, "")).contains("\"uid\":\"u\"");
            String object = before.substring(4);
            assertThat(text(server, "PUT", MAPS + "/a", object)).startsWith("200 ");
            assertThat(HexFormat.of().formatHex(stored(KEY))).isEqualTo(PROTOBUF);
            long revision = store.currentRevision();
            assertThat(text(
                            server,
                            "PUT",
                            MAPS + "/a",
                            text(server, "GET", MAPS + "/a", "").substring(4)))
                    .startsWith("200 ");
            assertThat(store.currentRevision()).isEqualTo(revision);
        }
    }

    @Test
    void whatCannotBeReadIsSaidAndTheRestGoesOn(@TempDir Path folder) throws Exception {
        Path keys = folder.resolve("keys.yaml");
        String file = "kind: EncryptionConfiguration\napiVersion: apiserver.config.k8s.io/v1\nresources:\n"
                + "- resources: [configmaps]\n  providers:\n  - aesgcm:\n      keys:\n      - name: key1\n"
                + "        secret: MDEyMzQ1Njc4OWFiY2RlZg==\n";
        Files.writeString(keys, file);
        StorageSettings settings = StorageSettings.SHARED.withEncryption(keys, false);
        try (ApiServer server = server(settings)) {
            assertThat(text(server, "POST", MAPS, JSON)).startsWith("201 ");
            assertThat(new String(stored(KEY), StandardCharsets.ISO_8859_1)).startsWith("k8s:enc:aesgcm:v1:key1:");
            assertThat(text(server, "GET", MAPS + "/a", "")).startsWith("200 ");
            assertThat(text(server, "GET", MAPS, "")).contains("\"k\":\"v\"");
        }
        Files.writeString(keys, file.replace("MDEy", "MDEx"));
        try (ApiServer server = server(settings)) {
            assertThat(text(server, "GET", MAPS + "/a", ""))
                    .startsWith("500 ")
                    .contains("\"message\":\"Internal error occurred: cipher: message authentication failed\"");
            assertThat(text(server, "GET", MAPS, ""))
                    .startsWith("500 ")
                    .contains("Internal error occurred: unable to transform key \\\"" + KEY + "\\\": cipher: ");
            assertThat(text(server, "GET", "/api/v1/namespaces/default", "")).startsWith("200 ");
            assertThat(text(server, "POST", "/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"s\"}}"))
                    .startsWith("201 ");
        }
        try (ApiServer server = server(StorageSettings.SHARED)) {
            assertThat(text(server, "GET", MAPS + "/a", ""))
                    .contains("Internal error occurred: identity transformer tried to read encrypted data");
        }
    }
}

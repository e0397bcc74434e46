// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredJsonTest {
    /** Where the revision goes: by the wire's order where the name comes first, else by the alphabet. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"metadata\":{\"name\":\"a\",\"uid\":\"u\",\"generation\":1}}"
                        + "|{\"metadata\":{\"name\":\"a\",\"uid\":\"u\",\"resourceVersion\":\"7\",\"generation\":1}}",
                "{\"metadata\":{\"name\":\"a\",\"uid\":\"u\"}}"
                        + "|{\"metadata\":{\"name\":\"a\",\"uid\":\"u\",\"resourceVersion\":\"7\"}}",
                "{\"apiVersion\":\"g/v1\",\"metadata\":{\"creationTimestamp\":\"t\",\"managedFields\":[{\"a\":\"}\"}],\"name\":\"a\",\"uid\":\"u\"}}"
                        + "|{\"apiVersion\":\"g/v1\",\"metadata\":{\"creationTimestamp\":\"t\",\"managedFields\":[{\"a\":\"}\"}],\"name\":\"a\","
                        + "\"resourceVersion\":\"7\",\"uid\":\"u\"}}",
                "{\"metadata\":{\"annotations\":{\"uid\":\"x\"},\"creationTimestamp\":\"t\",\"name\":\"a\"},\"spec\":{}}"
                        + "|{\"metadata\":{\"annotations\":{\"uid\":\"x\"},\"creationTimestamp\":\"t\",\"name\":\"a\","
                        + "\"resourceVersion\":\"7\"},\"spec\":{}}"
            })
    void splicesTheRevisionWhereTheTreeHasIt(String stored, String shown) {
        byte[] bytes = stored.getBytes(StandardCharsets.UTF_8);
        int at = StoredJson.spliceOffset(bytes);

        String spliced = new String(bytes, 0, at, StandardCharsets.UTF_8)
                + ",\"resourceVersion\":\"7\""
                + new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8);

        assertThat(spliced).isEqualTo(shown);
        assertThat(StoredJson.decode(bytes, 7).toString()).isEqualTo(shown);
        assertThat(StoredJson.encode(JsonReader.readObject(shown.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(bytes);
    }
}

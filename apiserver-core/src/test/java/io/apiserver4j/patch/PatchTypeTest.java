// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.value.ObjectValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchTypeTest {

    @ParameterizedTest
    @EnumSource(PatchType.class)
    void mediaTypesNameForms(PatchType type) {
        assertThat(PatchType.of(type.mediaType() + "; charset=utf-8", false)).isEqualTo(type);
        if (type != PatchType.STRATEGIC) {
            assertThat(PatchType.of(type.mediaType(), true)).isEqualTo(type);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/json", "text/plain", "application/apply-patch+json", "nonsense;"})
    void otherMediaTypesAreRefused(String mediaType) {
        assertThatThrownBy(() -> PatchType.of(mediaType, false)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status().code()).isEqualTo(415);
            assertThat(e.status().message()).isEqualTo("415: Unsupported Media Type");
            assertThat(e.status().toObject().get("details")).isEqualTo(ObjectValue.EMPTY);
        });
    }

    @Test
    void customKindsKnowNoStrategicMerge() {
        assertThatThrownBy(() -> PatchType.of(PatchType.STRATEGIC.mediaType(), true))
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.status().code()).isEqualTo(415);
                    assertThat(e.status().message())
                            .isEqualTo(
                                    "the body of the request was in an unknown format - accepted media types include:"
                                            + " application/json-patch+json, application/merge-patch+json,"
                                            + " application/apply-patch+yaml");
                    assertThat(e.status().details()).isNull();
                });
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressFixTest {

    @ParameterizedTest
    @CsvSource({
        "3.3.27, false",
        "3.4.30, false",
        "3.4.31, true",
        "3.5.1, false",
        "3.5.12, false",
        "3.5.13, true",
        "3.6.0-rc.1, true",
        "3.7.3, true",
        "4.0.0, true",
        "2.3.8, false",
        "not a version, false"
    })
    void isInTheVersionsThatTheRealServerTrusts(String version, boolean exact) {
        assertThat(ProgressFix.isIn(version)).isEqualTo(exact);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    private static final long SEED = 37;

    @Test
    void stableVersionsComeFirstAndLargeNumbersBeforeSmallOnes() {
        List<String> expected = List.of(
                "v10",
                "v2",
                "v1",
                "v11beta2",
                "v10beta3",
                "v3beta1",
                "v12alpha1",
                "v11alpha2",
                "foo1",
                "foo10",
                "v1gamma");
        Random random = new Random(SEED);
        for (int round = 0; round < 50; round++) {
            List<String> mixed = new ArrayList<>(expected);
            Collections.shuffle(mixed, random);
            mixed.sort(VersionOrder.PREFERRED_FIRST);
            assertThat(mixed).as("seed %d, round %d", SEED, round).isEqualTo(expected);
        }
    }
}

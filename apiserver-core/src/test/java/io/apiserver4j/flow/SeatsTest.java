// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of seats: who gets how many, and which queues a flow is dealt. */
class SeatsTest {
    @ParameterizedTest
    @CsvSource({
        "10, 5 5, 0 0, 10 10, 5 5",
        "10, 1 4, 0 0, 10 10, 2 8",
        "10, 1 4, 4 4, 10 10, 4 6",
        "10, 1 4, 0 0, 10 5, 5 5",
        "10, 0 0, 3 3, 20 20, 5 5",
        "6, 1 1 1, 2 2 2, 9 9 9, 2 2 2"
    })
    void seatsAreDivided(double seats, String targets, String lower, String upper, String expected) {
        double[] out = SeatAllocation.divide(seats, numbers(targets), numbers(lower), numbers(upper));
        double[] wanted = numbers(expected);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(out[i]).isCloseTo(wanted[i], within(0.001));
        }
    }

    /** For any demands and bounds that can be kept: all seats are given, each within its bounds. */
    @Test
    void divisionsKeepTheirBounds() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int count = 1 + random.nextInt(9);
            double[] lower = new double[count];
            double[] upper = new double[count];
            double[] targets = new double[count];
            for (int i = 0; i < count; i++) {
                lower[i] = random.nextInt(20);
                upper[i] = lower[i] + random.nextInt(100);
                targets[i] = lower[i] + random.nextDouble() * 50;
            }
            double least = Arrays.stream(lower).sum();
            double seats = least + random.nextDouble() * (Arrays.stream(upper).sum() - least);
            double[] out = SeatAllocation.divide(seats, targets, lower, upper);
            double sum = 0;
            for (int i = 0; i < count; i++) {
                assertThat(out[i]).as("seed %s", seed).isBetween(lower[i] - 1e-9, upper[i] + 1e-9);
                sum += out[i];
            }
            assertThat(sum).as("seed %s", seed).isCloseTo(seats, within(0.01));
        }
    }

    @Test
    void handsAreOfDifferentQueuesAndSpreadEvenly() {
        Map<Integer, Integer> dealt = new HashMap<>();
        int flows = 6000;
        for (int flow = 0; flow < flows; flow++) {
            int[] hand = new int[6];
            Shuffle.deal(Shuffle.hash("schema", "user-" + flow), 128, hand);
            assertThat(hand).doesNotHaveDuplicates();
            Arrays.stream(hand).forEach(queue -> dealt.merge(queue, 1, Integer::sum));
        }
        assertThat(dealt).hasSize(128);
        double mean = flows * 6 / 128.0; // 281, with a spread of 17
        dealt.values().forEach(count -> assertThat((double) count).isCloseTo(mean, within(mean * 0.4)));
    }

    @Test
    void aHandMayBeTheWholeDeck() {
        int[] hand = new int[5];
        Shuffle.deal(Shuffle.hash("s", "x"), 5, hand);
        assertThat(hand).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void demandIsMeanSpreadAndPeak() {
        SeatDemand demand = new SeatDemand(0);
        demand.set(4, 1_000_000_000L);
        demand.set(0, 2_000_000_000L);
        SeatDemand.Seen seen = demand.next(4_000_000_000L);
        assertThat(seen.mean()).isCloseTo(1, within(1e-9));
        assertThat(seen.deviation()).isCloseTo(Math.sqrt(3), within(1e-9));
        assertThat(seen.peak()).isEqualTo(4);
        assertThat(demand.next(5_000_000_000L).peak()).isZero();
    }

    @Test
    void adviceGrowsWhileManyAreSentAwayAndShrinksAgain() {
        RetryAfter retry = new RetryAfter();
        long second = 100;
        assertThat(retry.sentAway(second)).isEqualTo(1);
        for (int i = 0; i < 20; i++) {
            retry.sentAway(second);
        }
        assertThat(retry.sentAway(second + 1)).isEqualTo(2);
        for (int i = 0; i < 20; i++) {
            retry.sentAway(second + 1);
        }
        assertThat(retry.sentAway(second + 2)).isEqualTo(2); // raised a second ago only
        assertThat(retry.sentAway(second + 3)).isEqualTo(4);
        assertThat(retry.sentAway(second + 30)).isEqualTo(3);
        assertThat(retry.sentAway(second + 60)).isEqualTo(2);
    }

    @Test
    void aFloodInOneLevelLeavesTheOthersTheirPlaces() {
        WaitBudget budget = new WaitBudget(10);
        for (int i = 0; i < 5; i++) {
            assertThat(budget.take()).isTrue();
        }
        assertThat(budget.take()).isFalse();
        assertThat(budget.of(0.4)).isEqualTo(2);
        assertThat(budget.of(0)).isEqualTo(1);
        budget.give();
        assertThat(budget.take()).isTrue();
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}

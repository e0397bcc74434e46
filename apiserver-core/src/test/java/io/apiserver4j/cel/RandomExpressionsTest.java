// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random expressions against a model of a few lines. A failure names its seed: add it to the list. */
class RandomExpressionsTest {
    private static final CelEnvironment ENVIRONMENT =
            CelEnvironment.of(Map.of("a", CelType.INT, "b", CelType.INT, "c", CelType.BOOL));

    static LongStream seeds() {
        return LongStream.concat(LongStream.of(1, 42), new Random().longs(2));
    }

    /** An expression and what it should give; null for an error. */
    private record Modelled(String text, @Nullable Object value) {}

    private static final class Maker {
        private final Random random;
        private final long a;
        private final long b;
        private final boolean c;

        Maker(Random random) {
            this.random = random;
            a = random.nextInt(7) - 3;
            b = random.nextInt(7) - 3;
            c = random.nextBoolean();
        }

        Modelled number(int depth) {
            if (depth == 0) {
                return switch (random.nextInt(3)) {
                    case 0 -> new Modelled("a", a);
                    case 1 -> new Modelled("b", b);
                    default -> {
                        long constant = random.nextInt(4);
                        yield new Modelled(Long.toString(constant), constant);
                    }
                };
            }
            if (random.nextInt(5) == 0) {
                return choice(truth(depth - 1), number(depth - 1), number(depth - 1));
            }
            Modelled left = number(depth - 1);
            Modelled right = number(depth - 1);
            String operator = new String[] {"+", "-", "*", "/", "%"}[random.nextInt(5)];
            Object value = null;
            if (left.value() instanceof Long one && right.value() instanceof Long other) {
                value = switch (operator) {
                    case "+" -> (Object) (one + other);
                    case "-" -> (Object) (one - other);
                    case "*" -> (Object) (one * other);
                    case "/" -> other == 0 ? null : (Object) (one / other);
                    default -> other == 0 ? null : (Object) (one % other);
                };
            }
            return new Modelled("(" + left.text() + " " + operator + " " + right.text() + ")", value);
        }

        Modelled truth(int depth) {
            if (depth == 0) {
                return random.nextBoolean() ? new Modelled("c", c) : new Modelled("true", true);
            }
            return switch (random.nextInt(5)) {
                case 0 -> compared(number(depth - 1), number(depth - 1));
                case 1 -> logic(truth(depth - 1), truth(depth - 1), true);
                case 2 -> logic(truth(depth - 1), truth(depth - 1), false);
                case 3 -> {
                    Modelled inner = truth(depth - 1);
                    yield new Modelled(
                            "!(" + inner.text() + ")", inner.value() instanceof Boolean truth ? (Object) !truth : null);
                }
                default -> choice(truth(depth - 1), truth(depth - 1), truth(depth - 1));
            };
        }

        private Modelled compared(Modelled left, Modelled right) {
            boolean less = random.nextBoolean();
            Object value = left.value() instanceof Long one && right.value() instanceof Long other
                    ? (Object) (less ? one < other : one.equals(other))
                    : null;
            return new Modelled("(" + left.text() + (less ? " < " : " == ") + right.text() + ")", value);
        }

        private static Modelled logic(Modelled left, Modelled right, boolean deciding) {
            Object value = Boolean.valueOf(deciding).equals(left.value())
                            || Boolean.valueOf(deciding).equals(right.value())
                    ? (Object) deciding
                    : left.value() == null || right.value() == null ? null : (Object) !deciding;
            return new Modelled("(" + left.text() + (deciding ? " || " : " && ") + right.text() + ")", value);
        }

        private static Modelled choice(Modelled condition, Modelled yes, Modelled no) {
            Object value = condition.value() instanceof Boolean truth ? (truth ? yes.value() : no.value()) : null;
            return new Modelled("(" + condition.text() + " ? " + yes.text() + " : " + no.text() + ")", value);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void evaluateAsTheModel(long seed) throws CelCompileException {
        Random random = new Random(seed);
        for (int i = 0; i < 25; i++) {
            Maker maker = new Maker(random);
            Modelled expected = maker.truth(4);
            Object found;
            try {
                found = ENVIRONMENT
                        .compile(expected.text())
                        .evaluate(
                                CelBindings.of(Map.of("a", maker.a, "b", maker.b, "c", maker.c)), CelBudget.perCall());
            } catch (CelEvaluationException error) {
                found = null;
            }
            assertThat(found)
                    .as("seed %s: %s with a=%s b=%s c=%s", seed, expected.text(), maker.a, maker.b, maker.c)
                    .isEqualTo(expected.value());
        }
    }
}

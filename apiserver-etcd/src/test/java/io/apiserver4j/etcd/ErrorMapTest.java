// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorMapTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Status.UNAVAILABLE, true),
                Arguments.of(
                        Status.UNKNOWN.withDescription("channel closed").withCause(new ClosedChannelException()), true),
                Arguments.of(Status.UNKNOWN.withDescription("etcdserver: something"), false),
                Arguments.of(Status.DEADLINE_EXCEEDED, false),
                Arguments.of(Status.INVALID_ARGUMENT, false));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aReadIsTriedAgainWhereTheConnectionIsToBlame(Status status, boolean again) {
        assertThat(ErrorMap.mayPass(status.asRuntimeException())).isEqualTo(again);
    }
}

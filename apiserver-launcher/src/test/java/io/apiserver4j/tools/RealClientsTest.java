// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The clients that other tests drive are the ones they are meant to be. */
class RealClientsTest {
    @Test
    void kubectlIsOfThisRelease() throws Exception {
        assertThat(answer(RealClients.kubectl(), "version", "--client")).startsWith("Client Version: v1.37.");
    }

    @Test
    void helmIsOfVersion4() throws Exception {
        assertThat(answer(RealClients.helm(), "version", "--short")).startsWith("v4.");
    }

    @Test
    void aReasonIsGivenExactlyWhereSomethingIsMissing() {
        boolean complete =
                RealClients.kubectl().isPresent() && RealClients.helm().isPresent();
        assertThat(RealClients.reason().isEmpty()).isEqualTo(complete);
    }

    private static String answer(Optional<Path> program, String... arguments) throws Exception {
        assumeTrue(program.isPresent(), RealClients.reason());
        String[] command = new String[arguments.length + 1];
        command[0] = program.get().toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return text;
    }
}

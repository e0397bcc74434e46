// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The real kubectl 1.37 and helm 4 for tests, found or fetched by {@code tools/clients} at the first question and once per
 * JVM. A test that needs one asks and skips itself with {@link #reason()} where there is none:
 * {@code assumeTrue(RealClients.kubectl().isPresent(), RealClients.reason())}. CI fails in that case, by itself.
 */
public final class RealClients {
    private static final long PATIENCE_MINUTES = 5;

    private RealClients() {}

    /** The path of kubectl 1.37, or nothing where it can be neither found nor fetched. */
    public static Optional<Path> kubectl() {
        return Optional.ofNullable(Found.ONCE.paths.get("kubectl"));
    }

    /** The path of helm 4, or nothing where it can be neither found nor fetched. */
    public static Optional<Path> helm() {
        return Optional.ofNullable(Found.ONCE.paths.get("helm"));
    }

    /** Why something is missing, in the words of {@code tools/clients}; empty where nothing is. */
    public static String reason() {
        return Found.ONCE.reason;
    }

    private record Found(Map<String, Path> paths, String reason) {
        static final Found ONCE = find();

        private static Found find() {
            Path script = root().resolve("tools/clients");
            try {
                Path errors = Files.createTempFile("clients", ".txt");
                try {
                    return run(script, errors);
                } finally {
                    Files.deleteIfExists(errors);
                }
            } catch (IOException e) {
                return new Found(Map.of(), script + " could not be run (it needs python3): " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Found(Map.of(), script + " was interrupted");
            }
        }

        private static Found run(Path script, Path errors) throws IOException, InterruptedException {
            Process process = new ProcessBuilder(script.toString())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            // Two short lines: the pipe holds them, so waiting first cannot block the script.
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return new Found(Map.of(), script + " did not end within " + PATIENCE_MINUTES + " minutes");
            }
            Map<String, Path> paths = new HashMap<>();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            answer.lines()
                    .map(line -> line.split("=", 2))
                    .filter(parts -> parts.length == 2)
                    .forEach(parts -> paths.put(parts[0], Path.of(parts[1])));
            return new Found(
                    paths,
                    process.exitValue() == 0 ? "" : Files.readString(errors).strip());
        }

        private static Path root() {
            Path folder = Path.of("").toAbsolutePath();
            while (folder != null && !Files.exists(folder.resolve("tools/clients"))) {
                folder = folder.getParent();
            }
            return folder == null ? Path.of("") : folder;
        }
    }
}

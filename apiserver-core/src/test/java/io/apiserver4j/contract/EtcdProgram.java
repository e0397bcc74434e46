// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.contract;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real etcd of one member, on free loopback ports and with a folder of its own. Where none can be had, the test is
 * skipped and says why.
 */
public final class EtcdProgram implements AutoCloseable {

    private final String program;
    private final List<String> options;
    private final Path folder;
    private final int clientPort;
    private final int peerPort;
    private Process process;

    private EtcdProgram(String program, List<String> options) throws IOException {
        this.program = program;
        this.options = options;
        this.folder = Files.createTempDirectory("apiserver4j-etcd");
        int[] ports = freePorts();
        this.clientPort = ports[0];
        this.peerPort = ports[1];
    }

    /** Starts one; which is what {@code tools/etcd} is asked for: empty, {@code old} or {@code current}. */
    public static EtcdProgram start(String which, String... options) throws Exception {
        EtcdProgram etcd = new EtcdProgram(program(which), List.of(options));
        etcd.run();
        return etcd;
    }

    private static String program(String which) throws Exception {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.exists(root.resolve("tools/etcd"))) {
            root = root.getParent();
        }
        Assumptions.assumeTrue(root != null, "no tools/etcd above the working directory");
        List<String> command =
                new ArrayList<>(List.of("python3", root.resolve("tools/etcd").toString()));
        if (!which.isEmpty()) {
            command.add(which);
        }
        File errors = File.createTempFile("apiserver4j-etcd", ".txt");
        try {
            Process tool = new ProcessBuilder(command).redirectError(errors).start();
            tool.getOutputStream().close();
            boolean done = tool.waitFor(20, TimeUnit.SECONDS);
            if (!done) {
                tool.destroyForcibly();
            }
            Assumptions.assumeTrue(done && tool.exitValue() == 0, () -> "no etcd: " + text(errors.toPath()));
            return new String(tool.getInputStream().readAllBytes()).strip();
        } catch (IOException e) {
            return Assumptions.abort("no etcd, as python3 does not run: " + e.getMessage());
        } finally {
            Files.deleteIfExists(errors.toPath());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new int[] {one.getLocalPort(), two.getLocalPort()};
        }
    }

    private boolean secure() {
        return options.stream().anyMatch(option -> option.startsWith("--cert-file"));
    }

    /** The URL for clients. */
    public String endpoint() {
        return (secure() ? "https" : "http") + "://127.0.0.1:" + clientPort;
    }

    /** Runs it, on the data that are there. */
    public void run() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                program,
                "--data-dir=" + folder.resolve("data"),
                "--listen-client-urls=" + endpoint(),
                "--advertise-client-urls=" + endpoint(),
                "--listen-peer-urls=http://127.0.0.1:" + peerPort,
                "--initial-advertise-peer-urls=http://127.0.0.1:" + peerPort,
                "--initial-cluster=default=http://127.0.0.1:" + peerPort,
                "--log-level=error"));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    /** As by kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops it where it stands (SIGSTOP), until {@link #goOn}. */
    public void pause() throws Exception {
        signal("STOP");
    }

    /** Lets it go on. */
    public void goOn() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() throws Exception {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

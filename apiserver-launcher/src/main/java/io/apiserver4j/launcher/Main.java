// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.diagnostics.VersionInfo;
import io.apiserver4j.meta.GoText;
import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CountDownLatch;

/** The program. Exit codes: 0 after a signal or a text that was asked for, 1 where it can't start. */
public final class Main {
    private Main() {}

    /** Starts a server and serves until the process is told to stop. */
    public static void main(String[] args) {
        int code;
        try {
            code = run(args, System.out, System.err);
        } catch (Refusal e) {
            code = 1;
            System.err.println(e.isUsage() ? "Error: " + e.reason() : logLine(e.reason()));
        } catch (RuntimeException | Error e) {
            code = 1;
            System.err.println(logLine("a bug: " + e));
            e.printStackTrace();
        }
        System.exit(code);
    }

    private static int run(String[] args, PrintStream out, PrintStream err) throws Refusal {
        FlagTable table = FlagTable.load();
        FlagValues flags = CommandLine.read(table, args);
        if (flags.on("help")) {
            Help.print(table, out);
            return 0;
        }
        String version = flags.text("version");
        if (!version.equals("false")) {
            printVersion(out, version.equals("raw"));
            return 0;
        }
        quietNetty();
        LogLevels.apply((int) flags.number("v"), flags.text("vmodule"));
        if (flags.on("apiserver4j-rehearse")) {
            return Rehearsal.run(table, out, err);
        }
        serve(OptionsReader.read(flags), out, err);
        return 0;
    }

    private static void serve(Options options, PrintStream out, PrintStream err) throws Refusal {
        RunningServer running;
        try (Progress progress = new Progress(err, "starting")) {
            running = RunningServer.start(options, progress, new Warnings(err));
        }
        Runtime.getRuntime().addShutdownHook(new AtSignal(running));
        out.println("Serving " + running.url() + " kubeconfig " + running.kubeconfig());
        out.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Netty tells Java's flight recorder of its buffers, which starts the recorder's machinery with the first client. */
    private static void quietNetty() {
        String name = "io.netty.jfr.enabled";
        System.setProperty(name, System.getProperty(name, "false"));
    }

    private static void printVersion(PrintStream out, boolean raw) {
        out.println("Kubernetes " + VersionInfo.CURRENT.gitVersion());
        String own = Main.class.getPackage().getImplementationVersion();
        if (raw) {
            out.println("apiserver4j " + (own == null ? "of the source tree" : own) + ", Java " + Runtime.version());
        }
    }

    /** A line as kube-apiserver logs the failure that it ends with. */
    private static String logLine(String reason) {
        String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("MMdd HH:mm:ss.SSSSSS"));
        String pid = String.valueOf(ProcessHandle.current().pid());
        return "E" + time + " " + " ".repeat(Math.max(0, 7 - pid.length())) + pid
                + " run.go:72] \"command failed\" err=" + GoText.quote(reason);
    }
}

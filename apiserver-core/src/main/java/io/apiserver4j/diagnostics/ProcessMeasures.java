// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.diagnostics;

import io.apiserver4j.measure.Measures;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.OperatingSystemMXBean;
import java.util.List;
import java.util.Map;

/** What Prometheus' clients tell of a process, and of this runtime. */
public final class ProcessMeasures {
    private ProcessMeasures() {}

    /** Adds them; nothing is read before somebody looks. */
    public static void addTo(Measures measures, VersionInfo version) {
        measures.counterOf(
                "process_cpu_seconds_total",
                "Processor time used, in seconds.",
                () -> ManagementFactory.getOperatingSystemMXBean()
                                instanceof com.sun.management.OperatingSystemMXBean os
                        ? os.getProcessCpuTime() / 1e9
                        : 0);
        measures.gaugeOf(
                "process_start_time_seconds",
                "When the process was started, in seconds since 1970.",
                () -> ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3);
        measures.gaugeOf("process_open_fds", "Number of open files.", () -> files(true));
        measures.gaugeOf("process_max_fds", "Largest number of open files.", () -> files(false));
        measures.gaugesOf("jvm_memory_used_bytes", "Memory in use.", List.of("area"), () -> {
            MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
            return Map.of(
                    List.of("heap"), (double) memory.getHeapMemoryUsage().getUsed(),
                    List.of("nonheap"), (double) memory.getNonHeapMemoryUsage().getUsed());
        });
        measures.gaugeOf(
                "jvm_threads_current",
                "Number of threads.",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        measures.gaugesOf(
                "kubernetes_build_info",
                "Always 1; what was built is in the labels.",
                List.of("git_version", "major", "minor"),
                () -> Map.of(List.of(version.gitVersion(), version.major(), version.minor()), 1.0));
    }

    private static double files(boolean open) {
        OperatingSystemMXBean os = ManagementFactory.getOperatingSystemMXBean();
        if (os instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
            return open ? unix.getOpenFileDescriptorCount() : unix.getMaxFileDescriptorCount();
        }
        return 0;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The checks of each level in each release: which there are, since when, and which baseline check a stricter one replaces. */
final class Standard {
    /** The newest release in which a check changed: later ones and {@code latest} are the same. */
    private static final int NEWEST = 37;

    private static final Set<String> OLD_TYPES = Set.of("container_t", "container_init_t", "container_kvm_t");
    private static final Set<String> TYPES = with(OLD_TYPES, "container_engine_t");
    private static final Set<String> SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start");
    private static final Set<String> SYSCTLS_27 = with(SYSCTLS, "net.ipv4.ip_local_reserved_ports");
    private static final Set<String> SYSCTLS_29 = with(
            SYSCTLS_27,
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes");
    private static final Set<String> SYSCTLS_32 = with(SYSCTLS_29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem");
    private static final Set<String> SYSCTLS_37 =
            with(SYSCTLS_32, "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat");

    /** By name, as they are told. */
    private static final List<Check> BASELINE = List.of(
            Check.of("appArmorProfile", since(0, BaselineChecks::appArmor)),
            Check.of("capabilities_baseline", since(0, BaselineChecks::capabilities)),
            Check.of("hostNamespaces", since(0, BaselineChecks::hostNamespaces)),
            Check.of("hostPathVolumes", since(0, BaselineChecks::hostPathVolumes)),
            Check.of("hostPorts", since(0, BaselineChecks::hostPorts)),
            Check.of("hostProbesAndHostLifecycle", since(34, BaselineChecks::hosts)),
            Check.of("privileged", since(0, BaselineChecks::privileged)),
            Check.of(
                    "procMount",
                    since(0, BaselineChecks::procMount),
                    since(35, unlessOwnUsers(BaselineChecks::procMount))),
            Check.of(
                    "seLinuxOptions",
                    since(0, pod -> BaselineChecks.seLinux(pod, OLD_TYPES)),
                    since(31, pod -> BaselineChecks.seLinux(pod, TYPES))),
            Check.of(
                    "seccompProfile_baseline",
                    since(0, BaselineChecks::seccompAnnotations),
                    since(19, BaselineChecks::seccomp)),
            Check.of(
                    "sysctls",
                    since(0, pod -> BaselineChecks.sysctls(pod, SYSCTLS)),
                    since(27, pod -> BaselineChecks.sysctls(pod, SYSCTLS_27)),
                    since(29, pod -> BaselineChecks.sysctls(pod, SYSCTLS_29)),
                    since(32, pod -> BaselineChecks.sysctls(pod, SYSCTLS_32)),
                    since(37, pod -> BaselineChecks.sysctls(pod, SYSCTLS_37))),
            Check.of("windowsHostProcess", since(0, BaselineChecks::windowsHostProcess)));

    private static final List<Check> RESTRICTED = List.of(
            Check.of(
                    "allowPrivilegeEscalation",
                    since(8, RestrictedChecks::privilegeEscalation),
                    since(25, unlessWindows(RestrictedChecks::privilegeEscalation))),
            Check.instead(
                    "capabilities_restricted",
                    "capabilities_baseline",
                    since(22, RestrictedChecks::capabilities),
                    since(25, unlessWindows(RestrictedChecks::capabilities))),
            Check.instead("procMount_restricted", "procMount", since(35, BaselineChecks::procMount)),
            Check.instead("restrictedVolumes", "hostPathVolumes", since(0, RestrictedChecks::volumes)),
            Check.of(
                    "runAsNonRoot",
                    since(0, RestrictedChecks::runAsNonRoot),
                    since(35, unlessOwnUsers(RestrictedChecks::runAsNonRoot))),
            Check.of(
                    "runAsUser",
                    since(23, RestrictedChecks::runAsUser),
                    since(35, unlessOwnUsers(RestrictedChecks::runAsUser))),
            Check.instead(
                    "seccompProfile_restricted",
                    "seccompProfile_baseline",
                    since(19, RestrictedChecks::seccomp),
                    since(25, unlessWindows(RestrictedChecks::seccomp))));

    private static final Map<LevelVersion, List<Test>> KNOWN = new ConcurrentHashMap<>();

    private Standard() {}

    /** One way to look at a pod. */
    private interface Test extends Function<PodShape, @Nullable Finding> {}

    private record Since(int minor, Test test) {}

    private record Check(String id, String replaced, List<Since> tests) {
        static Check of(String id, Since... tests) {
            return new Check(id, "", List.of(tests));
        }

        static Check instead(String id, String replaced, Since... tests) {
            return new Check(id, replaced, List.of(tests));
        }

        @Nullable
        Test at(int minor) {
            Test out = null;
            for (Since one : tests) {
                out = one.minor() <= minor ? one.test() : out;
            }
            return out;
        }
    }

    private static Since since(int minor, Test test) {
        return new Since(minor, test);
    }

    private static Test unlessWindows(Test test) {
        return pod -> pod.isWindows() ? null : test.apply(pod);
    }

    private static Test unlessOwnUsers(Test test) {
        return pod -> pod.hasOwnUsers() ? null : test.apply(pod);
    }

    private static Set<String> with(Set<String> some, String... more) {
        Set<String> out = new HashSet<>(some);
        out.addAll(List.of(more));
        return Set.copyOf(out);
    }

    /** What is wrong with a pod by a level. */
    static List<Finding> findings(LevelVersion asked, PodShape pod) {
        if (asked.level() == Level.PRIVILEGED) {
            return List.of();
        }
        LevelVersion known = asked.withMinor(Math.min(asked.minor(), NEWEST));
        List<Finding> out = new ArrayList<>();
        for (Test test : KNOWN.computeIfAbsent(known, Standard::tests)) {
            Finding found = test.apply(pod);
            if (found != null) {
                out.add(found);
            }
        }
        return out;
    }

    private static List<Test> tests(LevelVersion asked) {
        List<Check> restricted = asked.level() == Level.RESTRICTED ? RESTRICTED : List.of();
        Set<String> replaced = new HashSet<>();
        for (Check check : restricted) {
            if (check.at(asked.minor()) != null) {
                replaced.add(check.replaced());
            }
        }
        List<Test> out = new ArrayList<>();
        Stream.concat(BASELINE.stream().filter(check -> !replaced.contains(check.id())), restricted.stream())
                .map(check -> check.at(asked.minor()))
                .forEach(test -> {
                    if (test != null) {
                        out.add(test);
                    }
                });
        return out;
    }
}

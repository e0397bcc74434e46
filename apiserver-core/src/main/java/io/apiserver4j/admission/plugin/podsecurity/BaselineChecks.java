// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The checks of the baseline level: nothing that is known to open a way to the node. Each gives a finding or null. */
final class BaselineChecks {
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
    private static final String SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    static final Set<String> GOOD_PROFILES = Set.of("RuntimeDefault", "Localhost");
    private static final Set<String> CAPABILITIES = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    private BaselineChecks() {}

    static @Nullable Finding appArmor(PodShape pod) {
        List<String> bad = new ArrayList<>(pod.profileTypes("appArmorProfile", GOOD_PROFILES));
        String setters = pod.setters(context -> PodShape.hasWrongType(context, "appArmorProfile", GOOD_PROFILES));
        Set<String> annotations = new TreeSet<>();
        pod.annotations().forEach((name, value) -> {
            if (name.startsWith(APP_ARMOR)
                    && !value.isEmpty()
                    && !value.equals("runtime/default")
                    && !value.startsWith("localhost/")) {
                annotations.add(name + "=" + GoText.quote(value));
            }
        });
        if (!annotations.isEmpty()) {
            bad.addAll(annotations);
            setters += (setters.isEmpty() ? "" : " and ") + Finding.plural("annotation", annotations.size());
        }
        return setters.isEmpty()
                ? null
                : new Finding(
                        Finding.plural("forbidden AppArmor profile", bad.size()),
                        setters + " must not set AppArmor profile type to " + Finding.quoted(bad));
    }

    static @Nullable Finding capabilities(PodShape pod) {
        Set<String> bad = new TreeSet<>();
        List<String> containers = pod.containersWhere(container -> adds(container, CAPABILITIES, bad));
        return containers.isEmpty()
                ? null
                : new Finding(
                        "non-default capabilities",
                        Finding.named("container", containers) + " must not include " + Finding.quoted(bad)
                                + " in securityContext.capabilities.add");
    }

    /** True where a container adds capabilities beyond those; which ones is told. */
    static boolean adds(ObjectValue container, Set<String> allowed, Set<String> bad) {
        boolean any = false;
        for (String capability : PodShape.securityContext(container)
                .objectOrEmpty("capabilities")
                .arrayOrEmpty("add")
                .strings()) {
            if (!allowed.contains(capability)) {
                bad.add(capability);
                any = true;
            }
        }
        return any;
    }

    static @Nullable Finding hostNamespaces(PodShape pod) {
        List<String> shared = new ArrayList<>();
        for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (pod.spec().isTrue(field)) {
                shared.add(field + "=true");
            }
        }
        return shared.isEmpty() ? null : new Finding("host namespaces", String.join(", ", shared));
    }

    static @Nullable Finding hostPathVolumes(PodShape pod) {
        List<String> volumes = pod.spec().arrayOrEmpty("volumes").objects().stream()
                .filter(volume -> volume.has("hostPath"))
                .map(volume -> volume.stringOrEmpty("name"))
                .toList();
        return volumes.isEmpty() ? null : new Finding("hostPath volumes", Finding.named("volume", volumes));
    }

    static @Nullable Finding hostPorts(PodShape pod) {
        Set<String> ports = new TreeSet<>();
        List<String> containers = pod.containersWhere(container -> {
            boolean any = false;
            for (ObjectValue port : container.arrayOrEmpty("ports").objects()) {
                long number = port.longOr("hostPort", 0);
                if (number != 0) {
                    ports.add(Long.toString(number));
                    any = true;
                }
            }
            return any;
        });
        return containers.isEmpty()
                ? null
                : new Finding(
                        "hostPort",
                        Finding.named("container", containers) + uses(containers.size())
                                + Finding.plural("hostPort", ports.size()) + " " + String.join(", ", ports));
    }

    static String uses(int count) {
        return count == 1 ? " uses " : " use ";
    }

    static @Nullable Finding hosts(PodShape pod) {
        Set<String> hosts = new TreeSet<>();
        Set<String> containers = new TreeSet<>(pod.containersWhere(container -> {
            int before = hosts.size();
            boolean any = false;
            for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
                any |= names(container.objectOrEmpty(probe), hosts);
            }
            ObjectValue lifecycle = container.objectOrEmpty("lifecycle");
            any |= names(lifecycle.objectOrEmpty("postStart"), hosts);
            any |= names(lifecycle.objectOrEmpty("preStop"), hosts);
            return any || hosts.size() > before;
        }));
        return containers.isEmpty()
                ? null
                : new Finding(
                        "probe or lifecycle host",
                        Finding.named("container", containers) + uses(containers.size())
                                + Finding.plural("probe or lifecycle host", hosts.size()) + " "
                                + Finding.quoted(hosts));
    }

    private static boolean names(ObjectValue handler, Set<String> hosts) {
        boolean any = false;
        for (String way : List.of("httpGet", "tcpSocket")) {
            String host = handler.objectOrEmpty(way).stringOrEmpty("host");
            if (!host.isEmpty()) {
                hosts.add(host);
                any = true;
            }
        }
        return any;
    }

    static @Nullable Finding privileged(PodShape pod) {
        List<String> containers = pod.containersWhere(
                container -> PodShape.securityContext(container).isTrue("privileged"));
        return containers.isEmpty()
                ? null
                : new Finding(
                        "privileged",
                        Finding.named("container", containers) + " must not set securityContext.privileged=true");
    }

    static @Nullable Finding procMount(PodShape pod) {
        Set<String> bad = new TreeSet<>();
        List<String> containers = pod.containersWhere(container -> {
            String mount = PodShape.securityContext(container).getString("procMount");
            if (mount == null || mount.equals("Default")) {
                return false;
            }
            bad.add(mount);
            return true;
        });
        return containers.isEmpty()
                ? null
                : new Finding(
                        "procMount",
                        Finding.named("container", containers) + " must not set securityContext.procMount to "
                                + Finding.quoted(bad));
    }

    static @Nullable Finding seLinux(PodShape pod, Set<String> types) {
        Set<String> bad = new TreeSet<>();
        Set<String> set = new TreeSet<>();
        String setters = pod.setters(context -> {
            ObjectValue options = context.objectOrEmpty("seLinuxOptions");
            boolean any = false;
            String type = options.stringOrEmpty("type");
            if (!type.isEmpty() && !types.contains(type)) {
                bad.add(type);
                any = true;
            }
            for (String field : List.of("user", "role")) {
                if (!options.stringOrEmpty(field).isEmpty()) {
                    set.add(field);
                    any = true;
                }
            }
            return any;
        });
        if (setters.isEmpty()) {
            return null;
        }
        List<String> what = new ArrayList<>();
        if (!bad.isEmpty()) {
            what.add(Finding.named("type", bad));
        }
        for (String field : List.of("user", "role")) {
            if (set.contains(field)) {
                what.add(field + " may not be set");
            }
        }
        return new Finding(
                "seLinuxOptions",
                setters + " set forbidden securityContext.seLinuxOptions: " + String.join("; ", what));
    }

    /** As it was before profiles were fields. */
    static @Nullable Finding seccompAnnotations(PodShape pod) {
        Set<String> bad = new TreeSet<>();
        addProfile(bad, pod.annotations(), SECCOMP_POD);
        pod.containers()
                .forEach(container -> addProfile(bad, pod.annotations(), SECCOMP + container.stringOrEmpty("name")));
        return bad.isEmpty()
                ? null
                : new Finding(
                        "seccompProfile",
                        "forbidden " + Finding.plural("annotation", bad.size()) + " " + String.join(", ", bad));
    }

    private static void addProfile(Set<String> bad, Map<String, String> annotations, String name) {
        String value = annotations.get(name);
        if (value != null
                && !value.equals("runtime/default")
                && !value.equals("docker/default")
                && !value.startsWith("localhost/")) {
            bad.add(name + "=" + GoText.quote(value));
        }
    }

    static @Nullable Finding seccomp(PodShape pod) {
        String setters = pod.setters(context -> PodShape.hasWrongType(context, "seccompProfile", GOOD_PROFILES));
        return setters.isEmpty()
                ? null
                : new Finding(
                        "seccompProfile",
                        setters + " must not set securityContext.seccompProfile.type to "
                                + Finding.quoted(pod.profileTypes("seccompProfile", GOOD_PROFILES)));
    }

    static @Nullable Finding sysctls(PodShape pod, Set<String> allowed) {
        List<String> bad = pod.securityContext().arrayOrEmpty("sysctls").objects().stream()
                .map(one -> one.stringOrEmpty("name"))
                .filter(name -> !allowed.contains(name))
                .toList();
        return bad.isEmpty() ? null : new Finding("forbidden sysctls", String.join(", ", bad));
    }

    static @Nullable Finding windowsHostProcess(PodShape pod) {
        String setters =
                pod.setters(context -> context.objectOrEmpty("windowsOptions").isTrue("hostProcess"));
        return setters.isEmpty()
                ? null
                : new Finding("hostProcess", setters + " must not set securityContext.windowsOptions.hostProcess=true");
    }
}

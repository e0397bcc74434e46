// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ObjectValue;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of kernel parameters of a pod. */
final class Sysctls {
    private static final String FORM = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
    private static final Pattern NAME =
            Pattern.compile("([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*+[a-z0-9]([-_a-z0-9]*[a-z0-9])?");
    /** Parameters of the namespace of interprocess communication; those with a prefix are told by it. */
    private static final Set<String> IPC = Set.of(
            "kernel.sem",
            "kernel.shmall",
            "kernel.shmmax",
            "kernel.shmmni",
            "kernel.shm_rmid_forced",
            "kernel.shm",
            "kernel.msgmax",
            "kernel.msgmnb",
            "kernel.msgmni",
            "kernel.msg");

    private Sysctls() {}

    /** The parameters in the security settings of a pod. */
    static void of(Part context, ObjectValue spec, Leniency leniency) {
        Set<String> names = new HashSet<>();
        for (Part sysctl : context.parts("sysctls")) {
            String name = sysctl.text("name");
            if (sysctl.require("name")) {
                if (GoText.byteLength(name) > 253 || !NAME.matcher(name).matches()) {
                    sysctl.invalid("name", "must have at most 253 characters and match regex " + FORM);
                } else if (names.contains(name)) {
                    sysctl.errors().duplicate(sysctl.at("name"), name);
                }
            }
            String problem = leniency.hostSysctls() ? "" : hostProblem(name, spec);
            if (!problem.isEmpty()) {
                sysctl.invalidText("name", problem);
            }
            names.add(name);
        }
    }

    /** What is wrong with a parameter in a pod that shares the namespace with its host; empty where nothing is. */
    static String hostProblem(String name, ObjectValue spec) {
        String normal = dotted(name);
        int star = normal.indexOf('*');
        String known = star < 0 ? normal : normal.substring(0, star);
        if (spec.isTrue("hostNetwork") && known.startsWith("net.")) {
            return "may not be specified when 'hostNetwork' is true";
        }
        return spec.isTrue("hostIPC") && (IPC.contains(known) || known.startsWith("fs.mqueue."))
                ? "may not be specified when 'hostIPC' is true"
                : "";
    }

    /** The form with dots between the parts, where slashes may be written, too. */
    private static String dotted(String name) {
        int dot = name.indexOf('.');
        int slash = name.indexOf('/');
        if (slash < 0 || dot >= 0 && dot < slash) {
            return name;
        }
        return name.replace('.', '\0').replace('/', '.').replace('\0', '/');
    }
}

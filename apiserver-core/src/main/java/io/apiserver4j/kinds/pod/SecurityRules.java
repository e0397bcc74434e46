// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import java.util.List;

/** The rules of the security settings of containers and pods. */
final class SecurityRules {
    private static final List<String> PROFILES = List.of("Localhost", "RuntimeDefault", "Unconfined");

    private SecurityRules() {}

    /** The settings of a container. */
    static void ofContainer(Part context, PodScope scope) {
        context.unixIds("runAsUser", "runAsGroup");
        if (context.has("procMount")) {
            context.choice("procMount", List.of("Default", "Unmasked"));
            if (scope.hostUsers() && context.text("procMount").equals("Unmasked")) {
                context.invalid("procMount", "`hostUsers` must be false to use `Unmasked`");
            }
        }
        seccomp(context);
        if (context.isFalse("allowPrivilegeEscalation")) {
            if (context.isTrue("privileged")) {
                context.invalidAs(
                        "core.SecurityContext",
                        "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
            }
            if (!scope.leniency().sysAdmin() && addsAdmin(context.tree())) {
                context.invalidAs(
                        "core.SecurityContext",
                        "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
            }
        }
        WindowsRules.options(context);
        appArmor(context);
    }

    private static boolean addsAdmin(ObjectValue context) {
        return context.objectOrEmpty("capabilities")
                .arrayOrEmpty("add")
                .strings()
                .contains("CAP_SYS_ADMIN");
    }

    /** True where a container may administer the system but not escalate its privileges. */
    static boolean isUnescalatedAdmin(ObjectValue context) {
        return context.has("allowPrivilegeEscalation")
                && !context.isTrue("allowPrivilegeEscalation")
                && addsAdmin(context);
    }

    /** The settings of a pod. */
    static void ofPod(Part context, ObjectValue spec, Leniency leniency) {
        context.unixIds("fsGroup", "runAsUser", "runAsGroup");
        ArrayValue groups = context.tree().arrayOrEmpty("supplementalGroups");
        for (int i = 0; i < groups.size(); i++) {
            var number = groups.get(i).asNumber();
            long id = number == null ? 0 : number.longValue();
            for (String problem : NameRules.userOrGroupId(id)) {
                context.errors().invalid(context.at("supplementalGroups").index(i), id, problem);
            }
        }
        Sysctls.of(context, spec, leniency);
        context.choice("fsGroupChangePolicy", List.of("Always", "OnRootMismatch"));
        seccomp(context);
        WindowsRules.options(context);
        appArmor(context);
        context.choice("supplementalGroupsPolicy", List.of("Merge", "Strict"));
        context.choice("seLinuxChangePolicy", List.of("MountOption", "Recursive"));
    }

    private static void seccomp(Part context) {
        if (!context.has("seccompProfile")) {
            return;
        }
        Part profile = context.part("seccompProfile");
        String type = profile.text("type");
        if (type.isEmpty()) {
            profile.errors().required(profile.at("type"), "type is required when seccompProfile is set");
        } else {
            profile.choice("type", PROFILES);
        }
        if (!type.equals("Localhost")) {
            if (profile.has("localhostProfile")) {
                new Part(profile.tree(), profile.at("localhostProfile"), profile.errors())
                        .invalidAs("core.SeccompProfile", "can only be set when seccomp type is Localhost");
            }
        } else if (!profile.has("localhostProfile")) {
            profile.errors().required(profile.at("localhostProfile"), "must be set when seccomp type is Localhost");
        } else {
            PathRules.descending(profile.text("localhostProfile"), profile.at("localhostProfile"), profile.errors());
        }
    }

    private static void appArmor(Part context) {
        if (context.has("appArmorProfile")) {
            appArmorProfile(context.part("appArmorProfile"));
        }
    }

    static void appArmorProfile(Part profile) {
        switch (profile.text("type")) {
            case "Localhost" -> localAppArmor(profile);
            case "RuntimeDefault", "Unconfined" -> {
                if (profile.has("localhostProfile")) {
                    profile.invalid("localhostProfile", "can only be set when AppArmor type is Localhost");
                }
            }
            case "" -> profile.errors().required(profile.at("type"), "type is required when appArmorProfile is set");
            default -> profile.notSupported("type", PROFILES);
        }
    }

    private static void localAppArmor(Part profile) {
        String local = profile.text("localhostProfile");
        String trimmed = ContainerRules.trimmed(local);
        if (!trimmed.equals(local)) {
            profile.invalid("localhostProfile", "must not be padded with whitespace");
        } else if (trimmed.isEmpty()) {
            profile.errors().required(profile.at("localhostProfile"), "must be set when AppArmor type is Localhost");
        }
        if (GoText.byteLength(local) > 4095) {
            profile.errors().tooLong(profile.at("localhostProfile"), 4095);
        }
    }
}

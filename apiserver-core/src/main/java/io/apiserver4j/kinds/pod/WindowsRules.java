// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ObjectValue;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of pods by their system, and of what only Windows has. */
final class WindowsRules {
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
    private static final Pattern NET_BIOS = Pattern.compile("[^\\\\/:*?\"<>|.][^\\\\/:*?\"<>|]{0,14}");
    private static final String DNS_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
    private static final Pattern DNS = Pattern.compile(DNS_LABEL + "(?:\\." + DNS_LABEL + ")*");
    private static final String BAD_IN_USER = "\"/\\:;|=,+*?<>@[]";

    private static final String[] LINUX_ONLY_OF_POD = {
        "appArmorProfile",
        "seLinuxOptions",
        "seccompProfile",
        "fsGroup",
        "fsGroupChangePolicy",
        "sysctls",
        "runAsUser",
        "runAsGroup",
        "supplementalGroups",
        "supplementalGroupsPolicy",
        "seLinuxChangePolicy"
    };
    private static final String[] LINUX_ONLY_OF_CONTAINER = {
        "appArmorProfile",
        "seLinuxOptions",
        "seccompProfile",
        "capabilities",
        "readOnlyRootFilesystem",
        "privileged",
        "allowPrivilegeEscalation",
        "procMount",
        "runAsUser",
        "runAsGroup"
    };

    private WindowsRules() {}

    /** What a pod says of its system, and what it may not say beside. */
    static void os(Part spec) {
        if (!spec.has("os")) {
            return;
        }
        Part os = spec.part("os");
        switch (os.text("name")) {
            case "" -> os.require("name");
            case "linux" -> noWindows(spec);
            case "windows" -> onlyWindows(spec);
            default ->
                spec.errors()
                        .notSupportedShown(os.path(), FieldErrors.json(os.text("name")), List.of("linux", "windows"));
        }
    }

    private static void noWindows(Part spec) {
        String detail = "windows options cannot be set for a linux pod";
        spec.part("securityContext").forbidAll(detail, "windowsOptions");
        for (Part container : PodSpecRules.containers(spec)) {
            container.part("securityContext").forbidAll(detail, "windowsOptions");
        }
    }

    private static void onlyWindows(Part spec) {
        String detail = "cannot be set for a windows pod";
        Part context = spec.part("securityContext");
        for (String field : LINUX_ONLY_OF_POD) {
            boolean emptyList = field.equals("sysctls")
                    && context.tree().arrayOrEmpty(field).isEmpty();
            if (!emptyList) {
                context.forbidAll(detail, field);
            }
        }
        spec.forbidAll(detail, "hostUsers");
        for (String field : List.of("hostPID", "hostIPC")) {
            if (spec.isTrue(field)) {
                spec.forbid(field, detail);
            }
        }
        spec.forbidAll(detail, "shareProcessNamespace");
        for (Part container : PodSpecRules.containers(spec)) {
            container.part("securityContext").forbidAll(detail, LINUX_ONLY_OF_CONTAINER);
        }
    }

    /** The options in the security settings of a pod or container. */
    static void options(Part context) {
        if (!context.has("windowsOptions")) {
            return;
        }
        Part options = context.part("windowsOptions");
        if (options.has("gmsaCredentialSpecName")) {
            options.subdomain("gmsaCredentialSpecName");
        }
        if (options.has("gmsaCredentialSpec")) {
            int length = GoText.byteLength(options.text("gmsaCredentialSpec"));
            if (length == 0) {
                options.invalid("gmsaCredentialSpec", "gmsaCredentialSpec cannot be an empty string");
            } else if (length > 64 * 1024) {
                options.invalid("gmsaCredentialSpec", "gmsaCredentialSpec size must be under 64 KiB");
            }
        }
        if (options.has("runAsUserName")) {
            userName(options);
        }
    }

    private static void userName(Part options) {
        String name = options.text("runAsUserName");
        int slash = name.indexOf('\\');
        if (name.isEmpty()) {
            options.invalid("runAsUserName", "runAsUserName cannot be an empty string");
        } else if (CONTROL.matcher(name).find()) {
            options.invalid("runAsUserName", "runAsUserName cannot contain control characters");
        } else if (slash != name.lastIndexOf('\\')) {
            options.invalid("runAsUserName", "runAsUserName cannot contain more than one backslash");
        } else {
            if (slash >= 0) {
                domain(options, name.substring(0, slash));
            }
            user(options, name.substring(slash + 1));
        }
    }

    private static void domain(Part options, String domain) {
        if (GoText.byteLength(domain) >= 256) {
            options.invalid("runAsUserName", "runAsUserName's Domain length must be under 256 characters");
        }
        if (!NET_BIOS.matcher(domain).matches() && !DNS.matcher(domain).matches()) {
            options.invalid("runAsUserName", "runAsUserName's Domain doesn't match the NetBios nor the DNS format");
        }
    }

    private static void user(Part options, String user) {
        if (user.isEmpty()) {
            options.invalid("runAsUserName", "runAsUserName's User cannot be empty");
        } else if (GoText.byteLength(user) > 104) {
            options.invalid("runAsUserName", "runAsUserName's User length must not be longer than 104 characters");
        }
        if (!user.isEmpty() && user.chars().allMatch(c -> c == '.' || c == ' ')) {
            options.invalid("runAsUserName", "runAsUserName's User cannot contain only periods or spaces");
        }
        if (user.chars().anyMatch(c -> BAD_IN_USER.indexOf(c) >= 0)) {
            options.invalid(
                    "runAsUserName", "runAsUserName's User cannot contain the following characters: " + BAD_IN_USER);
        }
    }

    /** Processes of the host: all containers of a pod or none, and only in the network of the host. */
    static void hostProcess(Part spec) {
        Boolean ofPod = hostProcess(spec.tree());
        int containers = 0;
        int onHost = 0;
        for (Part container : PodSpecRules.containers(spec)) {
            containers++;
            Boolean own = hostProcess(container.tree());
            if (ofPod != null && own != null && !ofPod.equals(own)) {
                container
                        .part("securityContext")
                        .part("windowsOptions")
                        .invalid(
                                "hostProcess",
                                "pod hostProcess value must be identical if both are specified, was " + ofPod);
            }
            if (Boolean.TRUE.equals(own) || own == null && Boolean.TRUE.equals(ofPod)) {
                onHost++;
            }
        }
        if (onHost > 0 && onHost != containers) {
            spec.errors()
                    .invalid(
                            spec.path(),
                            "",
                            "If pod contains any hostProcess containers then all containers must be HostProcess"
                                    + " containers");
        }
        if (onHost > 0 && !spec.isTrue("hostNetwork")) {
            spec.errors()
                    .invalidShown(
                            spec.at("hostNetwork"),
                            "false",
                            "hostNetwork must be true if pod contains any hostProcess containers");
        }
    }

    private static @Nullable Boolean hostProcess(ObjectValue holder) {
        ObjectValue options = holder.objectAt("securityContext", "windowsOptions");
        return options.has("hostProcess") ? (Boolean) options.isTrue("hostProcess") : null;
    }
}

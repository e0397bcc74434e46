// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionConfigFileTest {
    private static final String HEAD =
            "apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n";

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void pluginsAreToldInTheFileOrInOnesBesideIt() throws Exception {
        write("selectors.yaml", "podNodeSelectorPluginConfig:\n  clusterDefaultNodeSelector: a=b\n");
        Path file = write(
                "admission.yaml",
                HEAD + "- name: PodNodeSelector\n  path: selectors.yaml\n- name: PodSecurity\n  configuration:\n"
                        + "    apiVersion: pod-security.admission.config.k8s.io/v1\n    kind: PodSecurityConfiguration\n"
                        + "    defaults:\n      enforce: baseline\n- name: Other\n  path: ''\n");
        var documents = AdmissionConfigFile.read(file, Set.of());
        assertThat(documents).containsOnlyKeys("PodNodeSelector", "PodSecurity");
        assertThat(documents.get("PodNodeSelector"))
                .hasToString("{\"podNodeSelectorPluginConfig\":{\"clusterDefaultNodeSelector\":\"a=b\"}}");
        assertThat(AdmissionConfigFile.read(null, Set.of())).isEmpty();
    }

    @Test
    void whatCannotBeFollowedIsRefused() throws Exception {
        Path other = write("other.yaml", "kind: Config");
        assertThatThrownBy(() -> AdmissionConfigFile.read(other, Set.of()))
                .hasMessage("failed to initialize admission: failed to read plugin config: no kind \"Config\" is"
                        + " registered for version \"\" in scheme");
        Path wrong = write(
                "wrong.yaml",
                HEAD + "- name: PodSecurity\n  configuration: {apiVersion: pod-security.admission.config.k8s.io/v1,"
                        + " kind: PodSecurityConfiguration, defaults: {enforce: x}}\n");
        assertThatThrownBy(() -> AdmissionConfigFile.read(wrong, Set.of()))
                .hasMessage("failed to initialize admission: couldn't init admission plugin \"PodSecurity\":"
                        + " defaults.enforce: Invalid value: \"x\": must be one of privileged, baseline, restricted");
    }

    @Test
    void limitsOfEventsMustBeSaid() {
        assertThatThrownBy(() -> AdmissionConfigFile.read(null, Set.of("EventRateLimit")))
                .hasMessage("failed to initialize admission: couldn't init admission plugin \"EventRateLimit\": limits:"
                        + " Invalid value: null: must not be empty");
    }

    @Test
    void theFileMustBeThere() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> AdmissionConfigFile.read(none, Set.of()))
                .hasMessage("failed to initialize admission: failed to read plugin config: unable to read admission"
                        + " control configuration from \"" + none + "\" [open " + none
                        + ": no such file or directory]");
    }
}

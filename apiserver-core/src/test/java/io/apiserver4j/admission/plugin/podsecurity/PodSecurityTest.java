// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.admission.plugin.NodeSelectors;
import io.apiserver4j.admission.plugin.PluginHouse;
import io.apiserver4j.admission.plugin.PluginSettings;
import io.apiserver4j.admission.plugin.TolerationRules;
import io.apiserver4j.authz.Decision;
import io.apiserver4j.meta.FieldErrors;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodSecurityTest {
    private static final String BAD = "'spec':{'hostNetwork':true,'containers':[{'name':'c','image':'i'}]}";
    private static final String PROBLEM = "violate PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true)";

    private final PluginHouse house = new PluginHouse();

    @AfterEach
    void stop() {
        house.close();
    }

    private void namespace(String labels) {
        house.keep("namespaces", namespaceOf(labels));
    }

    private static String namespaceOf(String labels) {
        String text = labels.replaceAll("([a-z-]+)=([a-z0-9.]+)", "'pod-security.kubernetes.io/$1':'$2'");
        return "{'metadata':{'name':'shop','labels':{" + text + "}}}";
    }

    private void pod(String name, String rest) {
        house.created("PodSecurity", "pods", "shop", "{'metadata':{'name':'" + name + "'}," + rest + "}");
    }

    @Test
    void namespacesWithoutLabelsForbidNothing() {
        namespace("");
        pod("p", BAD);
        assertThat(house.notes().warnings()).isEmpty();
        assertThat(house.notes().annotations())
                .containsOnly(Map.entry("pod-security.kubernetes.io/enforce-policy", "privileged:latest"));
    }

    @Test
    void enforcedLevelsRefuse() {
        namespace("enforce=baseline,audit=baseline");
        assertThat(PluginHouse.refused(() -> pod("p", BAD)))
                .isEqualTo("pods \"p\" is forbidden: violates PodSecurity \"baseline:latest\": host namespaces"
                        + " (hostNetwork=true)");
        assertThat(house.notes().annotations())
                .containsEntry("pod-security.kubernetes.io/enforce-policy", "baseline:latest")
                .containsEntry("pod-security.kubernetes.io/audit-violations", "would " + PROBLEM);
        assertThat(house.notes().warnings()).isEmpty();
    }

    @Test
    void othersWarnAndNote() {
        namespace("warn=baseline");
        pod("p", BAD);
        assertThat(house.notes().warnings()).containsExactly("would " + PROBLEM);
        assertThat(house.notes().annotations()).doesNotContainKey("pod-security.kubernetes.io/audit-violations");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deployments.apps | 'spec':{'template':{BAD}}
            jobs.batch       | 'spec':{'template':{BAD}}
            cronjobs.batch   | 'spec':{'jobTemplate':{'spec':{'template':{BAD}}}}
            podtemplates     | 'template':{BAD}
            """)
    void workloadsAreNeverRefused(String resource, String rest) {
        namespace("enforce=baseline");
        house.created("PodSecurity", resource, "shop", "{'metadata':{'name':'w'}," + rest.replace("BAD", BAD) + "}");
        assertThat(house.notes().warnings()).containsExactly("would " + PROBLEM);
    }

    @Test
    void onlyImportantChangesOfPodsAreLookedAt() {
        namespace("enforce=baseline");
        String old = "{'metadata':{'name':'p'}," + BAD + "}";
        house.updated("PodSecurity", "pods", "shop", old.replace("'p'}", "'p','labels':{'a':'b'}}"), old);
        assertThat(PluginHouse.refused(() ->
                        house.updated("PodSecurity", "pods", "shop", old.replace("'image':'i'", "'image':'j'"), old)))
                .contains("violates PodSecurity");
        house.updated("PodSecurity", "pods/status", "shop", old.replace("'image':'i'", "'image':'j'"), old);
        assertThat(PluginHouse.refused(() -> house.updated(
                        "PodSecurity",
                        "pods/ephemeralcontainers",
                        "shop",
                        old.replace("'spec':{", "'spec':{'ephemeralContainers':[{'name':'e'}],"),
                        old)))
                .contains("violates PodSecurity");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enforce=foo          | metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "foo": must be one of privileged, baseline, restricted
            enforce-version=v1.x | metadata.labels[pod-security.kubernetes.io/enforce-version]: Invalid value: "v1.x": must be "latest" or "v1.x"
            """)
    void labelsMustBeKnown(String labels, String problem) {
        assertThat(PluginHouse.refused(() -> house.created("PodSecurity", "namespaces", "", namespaceOf(labels))))
                .isEqualTo("Namespace \"shop\" is invalid: " + problem);
        house.updated("PodSecurity", "namespaces", "", namespaceOf(labels), namespaceOf(labels));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enforce=baseline                     | enforce=restricted                       | 0
            enforce=privileged                   | enforce=restricted                       | 0
            enforce=baseline,warn=privileged     | enforce=privileged                       | 3
            enforce=baseline,enforce-version=v1.2 | enforce=baseline,enforce-version=v1.3   | 3
            """)
    void stricterNamespacesWarnOfTheirPods(String now, String before, int warnings) {
        for (String pod : new String[] {"b", "a"}) {
            house.keep("pods", "{'metadata':{'name':'" + pod + "','namespace':'shop'}," + BAD + "}");
        }
        house.keep(
                "pods", "{'metadata':{'name':'c','namespace':'shop'},'spec':{'volumes':[{'name':'v','hostPath':{}}]}}");
        house.updated("PodSecurity", "namespaces", "", namespaceOf(now), namespaceOf(before));
        assertThat(house.notes().warnings()).hasSize(warnings);
        if (warnings > 0) {
            assertThat(house.notes().warnings().get(0))
                    .startsWith(
                            "existing pods in namespace \"shop\" violate the new PodSecurity enforce level \"baseline:");
            assertThat(house.notes().warnings().subList(1, 3))
                    .containsExactly("a (and 1 other pod): host namespaces", "c: hostPath volumes");
        }
    }

    private static PluginHouse configured() {
        PodSecuritySettings settings = PodSecuritySettings.of(
                PluginHouse.json("{'defaults':{'enforce':'baseline'},'exemptions':{'namespaces':['free'],"
                        + "'runtimeClasses':['box'],'usernames':['root']}}"),
                new FieldErrors());
        return new PluginHouse(
                new PluginSettings(300, 300, settings, List.of(), NodeSelectors.NONE, TolerationRules.NONE, List.of()),
                attributes -> Decision.noOpinion(""),
                InstantSource.system());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop | 'x':1                    | refused
            free | 'x':1                    | namespace
            shop | 'runtimeClassName':'box' | runtimeClass
            """)
    void defaultsAndExemptionsMayBeConfigured(String namespace, String more, String outcome) {
        try (PluginHouse own = configured()) {
            own.keep("namespaces", "{'metadata':{'name':'" + namespace + "'}}");
            String pod = "{'metadata':{'name':'p'}," + BAD.replace("'spec':{", "'spec':{" + more + ",") + "}";
            Runnable create = () -> own.created("PodSecurity", "pods", namespace, pod);
            if (outcome.equals("refused")) {
                assertThat(PluginHouse.refused(create)).contains("violates PodSecurity \"baseline:latest\"");
            } else {
                create.run();
                assertThat(own.notes().annotations()).containsEntry("pod-security.kubernetes.io/exempt", outcome);
            }
        }
    }

    @Test
    void labelsOfExemptNamespacesAreToldToMeanNothing() {
        try (PluginHouse own = configured()) {
            own.created(
                    "PodSecurity",
                    "namespaces",
                    "",
                    namespaceOf("enforce=restricted,warn=baseline").replace("'shop'", "'free'"));
            assertThat(own.notes().warnings())
                    .containsExactly("namespace \"free\" is exempt from Pod Security, and the policy"
                            + " (enforce=restricted:latest, warn=baseline:latest) will be ignored");
        }
    }
}

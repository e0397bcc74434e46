// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.admission.plugin.podsecurity.PodSecuritySettings;
import io.apiserver4j.admission.plugin.quota.LimitedResource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginConfigurationTest {
    private static PluginSettings read(String plugin, String document) {
        return PluginConfiguration.read(Map.of(plugin, PluginHouse.json(document)), Set.of());
    }

    @Test
    void withoutDocumentsAllIsAsUsual() {
        assertThat(PluginConfiguration.read(Map.of(), Set.of())).isEqualTo(PluginSettings.STANDARD);
    }

    @Test
    void documentsAreRead() {
        PodSecuritySettings security = read(
                        "PodSecurity",
                        "{'apiVersion':'pod-security.admission.config.k8s.io/v1','kind':'PodSecurityConfiguration',"
                                + "'defaults':{'enforce':'baseline','enforce-version':'v1.30'},"
                                + "'exemptions':{'usernames':['u'],'namespaces':['n'],'runtimeClasses':['r']}}")
                .podSecurity();
        assertThat(security.toString())
                .isEqualTo("PodSecuritySettings[defaults=Policy[enforce=baseline:v1.30, audit=privileged:latest,"
                        + " warn=privileged:latest], users=[u], namespaces=[n], runtimeClasses=[r]]");
        assertThat(read(
                                "ResourceQuota",
                                "{'apiVersion':'apiserver.config.k8s.io/v1','kind':'ResourceQuotaConfiguration',"
                                        + "'limitedResources':[{'resource':'pods','matchScopes':[{'scopeName':"
                                        + "'PriorityClass','operator':'In','values':['high']}]},{'apiGroup':'apps',"
                                        + "'resource':'deployments','matchContains':['count/']}]}")
                        .limitedResources())
                .containsExactly(
                        new LimitedResource(
                                "pods",
                                List.of(),
                                List.of(new LimitedResource.Scoped("PriorityClass", "In", List.of("high")))),
                        new LimitedResource("deployments.apps", List.of("count/"), List.of()));
        assertThat(read(
                                "PodNodeSelector",
                                "{'podNodeSelectorPluginConfig':{'clusterDefaultNodeSelector':'a=b','shop':'c=d'}}")
                        .nodeSelectors())
                .isEqualTo(new NodeSelectors("a=b", Map.of("shop", "c=d")));
        assertThat(read(
                                "PodTolerationRestriction",
                                "{'apiVersion':'podtolerationrestriction.admission.k8s.io/v1alpha1',"
                                        + "'kind':'Configuration','default':[{'key':'a'}],'whitelist':[{'key':'b'}]}")
                        .tolerations()
                        .whitelist())
                .hasToString("[{\"key\":\"b\"}]");
        assertThat(read(
                                "EventRateLimit",
                                "{'apiVersion':'eventratelimit.admission.k8s.io/v1alpha1','kind':'Configuration',"
                                        + "'limits':[{'type':'Server','qps':5,'burst':10}]}")
                        .eventLimits())
                .containsExactly(new EventLimit("Server", 5, 10, 4096));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PodSecurity | {'kind':'X'} | Object 'apiVersion' is missing in '{"kind":"X"}'
            PodSecurity | {'kind':'X','apiVersion':'a/v1'} | no kind "X" is registered for version "a/v1" in scheme
            PodSecurity | {'kind':'PodSecurityConfiguration','apiVersion':'pod-security.admission.config.k8s.io/v1','defaults':{'warn-version':'v2'},'exemptions':{'usernames':['','u','u'],'namespaces':['A']}} | [defaults.warn-version: Invalid value: "v2": must be "latest" or "v1.x", exemptions.usernames[0]: Invalid value: "": username must not be empty, exemptions.usernames[2]: Duplicate value: "u", exemptions.namespaces[0]: Invalid value: "A": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')]
            EventRateLimit | {'kind':'Configuration','apiVersion':'eventratelimit.admission.k8s.io/v1alpha1','limits':[{'type':'Server','qps':0,'burst':-1,'cacheSize':-1}]} | [limits[0].burst: Invalid value: -1: must be positive, limits[0].qps: Invalid value: 0: must be positive, limits[0].cacheSize: Invalid value: -1: must not be negative]
            EventRateLimit | {'kind':'Configuration','apiVersion':'eventratelimit.admission.k8s.io/v1alpha1'} | limits: Invalid value: null: must not be empty
            """)
    void whatCannotBeFollowedIsTold(String plugin, String document, String problem) {
        assertThatThrownBy(() -> read(plugin, document))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("couldn't init admission plugin \"" + plugin + "\": " + problem);
    }
}

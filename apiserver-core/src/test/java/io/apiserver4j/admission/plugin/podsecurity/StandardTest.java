// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.admission.plugin.PluginHouse;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardTest {
    /** A container that the restricted level allows, without the end. */
    private static final String GOOD = "'securityContext':{'allowPrivilegeEscalation':false,'runAsNonRoot':true,"
            + "'seccompProfile':{'type':'RuntimeDefault'},'capabilities':{'drop':['ALL']}";

    private static String told(String level, String release, String pod) {
        String text = pod.startsWith("{") ? "{'spec':" + pod + "}" : "{" + pod + "}";
        text = text.replace("GOOD}", GOOD + "}}").replace("GOOD,", GOOD + ",");
        Integer minor = LevelVersion.minor(release);
        return Standard.findings(
                        new LevelVersion(
                                level.equals("b") ? Level.BASELINE : Level.RESTRICTED, minor == null ? -1 : minor),
                        PodShape.of(PluginHouse.json(text)))
                .stream()
                .map(Finding::toString)
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            latest | {'containers':[{'name':'a'}]} | ''
            latest | {'securityContext':{'appArmorProfile':{'type':'Unconfined'}},'containers':[{'name':'a','securityContext':{'appArmorProfile':{'type':'Localhost'}}}]} | forbidden AppArmor profile (pod must not set AppArmor profile type to "Unconfined")
            latest | 'metadata':{'annotations':{'container.apparmor.security.beta.kubernetes.io/a':'unconfined','container.apparmor.security.beta.kubernetes.io/b':'localhost/x'}},'spec':{'containers':[{'name':'a','securityContext':{'appArmorProfile':{'type':'X'}}}]} | forbidden AppArmor profiles (container "a" and annotation must not set AppArmor profile type to "X", "container.apparmor.security.beta.kubernetes.io/a="unconfined"")
            latest | {'containers':[{'name':'a','securityContext':{'capabilities':{'add':['SYS_ADMIN','CHOWN']}}},{'name':'b','securityContext':{'capabilities':{'add':['NET_RAW']}}}]} | non-default capabilities (containers "a", "b" must not include "NET_RAW", "SYS_ADMIN" in securityContext.capabilities.add)
            latest | {'hostNetwork':true,'hostPID':true,'hostIPC':true} | host namespaces (hostNetwork=true, hostPID=true, hostIPC=true)
            latest | {'volumes':[{'name':'v','hostPath':{}},{'name':'w','hostPath':{}}]} | hostPath volumes (volumes "v", "w")
            latest | {'containers':[{'name':'a','ports':[{'hostPort':80},{'hostPort':8}]}]} | hostPort (container "a" uses hostPorts 8, 80)
            latest | {'initContainers':[{'name':'i','ports':[{'hostPort':80}]}],'containers':[{'name':'a','ports':[{'hostPort':80},{'containerPort':8}]}]} | hostPort (containers "i", "a" use hostPort 80)
            latest | {'containers':[{'name':'a','livenessProbe':{'httpGet':{'host':'h'}},'lifecycle':{'preStop':{'tcpSocket':{'host':'g'}}}}]} | probe or lifecycle host (container "a" uses probe or lifecycle hosts "g", "h")
            v1.33  | {'containers':[{'name':'a','livenessProbe':{'httpGet':{'host':'h'}}}]} | ''
            latest | {'containers':[{'name':'a'}],'ephemeralContainers':[{'name':'e','securityContext':{'privileged':true}}]} | privileged (container "e" must not set securityContext.privileged=true)
            latest | {'containers':[{'name':'a','securityContext':{'procMount':'Unmasked'}}]} | procMount (container "a" must not set securityContext.procMount to "Unmasked")
            latest | {'hostUsers':false,'containers':[{'name':'a','securityContext':{'procMount':'Unmasked'}}]} | ''
            v1.34  | {'hostUsers':false,'containers':[{'name':'a','securityContext':{'procMount':'Unmasked'}}]} | procMount (container "a" must not set securityContext.procMount to "Unmasked")
            latest | {'securityContext':{'seLinuxOptions':{'type':'a','user':'u'}},'containers':[{'name':'a','securityContext':{'seLinuxOptions':{'type':'b','role':'r'}}}]} | seLinuxOptions (pod and container "a" set forbidden securityContext.seLinuxOptions: types "a", "b"; user may not be set; role may not be set)
            latest | {'securityContext':{'seLinuxOptions':{'type':'container_engine_t'}}} | ''
            v1.30  | {'securityContext':{'seLinuxOptions':{'type':'container_engine_t'}}} | seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "container_engine_t")
            latest | {'securityContext':{'seccompProfile':{'type':'Unconfined'}}} | seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")
            v1.18  | {'securityContext':{'seccompProfile':{'type':'Unconfined'}}} | ''
            v1.18  | 'metadata':{'annotations':{'seccomp.security.alpha.kubernetes.io/pod':'unconfined'}},'spec':{} | seccompProfile (forbidden annotation seccomp.security.alpha.kubernetes.io/pod="unconfined")
            latest | {'securityContext':{'sysctls':[{'name':'x'},{'name':'net.ipv4.tcp_rmem'},{'name':'net.ipv4.tcp_notsent_lowat'}]}} | forbidden sysctls (x)
            v1.31  | {'securityContext':{'sysctls':[{'name':'x'},{'name':'net.ipv4.tcp_rmem'},{'name':'net.ipv4.tcp_fin_timeout'}]}} | forbidden sysctls (x, net.ipv4.tcp_rmem)
            latest | {'securityContext':{'windowsOptions':{'hostProcess':true}},'containers':[{'name':'a','securityContext':{'windowsOptions':{'hostProcess':true}}}]} | hostProcess (pod and container "a" must not set securityContext.windowsOptions.hostProcess=true)
            """)
    void baseline(String release, String pod, String findings) {
        assertThat(told("b", release, pod)).isEqualTo(findings.equals("''") ? "" : findings);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            latest | {'containers':[{'name':'a',GOOD}]} | ''
            latest | {'containers':[{'name':'a'}]} | allowPrivilegeEscalation != false (container "a" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "a" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")
            latest | {'os':{'name':'windows'},'containers':[{'name':'a'}]} | runAsNonRoot != true (pod or container "a" must set securityContext.runAsNonRoot=true)
            v1.24  | {'os':{'name':'windows'},'containers':[{'name':'a',GOOD}]} | ''
            latest | {'containers':[{'name':'a','securityContext':{'allowPrivilegeEscalation':false,'runAsNonRoot':true,'seccompProfile':{'type':'Localhost'},'capabilities':{'drop':['CHOWN'],'add':['SYS_TIME','NET_BIND_SERVICE']}}}]} | unrestricted capabilities (container "a" must set securityContext.capabilities.drop=["ALL"]; container "a" must not include "SYS_TIME" in securityContext.capabilities.add)
            v1.21  | {'containers':[{'name':'a','securityContext':{'allowPrivilegeEscalation':false,'runAsNonRoot':true,'seccompProfile':{'type':'Localhost'},'capabilities':{'add':['SYS_TIME']}}}]} | non-default capabilities (container "a" must not include "SYS_TIME" in securityContext.capabilities.add)
            latest | {'volumes':[{'name':'v','hostPath':{}},{'name':'w','nfs':{}},{'name':'s','secret':{}},{'name':'u'}],'containers':[{'name':'a',GOOD}]} | restricted volume types (volumes "v", "w", "u" use restricted volume types "hostPath", "nfs", "unknown")
            latest | {'volumes':[{'name':'v','hostPath':{}}],'containers':[{'name':'a',GOOD}]} | restricted volume types (volume "v" uses restricted volume type "hostPath")
            latest | {'securityContext':{'runAsNonRoot':false},'containers':[{'name':'a',GOOD}]} | runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)
            latest | {'hostUsers':false,'securityContext':{'runAsNonRoot':false,'runAsUser':0},'containers':[{'name':'a',GOOD}]} | ''
            latest | {'securityContext':{'runAsUser':0},'containers':[{'name':'a',GOOD}]} | runAsUser=0 (pod must not set runAsUser=0)
            v1.22  | {'securityContext':{'runAsUser':0},'containers':[{'name':'a',GOOD}]} | ''
            latest | {'containers':[{'name':'a',GOOD,'procMount':'Unmasked'}}]} | procMount (container "a" must not set securityContext.procMount to "Unmasked")
            latest | {'securityContext':{'seccompProfile':{'type':'Unconfined'}},'containers':[{'name':'a',GOOD}]} | seccompProfile (pod must not set securityContext.seccompProfile.type to "Unconfined")
            """)
    void restricted(String release, String pod, String findings) {
        assertThat(told("r", release, pod)).isEqualTo(findings.equals("''") ? "" : findings);
    }

    @ParameterizedTest
    @CsvSource({
        "latest, 2147483647",
        "v1.0, 0",
        "v1.37, 37",
        "v1.99, 99",
        "v1.x, ",
        "v1., ",
        "v1.01, ",
        "1.2, ",
        "v2.1, ",
        "'', "
    })
    void releases(String text, Integer minor) {
        assertThat(LevelVersion.minor(text)).isEqualTo(minor);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.plugin.podsecurity.PodSecuritySettings;
import io.apiserver4j.authz.Decision;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plugins that are off unless they are asked for. */
class OptionalPluginsTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final PluginHouse house = new PluginHouse(
            new PluginSettings(
                    300,
                    300,
                    PodSecuritySettings.NONE,
                    List.of(),
                    new NodeSelectors("zone=a", Map.of("narrow", "zone=a,disk=ssd")),
                    new TolerationRules(
                            PluginHouse.json("{'l':[{'key':'d','operator':'Exists'}]}")
                                    .arrayOrEmpty("l"),
                            PluginHouse.json("{'l':[{'key':'d','operator':'Exists'},{'key':'ok',"
                                            + "'operator':'Exists'},{'key':'node.kubernetes.io/memory-pressure',"
                                            + "'operator':'Exists'}]}")
                                    .arrayOrEmpty("l")),
                    List.of(
                            new EventLimit("Namespace", 1, 2, 10),
                            new EventLimit("SourceAndObject", 1, 5, EventLimit.CACHE_SIZE))),
            attributes ->
                    attributes.verb().equals("update") && attributes.name().equals("held")
                            ? Decision.allow("")
                            : Decision.noOpinion("no rule"),
            () -> now);

    @AfterEach
    void stop() {
        house.close();
    }

    private void namespace(String name, String annotations) {
        house.keep("namespaces", "{'metadata':{'name':'" + name + "','annotations':{" + annotations + "}}}");
    }

    private ObjectValue pod(String plugin, String namespace, String spec) {
        return house.created(plugin, "pods", namespace, "{'metadata':{'name':'p'},'spec':" + spec + "}");
    }

    @Test
    void oneLetsAllPassAndOneNothing() {
        pod("AlwaysAdmit", "shop", "{}");
        assertThat(PluginHouse.refused(() -> pod("AlwaysDeny", "shop", "{}")))
                .isEqualTo("pods \"p\" is forbidden: admission control is denying all modifications");
        ObjectValue old = PluginHouse.json("{'metadata':{'name':'p'}}");
        assertThat(PluginHouse.refused(() -> house.only("AlwaysDeny")
                        .admitUnkept(house.request(Operation.DELETE, "pods", "shop", null, old))))
                .contains("denying all modifications");
    }

    @Test
    void namespacesMustBeThere() {
        assertThat(PluginHouse.refused(() -> pod("NamespaceExists", "none", "{}")))
                .isEqualTo("namespaces \"none\" not found");
        namespace("shop", "");
        pod("NamespaceExists", "shop", "{}");
    }

    @Test
    void namespacesAreMadeWhenTheyAreNeeded() {
        namespace("shop", "");
        pod("NamespaceAutoProvision", "shop", "{}");
        // the house has no server behind it: what is asked for shows in the failure
        assertThatThrownBy(() -> pod("NamespaceAutoProvision", "none", "{}"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/api/v1/namespaces");
    }

    @Test
    void imagesAreAlwaysPulled() {
        ObjectValue pod = pod(
                "AlwaysPullImages",
                "shop",
                "{'containers':[{'name':'a','image':'i','imagePullPolicy':'Never'},{'name':'b','image':'j'}],"
                        + "'volumes':[{'name':'v','image':{'pullPolicy':'Never'}},{'name':'w','emptyDir':{}}]}");
        assertThat(pod.objectOrEmpty("spec"))
                .hasToString("{\"volumes\":[{\"name\":\"v\",\"image\":{\"pullPolicy\":\"Always\"}},{\"name\":\"w\","
                        + "\"emptyDir\":{}}],\"containers\":[{\"name\":\"a\",\"image\":\"i\","
                        + "\"imagePullPolicy\":\"Always\"},{\"name\":\"b\",\"image\":\"j\","
                        + "\"imagePullPolicy\":\"Always\"}]}");
        String old =
                "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'a','image':'i','imagePullPolicy':'Never'}]}}";
        assertThat(house.updated("AlwaysPullImages", "pods", "shop", old, old)).isEqualTo(PluginHouse.json(old));
        ObjectValue given = PluginHouse.json(old);
        assertThat(PluginHouse.refused(() -> house.only("AlwaysPullImages")
                        .validate(house.request(Operation.CREATE, "pods", "shop", given, null))))
                .isEqualTo("pods \"p\" is forbidden: spec.containers[0].imagePullPolicy: Unsupported value: \"Never\":"
                        + " supported values: \"Always\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            kubernetes.io/hostname | -
            zone | pods "p" is forbidden: affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey zone but only key kubernetes.io/hostname is allowed
            """)
    void podsKeepOthersFromTheirNodeOnly(String key, String problem) {
        Runnable create = () -> pod(
                "LimitPodHardAntiAffinityTopology",
                "shop",
                "{'affinity':{'podAntiAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':[{'topologyKey':'"
                        + key + "'}]}}}");
        if (problem == null) {
            create.run();
        } else {
            assertThat(PluginHouse.refused(create)).isEqualTo(problem);
        }
    }

    @Test
    void specialResourcesAreTolerated() {
        ObjectValue pod = pod(
                "ExtendedResourceToleration",
                "shop",
                "{'containers':[{'name':'a','resources':{'requests':{'cpu':'1','b.com/x':'1','a.com/y':'1',"
                        + "'x.kubernetes.io/z':'1'}}}],'tolerations':[{'key':'b.com/x','operator':'Exists',"
                        + "'effect':'NoSchedule','tolerationSeconds':5}]}");
        assertThat(pod.at("spec", "tolerations"))
                .hasToString("[{\"key\":\"b.com/x\",\"operator\":\"Exists\",\"effect\":\"NoSchedule\"},"
                        + "{\"key\":\"a.com/y\",\"operator\":\"Exists\",\"effect\":\"NoSchedule\"}]");
    }

    @Test
    void servicesGetNoExternalAddresses() {
        String open = "{'metadata':{'name':'s'},'spec':{'externalIPs':['1.1.1.1']}}";
        String closed = "{'metadata':{'name':'s'},'spec':{}}";
        house.created("DenyServiceExternalIPs", "services", "shop", closed);
        house.updated("DenyServiceExternalIPs", "services", "shop", open, open);
        house.updated("DenyServiceExternalIPs", "services", "shop", closed, open);
        assertThat(PluginHouse.refused(() -> house.updated("DenyServiceExternalIPs", "services", "shop", open, closed)))
                .isEqualTo("services \"s\" is forbidden: Use of external IPs is denied by cluster policy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain  | ''                                                         | {}                              | {"zone":"a"}
            own    | 'scheduler.alpha.kubernetes.io/node-selector':'a=b, c=d'   | {'nodeSelector':{'x':'y'}}      | {"a":"b","c":"d","x":"y"}
            own    | 'scheduler.alpha.kubernetes.io/node-selector':'a=b'        | {'nodeSelector':{'a':'z'}}      | ! pods "p" is forbidden: pod node label selector conflicts with its namespace node label selector
            narrow | ''                                                         | {'nodeSelector':{'disk':'ssd'}} | {"disk":"ssd","zone":"a"}
            narrow | ''                                                         | {'nodeSelector':{'disk':'hdd'}} | ! pods "p" is forbidden: pod node label selector labels conflict with its namespace whitelist
            own    | 'scheduler.alpha.kubernetes.io/node-selector':'a'          | {}                              | ! invalid selector: a
            """)
    void namespacesSayTheirNodes(String namespace, String annotations, String spec, String selector) {
        namespace(namespace, annotations);
        if (selector.startsWith("! ")) {
            assertThat(PluginHouse.refused(() -> pod("PodNodeSelector", namespace, spec)))
                    .isEqualTo(selector.substring(2));
        } else {
            assertThat(pod("PodNodeSelector", namespace, spec).at("spec", "nodeSelector"))
                    .hasToString(selector);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''     | {}                                                   | [{"key":"d","operator":"Exists"}]
            'scheduler.alpha.kubernetes.io/defaultTolerations':'[{\\'key\\':\\'ok\\',\\'operator\\':\\'Exists\\'}]' | {} | [{"key":"ok","operator":"Exists"}]
            'scheduler.alpha.kubernetes.io/defaultTolerations':'' | {}     | null
            ''     | {'tolerations':[{'key':'no','operator':'Exists'}]}   | ! pod tolerations (possibly merged with namespace default tolerations) conflict with its cluster whitelist
            'scheduler.alpha.kubernetes.io/tolerationsWhitelist':'[{\\'key\\':\\'z\\'}]' | {} | ! pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist
            ''     | {'containers':[{'resources':{'limits':{'cpu':'1'}}}]} | [{"key":"d","operator":"Exists"},{"key":"node.kubernetes.io/memory-pressure","operator":"Exists","effect":"NoSchedule"}]
            """)
    void namespacesSayWhatTheirPodsTolerate(String annotations, String spec, String tolerations) {
        ObjectValue metadata = ObjectValue.EMPTY;
        if (!annotations.isEmpty()) {
            int colon = annotations.indexOf("':'");
            metadata = ObjectValue.of(
                    annotations.substring(1, colon),
                    Value.of(annotations
                            .substring(colon + 3, annotations.length() - 1)
                            .replace("\\'", "\"")));
        }
        house.keep(
                "namespaces",
                PluginHouse.json("{'metadata':{'name':'shop'}}")
                        .withAt(metadata, "metadata", "annotations")
                        .toString());
        if (tolerations.startsWith("! ")) {
            assertThat(PluginHouse.refused(() -> pod("PodTolerationRestriction", "shop", spec)))
                    .isEqualTo(tolerations.substring(2));
        } else {
            assertThat(String.valueOf(
                            pod("PodTolerationRestriction", "shop", spec).at("spec", "tolerations")))
                    .isEqualTo(tolerations);
        }
    }

    @Test
    void eventsAreLimited() {
        Runnable event = () -> house.created(
                "EventRateLimit", "events", "shop", "{'metadata':{'name':'e'},'involvedObject':{'name':'p'}}");
        event.run();
        event.run();
        assertThat(PluginHouse.refused(event))
                .isEqualTo("Too many requests: limit reached on type Namespace for key shop");
        house.created("EventRateLimit", "events", "other", "{'metadata':{'name':'e'},'involvedObject':{}}");
        now = now.plusMillis(1100);
        event.run();
        assertThat(PluginHouse.refused(event)).contains("limit reached");
    }

    private static String owned(String owners) {
        return "{'metadata':{'name':'c','ownerReferences':[" + owners + "]}}";
    }

    private static String owner(String name, boolean blocks) {
        return "{'apiVersion':'apps/v1','kind':'Deployment','name':'" + name + "','uid':'" + name
                + "','blockOwnerDeletion':" + blocks + "}";
    }

    @Test
    void ownersAreHeldByThoseWhoMay() {
        String plugin = "OwnerReferencesPermissionEnforcement";
        house.created(plugin, "configmaps", "shop", owned(owner("free", false)));
        house.created(plugin, "configmaps", "shop", owned(owner("held", true)));
        String same = owned(owner("free", true));
        house.updated(plugin, "configmaps", "shop", same, same);
        assertThat(PluginHouse.refused(() -> house.created(plugin, "configmaps", "shop", same)))
                .isEqualTo("configmaps \"c\" is forbidden: cannot set blockOwnerDeletion if an ownerReference refers to"
                        + " a resource you can't set finalizers on: no rule, <nil>");
        assertThat(PluginHouse.refused(
                        () -> house.updated(plugin, "configmaps", "shop", same, "{'metadata':{'name':'c'}}")))
                .isEqualTo("configmaps \"c\" is forbidden: cannot set an ownerRef on a resource you can't delete:"
                        + " no rule, <nil>");
        assertThat(PluginHouse.refused(
                        () -> house.created(plugin, "configmaps", "shop", same.replace("Deployment", "Thing"))))
                .isEqualTo("configmaps \"c\" is forbidden: cannot set blockOwnerDeletion in this case because cannot"
                        + " find RESTMapping for APIVersion apps/v1 Kind Thing: no matches for kind \"Thing\" in version"
                        + " \"apps/v1\"");
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.apiserver4j.admission.AdmissionChain;
import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.PluginOrder;
import io.apiserver4j.kinds.BuiltinCatalog;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Identity;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.storage.memory.MemoryStore;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltinPluginsTest {
    private final MemoryStore memory = MemoryStore.builder().build();
    private final Stores stores = new Stores(memory);
    private final LiveCatalog catalog = new LiveCatalog(new Catalog(BuiltinCatalog.definitions()));
    private final Map<String, Object> plugins = PluginHouse.plugins(stores, catalog);

    @BeforeEach
    void start() {
        keep("namespaces", "{'metadata':{'name':'shop'},'status':{'phase':'Active'}}");
        keep("namespaces", "{'metadata':{'name':'gone'},'status':{'phase':'Terminating'}}");
        keep("serviceaccounts", "{'metadata':{'name':'default','namespace':'shop'}}");
    }

    @AfterEach
    void stop() {
        stores.close();
        memory.close();
    }

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private ResourceDefinition definition(String resource) {
        return Objects.requireNonNull(catalog.current().find(resource), resource);
    }

    private void keep(String resource, String object) {
        stores.of(definition(resource)).create(json(object));
    }

    private AdmissionRequest request(
            Operation operation,
            String resource,
            String namespace,
            @Nullable ObjectValue object,
            @Nullable ObjectValue old) {
        ObjectValue named = object != null ? object : Objects.requireNonNull(old);
        ResourceDefinition definition = definition(resource);
        return new AdmissionRequest(
                operation,
                definition,
                definition.versions().get(0).version(),
                definition.versions().get(0).kind(),
                "",
                namespace,
                named.objectOrEmpty("metadata").stringOrEmpty("name"),
                object,
                old,
                ObjectValue.EMPTY,
                Identity.of("test"),
                false,
                new CallNotes());
    }

    /** A chain of one plugin alone. */
    private AdmissionChain only(String name) {
        Set<String> others = new HashSet<>(PluginOrder.ALL);
        others.remove(name);
        return PluginOrder.chain(plugins, Set.of(name), others);
    }

    private ObjectValue created(String plugin, String resource, String namespace, String object) {
        AdmissionRequest request = request(Operation.CREATE, resource, namespace, json(object), null);
        AdmissionChain chain = only(plugin);
        ObjectValue out = chain.mutate(request);
        chain.validate(request.withObject(out));
        return out;
    }

    private String refused(String plugin, String resource, String namespace, String object) {
        Throwable failure = catchThrowable(() -> created(plugin, resource, namespace, object));
        assertThat(failure).isInstanceOf(ApiException.class);
        return String.valueOf(failure.getMessage());
    }

    @Test
    void allOfThemAreKnown() {
        assertThat(PluginOrder.unknown(plugins.keySet())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none | namespaces "none" not found
            gone | configmaps "a" is forbidden: unable to create new content in namespace gone because it is being terminated
            """)
    void nothingIsMadeInNamespacesThatAreNotThere(String namespace, String message) {
        assertThat(refused("NamespaceLifecycle", "configmaps", namespace, "{'metadata':{'name':'a'}}"))
                .isEqualTo(message);
    }

    @Test
    void namespacesThatGoTellTheCause() {
        Throwable failure =
                catchThrowable(() -> created("NamespaceLifecycle", "configmaps", "gone", "{'metadata':{'name':'a'}}"));
        assertThat(((ApiException) failure).status().toObject().at("details", "causes"))
                .hasToString("[{\"reason\":\"NamespaceTerminating\",\"message\":\"namespace gone is being terminated\","
                        + "\"field\":\"metadata.namespace\"}]");
    }

    @Test
    void namespacesAreSeenAtOnceWhenTheyChange() {
        created("NamespaceLifecycle", "configmaps", "shop", "{'metadata':{'name':'a'}}");
        var namespaces = stores.of(definition("namespaces"));
        namespaces.replace(
                Objects.requireNonNull(namespaces.get("", "shop")),
                json("{'metadata':{'name':'shop'},'status':{'phase':'Terminating'}}"));
        assertThat(refused("NamespaceLifecycle", "configmaps", "shop", "{'metadata':{'name':'a'}}"))
                .contains("is being terminated");
    }

    @ParameterizedTest
    @CsvSource({"default, false", "kube-system, false", "kube-public, false", "kube-node-lease, true", "shop, true"})
    void someNamespacesStay(String name, boolean may) {
        ObjectValue old = json("{'metadata':{'name':'" + name + "'}}");
        AdmissionRequest request = request(Operation.DELETE, "namespaces", "", null, old);
        Throwable failure = catchThrowable(() -> only("NamespaceLifecycle").validate(request));
        if (may) {
            assertThat(failure).isNull();
        } else {
            assertThat(failure)
                    .hasMessage("namespaces \"" + name + "\" is forbidden: this namespace may not be deleted");
        }
    }

    @Test
    void podsMountTheTokenOfTheirAccount() {
        ObjectValue pod = created(
                "ServiceAccount",
                "pods",
                "shop",
                "{'metadata':{'name':'p'},'spec':{'initContainers':[{'name':'i'}],'containers':[{'name':'c'},"
                        + "{'name':'d','volumeMounts':[{'name':'own','mountPath':"
                        + "'/var/run/secrets/kubernetes.io/serviceaccount'}]}]}}");
        ObjectValue spec = pod.objectOrEmpty("spec");
        assertThat(spec.stringOrEmpty("serviceAccountName")).isEqualTo("default");
        assertThat(spec.stringOrEmpty("serviceAccount")).isEqualTo("default");
        assertThat(pod.toString()).contains("\"serviceAccountName\":\"default\",\"serviceAccount\":\"default\"");
        ObjectValue volume = spec.arrayOrEmpty("volumes").objectAt(0);
        String name = volume.stringOrEmpty("name");
        assertThat(name).matches("kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}");
        assertThat(volume.objectOrEmpty("projected").toString())
                .isEqualTo("{\"sources\":[{\"serviceAccountToken\":{\"expirationSeconds\":3607,\"path\":\"token\"}},"
                        + "{\"configMap\":{\"name\":\"kube-root-ca.crt\",\"items\":[{\"key\":\"ca.crt\",\"path\":\"ca.crt\"}]}},"
                        + "{\"downwardAPI\":{\"items\":[{\"path\":\"namespace\",\"fieldRef\":{\"apiVersion\":\"v1\","
                        + "\"fieldPath\":\"metadata.namespace\"}}]}}],\"defaultMode\":420}");
        assertThat(spec.arrayOrEmpty("containers").objectAt(0).toString()).contains(name);
        assertThat(spec.arrayOrEmpty("initContainers").objectAt(0).toString()).contains(name);
        assertThat(spec.arrayOrEmpty("containers").objectAt(1).toString()).doesNotContain(name);
    }

    @ParameterizedTest
    @CsvSource({"unset, unset, true", "unset, false, false", "true, false, true", "false, true, false"})
    void podsAndAccountsMayDoWithoutToken(String pod, String account, boolean mounted) {
        keep("serviceaccounts", "{'metadata':{'name':'own','namespace':'shop'}" + automount(account) + "}");
        ObjectValue out = created(
                "ServiceAccount",
                "pods",
                "shop",
                "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c'}],'serviceAccountName':'own'"
                        + automount(pod) + "}}");
        assertThat(out.objectOrEmpty("spec").has("volumes")).isEqualTo(mounted);
    }

    private static String automount(String said) {
        return said.equals("unset") ? "" : ",'automountServiceAccountToken':" + said;
    }

    @Test
    void podsTakeTheSecretsForImagesOfTheirAccount() {
        keep("serviceaccounts", "{'metadata':{'name':'own','namespace':'shop'},'imagePullSecrets':[{'name':'s'}]}");
        ObjectValue out = created(
                "ServiceAccount",
                "pods",
                "shop",
                "{'metadata':{'name':'p'},'spec':{'containers':[],'serviceAccountName':'own'}}");
        assertThat(out.at("spec", "imagePullSecrets")).hasToString("[{\"name\":\"s\"}]");
    }

    @Test
    void accountsMustBeThere() {
        assertThat(refused(
                        "ServiceAccount",
                        "pods",
                        "shop",
                        "{'metadata':{'name':'p'},'spec':{'containers':[],'serviceAccountName':'none'}}"))
                .isEqualTo(
                        "pods \"p\" is forbidden: error looking up service account shop/none: serviceaccount \"none\""
                                + " not found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'volumes':[{'name':'v','secret':{'secretName':'s'}}]}                                  | volume with secret.secretName="s" is not allowed because service account own does not reference that secret
            {'containers':[{'name':'c','env':[{'name':'E','valueFrom':{'secretKeyRef':{'name':'s'}}}]}]} | container c with envVar E referencing secret.secretName="s" is not allowed because service account own does not reference that secret
            {'initContainers':[{'name':'i','envFrom':[{'secretRef':{'name':'s'}}]}]}                | init container i with envFrom referencing secret.secretName="s" is not allowed because service account own does not reference that secret
            {'imagePullSecrets':[{'name':'s'}]}                                                     | imagePullSecrets[0].name="s" is not allowed because service account own does not reference that imagePullSecret
            """)
    void accountsMayLimitSecrets(String spec, String problem) {
        keep(
                "serviceaccounts",
                "{'metadata':{'name':'own','namespace':'shop','annotations':"
                        + "{'kubernetes.io/enforce-mountable-secrets':'true'}}}");
        String pod = "{'metadata':{'name':'p'},'spec':" + spec.substring(0, spec.length() - 1)
                + ",'automountServiceAccountToken':false,'serviceAccountName':'own'}}";
        assertThat(refused("ServiceAccount", "pods", "shop", pod)).isEqualTo("pods \"p\" is forbidden: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'serviceAccountName':'default'}                          | a mirror pod may not reference service accounts
            {'volumes':[{'name':'v','secret':{'secretName':'s'}}]}    | a mirror pod may not reference secrets
            {'volumes':[{'name':'v','projected':{'sources':[{'serviceAccountToken':{'path':'t'}}]}}]} | a mirror pod may not use ServiceAccountToken volume projections
            """)
    void mirrorPodsUseNothing(String spec, String problem) {
        String pod = "{'metadata':{'name':'p','annotations':{'kubernetes.io/config.mirror':'x'}},'spec':" + spec + "}";
        assertThat(refused("ServiceAccount", "pods", "shop", pod)).isEqualTo("pods \"p\" is forbidden: " + problem);
    }

    @Test
    void podsWithoutClassHaveNoPriority() {
        ObjectValue spec = created("Priority", "pods", "shop", "{'metadata':{'name':'p'},'spec':{}}")
                .objectOrEmpty("spec");
        assertThat(spec.getLong("priority")).isZero();
        assertThat(spec.stringOrEmpty("preemptionPolicy")).isEqualTo("PreemptLowerPriority");
        assertThat(spec.has("priorityClassName")).isFalse();
    }

    @Test
    void theLowestDefaultClassIsTaken() {
        keep("priorityclasses.scheduling.k8s.io", "{'metadata':{'name':'b'},'value':9,'globalDefault':true}");
        keep(
                "priorityclasses.scheduling.k8s.io",
                "{'metadata':{'name':'a'},'value':5,'globalDefault':true,'preemptionPolicy':'Never'}");
        ObjectValue spec = created("Priority", "pods", "shop", "{'metadata':{'name':'p'},'spec':{}}")
                .objectOrEmpty("spec");
        assertThat(List.of(
                        spec.stringOrEmpty("priorityClassName"),
                        spec.longOr("priority", 0),
                        spec.stringOrEmpty("preemptionPolicy")))
                .isEqualTo(List.of("a", 5L, "Never"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'priorityClassName':'none'} | no PriorityClass with name none was found
            {'priority':5}               | the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name
            {'preemptionPolicy':'Never'} | the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name
            """)
    void podsDoNotSayTheirPriority(String spec, String problem) {
        assertThat(refused("Priority", "pods", "shop", "{'metadata':{'name':'p'},'spec':" + spec + "}"))
                .isEqualTo("pods \"p\" is forbidden: " + problem);
    }

    @Test
    void thereIsOneDefaultClass() {
        keep("priorityclasses.scheduling.k8s.io", "{'metadata':{'name':'a'},'value':5,'globalDefault':true}");
        assertThat(refused(
                        "Priority",
                        "priorityclasses.scheduling.k8s.io",
                        "",
                        "{'metadata':{'name':'b'},'value':6,'globalDefault':true}"))
                .isEqualTo("priorityclasses.scheduling.k8s.io \"b\" is forbidden: PriorityClass a is already marked as"
                        + " default. Only one default can exist");
    }

    @Test
    void changesKeepThePriority() {
        ObjectValue old = json("{'metadata':{'name':'p'},'spec':{'priority':3,'preemptionPolicy':'Never'}}");
        ObjectValue now = json("{'metadata':{'name':'p'},'spec':{}}");
        ObjectValue out = only("Priority").mutate(request(Operation.UPDATE, "pods", "shop", now, old));
        assertThat(out.objectOrEmpty("spec")).isEqualTo(old.objectOrEmpty("spec"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                                                          | 2
            [{'operator':'Exists'}]                                                     | 1
            [{'key':'node.kubernetes.io/not-ready','operator':'Exists'}]                | 2
            [{'key':'node.kubernetes.io/not-ready','effect':'NoSchedule'}]              | 3
            """)
    void podsTolerateNodesForAWhile(String tolerations, int count) {
        ObjectValue out = created(
                "DefaultTolerationSeconds",
                "pods",
                "shop",
                "{'metadata':{'name':'p'},'spec':{'tolerations':" + tolerations + "}}");
        assertThat(out.objectOrEmpty("spec").arrayOrEmpty("tolerations").size()).isEqualTo(count);
    }

    @Test
    void nodesBeginNotReady() {
        String taint = "{'key':'node.kubernetes.io/not-ready','effect':'NoSchedule'}";
        ObjectValue wanted = json("{'metadata':{'name':'n'},'spec':{'taints':[" + taint + "]}}");
        assertThat(created("TaintNodesByCondition", "nodes", "", "{'metadata':{'name':'n'}}"))
                .isEqualTo(wanted);
        assertThat(created("TaintNodesByCondition", "nodes", "", wanted.toString()))
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"persistentvolumes", "persistentvolumeclaims", "volumeattributesclasses.storage.k8s.io"})
    void storageIsProtected(String resource) {
        ObjectValue once = created("StorageObjectInUseProtection", resource, "", "{'metadata':{'name':'v'}}");
        assertThat(once.objectOrEmpty("metadata").arrayOrEmpty("finalizers").size())
                .isEqualTo(1);
        assertThat(created("StorageObjectInUseProtection", resource, "", once.toString()))
                .isEqualTo(once);
    }
}

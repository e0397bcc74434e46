// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.kinds.BuiltinCatalog;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.Identity;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.storage.memory.MemoryStore;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestMatcherTest {
    private final MemoryStore memory = MemoryStore.builder().build();
    private final Stores stores = new Stores(memory);
    private final LiveCatalog catalog = new LiveCatalog(new Catalog(BuiltinCatalog.definitions()));
    private final Namespaces namespaces = new Namespaces(stores, catalog);
    private final RequestMatcher matcher = new RequestMatcher(namespaces, catalog);

    @AfterEach
    void stop() {
        namespaces.close();
        stores.close();
        memory.close();
    }

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private ObjectStore store(String groupResource) {
        return stores.of(Objects.requireNonNull(catalog.current().find(groupResource)));
    }

    private AdmissionRequest request(
            Operation operation, String path, String namespace, String name, @Nullable String object) {
        String[] parts = path.split("/", -1);
        ResourceDefinition definition = Objects.requireNonNull(catalog.current().find(parts[0], parts[1], parts[2]));
        String subresource = parts.length > 3 ? parts[3] : "";
        var version = Objects.requireNonNull(definition.version(parts[1]));
        return new AdmissionRequest(
                operation,
                definition,
                parts[1],
                subresource.isEmpty()
                        ? version.kind()
                        : Objects.requireNonNull(definition.subresource(version, subresource))
                                .kind(),
                subresource,
                namespace,
                name,
                object == null ? null : json(object),
                null,
                ObjectValue.EMPTY,
                Identity.ANONYMOUS,
                false,
                new CallNotes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CREATE | *      |     | v1 | pods          | *          | /v1/pods            | shop | true
            CREATE | UPDATE |     | v1 | pods          | *          | /v1/pods            | shop | false
            CREATE | CREATE | *   | *  | *             | *          | /v1/pods            | shop | true
            UPDATE | *      | *   | *  | *             | *          | /v1/pods/status     | shop | false
            UPDATE | *      | *   | *  | */*           | *          | /v1/pods/status     | shop | true
            UPDATE | *      | *   | *  | */*           | *          | /v1/pods            | shop | true
            UPDATE | *      | *   | *  | */status      | *          | /v1/pods/status     | shop | true
            UPDATE | *      | *   | *  | pods/*        | *          | /v1/pods/status     | shop | true
            UPDATE | *      | *   | *  | pods/*        | *          | /v1/services/status | shop | false
            CREATE | *      |     | v1 | pods          | *          | apps/v1/deployments | shop | false
            CREATE | *      | *   | v1 | *             | Namespaced | /v1/pods            | shop | true
            CREATE | *      | *   | v1 | *             | Cluster    | /v1/pods            | shop | false
            CREATE | *      | *   | v1 | *             | Cluster    | /v1/nodes           |      | true
            CREATE | *      | *   | v1 | *             | Namespaced | /v1/nodes           |      | false
            CREATE | *      | *   | v1 | *             | Cluster    | /v1/namespaces      |      | true
            CREATE | *      | *   | v1 | *             | Namespaced | /v1/namespaces      |      | false
            CREATE | *      |     | v2 | pods          | *          | /v1/pods            | shop | false
            """)
    void rules(
            Operation operation,
            String operations,
            @Nullable String group,
            String version,
            String resources,
            String scope,
            String path,
            @Nullable String namespace,
            boolean wanted) {
        String rule = "{'operations':['" + operations + "'],'apiGroups':['" + (group == null ? "" : group)
                + "'],'apiVersions':['" + version + "'],'resources':['" + resources + "'],'scope':'" + scope + "'}";
        MatchCriteria criteria = MatchCriteria.ofWebhook(json("{'matchPolicy':'Exact','rules':[" + rule + "]}"));
        AdmissionRequest request = request(operation, path, namespace == null ? "" : namespace, "a", "{}");
        assertThat(matcher.match(criteria, request) != null).isEqualTo(wanted);
    }

    private static final String RULE =
            "{'operations':['*'],'apiGroups':['%s'],'apiVersions':['%s'],'resources':['%s']}";

    @Test
    void theSameThingInAnotherVersionIsSeenConverted() {
        String rules = "'rules':[" + String.format(RULE, "autoscaling", "v1", "*") + "]";
        AdmissionRequest request = request(
                Operation.CREATE,
                "autoscaling/v2/horizontalpodautoscalers",
                "shop",
                "a",
                "{'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':{'name':'a'},"
                        + "'spec':{'maxReplicas':3,'metrics':[{'type':'Resource','resource':{'name':'cpu','target':"
                        + "{'type':'Utilization','averageUtilization':50}}}]}}");
        assertThat(matcher.match(MatchCriteria.ofWebhook(json("{'matchPolicy':'Exact'," + rules + "}")), request))
                .isNull();
        Matched matched = Objects.requireNonNull(
                matcher.match(MatchCriteria.ofWebhook(json("{'matchPolicy':'Equivalent'," + rules + "}")), request));
        AdmissionRequest seen = matched.view(request);
        assertThat(matched.resource()).hasToString("autoscaling/v1, Resource=horizontalpodautoscalers");
        assertThat(seen.kind()).hasToString("autoscaling/v1, Kind=HorizontalPodAutoscaler");
        ObjectValue object = seen.requireObject();
        assertThat(object.objectOrEmpty("spec").longOr("targetCPUUtilizationPercentage", 0))
                .isEqualTo(50);
        assertThat(matched.back(request, object).at("spec", "metrics"))
                .isEqualTo(request.requireObject().at("spec", "metrics"));
    }

    @Test
    void eventsOfBothGroupsAreTheSame() {
        MatchCriteria criteria = MatchCriteria.ofMatchResources(json("{'matchPolicy':'Equivalent','resourceRules':["
                + String.format(RULE, "events.k8s.io", "v1", "events") + "]}"));
        Matched matched = Objects.requireNonNull(
                matcher.match(criteria, request(Operation.DELETE, "/v1/events", "shop", "a", null)));
        assertThat(matched.resource().group()).isEqualTo("events.k8s.io");
    }

    @Test
    void selectorsOfObjectsAndNamespaces() {
        store("namespaces").create(json("{'metadata':{'name':'shop','labels':{'team':'a'}}}"));
        MatchCriteria teamA = MatchCriteria.ofMatchResources(
                json("{'namespaceSelector':{'matchLabels':{'team':'a'}},'objectSelector':{'matchLabels':{'x':'1'}}}"));
        String labelled = "{'metadata':{'labels':{'x':'1'}}}";
        assertThat(matcher.match(teamA, request(Operation.CREATE, "/v1/pods", "shop", "a", labelled)))
                .isNotNull();
        assertThat(matcher.match(teamA, request(Operation.CREATE, "/v1/pods", "shop", "a", "{}")))
                .isNull();
        assertThat(matcher.match(teamA, request(Operation.CREATE, "/v1/nodes", "", "a", labelled)))
                .as("cluster-wide things are in no namespace")
                .isNotNull();
        AdmissionRequest lost = request(Operation.CREATE, "/v1/pods", "lost", "a", labelled);
        assertThatThrownBy(() -> matcher.match(teamA, lost))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.status().message()).isEqualTo("namespaces \"lost\" not found"));
        String namespace = "{'metadata':{'labels':{'x':'1','team':'%s'}}}";
        assertThat(matcher.match(
                        teamA, request(Operation.CREATE, "/v1/namespaces", "", "new", String.format(namespace, "a"))))
                .as("a namespace is selected by the labels it is to have")
                .isNotNull();
        assertThat(matcher.match(
                        teamA, request(Operation.UPDATE, "/v1/namespaces", "", "shop", String.format(namespace, "b"))))
                .isNull();
    }

    @Test
    void whatIsExcludedAndWhatIsNamed() {
        MatchCriteria criteria = MatchCriteria.ofMatchResources(json("{'matchPolicy':'Equivalent','resourceRules':["
                + String.format(RULE, "", "v1", "*") + "],'excludeResourceRules':["
                + "{'resourceNames':['b'],'operations':['*'],'apiGroups':[''],'apiVersions':['*'],"
                + "'resources':['pods']}]}"));
        assertThat(matcher.match(criteria, request(Operation.DELETE, "/v1/pods", "shop", "a", null)))
                .isNotNull();
        assertThat(matcher.match(criteria, request(Operation.DELETE, "/v1/pods", "shop", "b", null)))
                .isNull();
        assertThat(matcher.match(
                        MatchCriteria.ofWebhook(ObjectValue.EMPTY),
                        request(Operation.DELETE, "/v1/pods", "shop", "a", null)))
                .as("a webhook without rules wants nothing")
                .isNull();
    }

    @Test
    void configurationsAreSeenByTheNextRequest() {
        String resource = "validatingwebhookconfigurations.admissionregistration.k8s.io";
        try (LiveConfigurations<String> live =
                new LiveConfigurations<>(stores, catalog, resource, one -> one.stringOrEmpty("kind"))) {
            assertThat(live.current()).isEmpty();
            for (int round = 0; round < 200; round++) {
                StoredObject second = store(resource).create(json("{'kind':'B','metadata':{'name':'b'}}"));
                StoredObject first = store(resource).create(json("{'kind':'A','metadata':{'name':'a'}}"));
                List<String> both = live.current();
                assertThat(both).containsExactly("A", "B");
                assertThat(live.current()).isSameAs(both);
                assertThat(store(resource).replace(first, json("{'kind':'C','metadata':{'name':'a'}}")))
                        .isNotNull();
                assertThat(live.current()).containsExactly("C", "B");
                store(resource).delete(second);
                store(resource).delete(Objects.requireNonNull(store(resource).get("", "a")));
                assertThat(live.current()).isEmpty();
            }
        }
    }

    @Test
    void exemptAreTheConfigurationsThemselves() {
        String group = "admissionregistration.k8s.io/v1/";
        assertThat(RequestMatcher.isExempt(
                        request(Operation.CREATE, group + "validatingadmissionpolicies", "", "a", "{}")))
                .isTrue();
        assertThat(RequestMatcher.isExempt(request(Operation.CREATE, "/v1/pods", "shop", "a", "{}")))
                .isFalse();
    }
}

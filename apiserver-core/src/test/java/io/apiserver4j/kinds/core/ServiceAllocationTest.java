// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.kinds.BuiltinCatalog;
import io.apiserver4j.kinds.KindSettings;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.request.Identity;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.Reservation;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.storage.memory.MemoryStore;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.ServiceView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Addresses and ports of services: taken once, given back, and never by a dry run. */
class ServiceAllocationTest {
    private static final String IPV6 = "2001:db8::/112";

    private final MemoryStore memory = MemoryStore.builder().build();
    private final Stores stores = new Stores(memory);
    private final Catalog catalog = new Catalog(BuiltinCatalog.definitions());

    @AfterEach
    void close() {
        stores.close();
        memory.close();
    }

    private ServiceRules rules(int firstPort, int lastPort, String... ranges) {
        return new ServiceRules(KindSettings.of(List.of(ranges), firstPort, lastPort, this::objects));
    }

    private ObjectStore objects(String resource) {
        return stores.of(definition(resource));
    }

    private ResourceDefinition definition(String resource) {
        return Objects.requireNonNull(catalog.find(resource));
    }

    private StrategyContext context(boolean dryRun) {
        ResourceDefinition services = definition("services");
        return new StrategyContext(
                services,
                services.versions().get(0),
                "",
                Identity.of("test"),
                Instant.parse("2024-03-01T10:00:00Z"),
                dryRun);
    }

    private static ObjectValue service(String name, String spec) {
        String text = "{'kind':'Service','apiVersion':'v1','metadata':{'name':'" + name
                + "','namespace':'shop','uid':'u'},'spec':{'selector':{'a':'b'}," + spec + "}}";
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static final String PLAIN = "'ports':[{'port':80}],'type':'ClusterIP'";
    private static final String ON_NODES = "'ports':[{'port':80}],'type':'NodePort'";

    private ServiceView create(ServiceRules rules, ObjectValue service) {
        Reservation reservation = rules.reserve(service, null, context(false));
        reservation.commit().run();
        return new ServiceView(reservation.object());
    }

    private ServiceView update(ServiceRules rules, ObjectValue updated, ServiceView current) {
        Reservation reservation = rules.reserve(updated, current.tree(), context(false));
        reservation.commit().run();
        return new ServiceView(reservation.object());
    }

    private List<String> addresses() {
        List<String> out = new ArrayList<>();
        for (StoredObject address : objects("ipaddresses.networking.k8s.io").current("")) {
            out.add(address.header().name());
        }
        return out;
    }

    @Test
    void anAddressIsAnObject() {
        create(rules(30000, 32767, "10.0.0.0/24"), service("web", PLAIN + ",'clusterIP':'10.0.0.7'"));
        StoredObject address = objects("ipaddresses.networking.k8s.io").get("", "10.0.0.7");
        assertThat(address).isNotNull();
        ObjectValue tree = address.tree();
        assertThat(tree.objectAt("spec", "parentRef"))
                .hasToString("{\"resource\":\"services\",\"namespace\":\"shop\",\"name\":\"web\"}");
        assertThat(tree.objectAt("metadata", "labels"))
                .hasToString("{\"ipaddress.kubernetes.io/ip-family\":\"IPv4\","
                        + "\"ipaddress.kubernetes.io/managed-by\":\"ipallocator.k8s.io\"}");
    }

    @Test
    void whatIsTakenIsRefused() {
        ServiceRules rules = rules(30000, 32767, "10.0.0.0/24");
        create(rules, service("a", ON_NODES + ",'clusterIP':'10.0.0.7'"));
        assertThatThrownBy(() -> create(rules, service("b", PLAIN + ",'clusterIP':'10.0.0.7'")))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("spec.clusterIPs: Invalid value: [\"10.0.0.7\"]: failed to allocate IP 10.0.0.7:"
                        + " provided IP is already allocated");
    }

    @Test
    void whatIsNotKeptIsGivenBack() {
        ServiceRules rules = rules(30000, 30000, "10.0.0.0/30");
        Reservation reservation = rules.reserve(service("a", ON_NODES), null, context(false));
        assertThat(addresses()).hasSize(1);
        reservation.release().run();
        assertThat(addresses()).isEmpty();
        assertThat(create(rules, service("a", ON_NODES)).nodePorts()).containsExactly(30000);
    }

    @Test
    void aFailureGivesBackWhatWasTakenBefore() {
        ServiceRules rules = rules(30000, 30000, "10.0.0.0/24");
        create(rules, service("a", ON_NODES));
        assertThatThrownBy(() -> create(rules, service("b", ON_NODES)))
                .hasMessageContaining("Internal error occurred: failed to allocate a nodePort: range is full");
        assertThat(addresses()).hasSize(1);
    }

    @Test
    void aFullRangeIsAnError() {
        ServiceRules rules = rules(30000, 32767, "10.0.0.0/30");
        Set<String> given = new HashSet<>();
        given.add(create(rules, service("a", PLAIN)).clusterIp());
        given.add(create(rules, service("b", PLAIN)).clusterIp());
        assertThat(given).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2");
        assertThatThrownBy(() -> create(rules, service("c", PLAIN)))
                .hasMessageContaining("failed to allocate a serviceIP for Service \"c\": range is full");
    }

    @Test
    void aDeletedServiceGivesAllBack() {
        ServiceRules rules = rules(30000, 30001, "10.0.0.0/30", IPV6);
        String spec = "'ports':[{'port':80}],'type':'LoadBalancer','externalTrafficPolicy':'Local',"
                + "'allocateLoadBalancerNodePorts':true,'ipFamilyPolicy':'PreferDualStack'";
        ServiceView service = create(rules, service("a", spec));
        assertThat(service.clusterIps()).hasSize(2);
        assertThat(List.of(service.nodePorts().get(0), service.healthCheckNodePort()))
                .containsExactlyInAnyOrder(30000, 30001);
        rules.afterDelete(service.tree());
        assertThat(addresses()).isEmpty();
        assertThat(create(rules, service("b", spec)).healthCheckNodePort()).isPositive();
    }

    @Test
    void aDryRunTakesNothing() {
        ServiceRules rules = rules(30000, 30000, "10.0.0.0/24");
        Reservation reservation = rules.reserve(service("a", ON_NODES), null, context(true));
        ServiceView shown = new ServiceView(reservation.object());
        assertThat(shown.clusterIp()).isEqualTo("10.0.0.0");
        assertThat(shown.nodePorts()).containsExactly(32769);
        reservation.release().run();
        assertThat(addresses()).isEmpty();
        create(rules, service("a", ON_NODES));
        assertThatThrownBy(() -> rules.reserve(
                        service("b", "'ports':[{'port':80,'nodePort':30000}],'type':'NodePort'"), null, context(true)))
                .hasMessageContaining("provided port is already allocated");
        assertThatThrownBy(() -> rules.reserve(service("b", PLAIN + ",'clusterIP':'10.1.0.1'"), null, context(true)))
                .hasMessageContaining(
                        "the provided IP (10.1.0.1) is not in the valid range. The range of valid IPs is 10.0.0.0/24");
    }

    @Test
    void aSecondFamilyComesAndGoes() {
        ServiceRules rules = rules(30000, 32767, "10.0.0.0/24", IPV6);
        ServiceView single = create(rules, service("a", PLAIN));
        assertThat(single.ipFamilies()).containsExactly("IPv4");
        ObjectValue both = single.tree().withAt(Value.of("RequireDualStack"), "spec", "ipFamilyPolicy");
        ServiceView dual = update(rules, both, single);
        assertThat(dual.ipFamilies()).containsExactly("IPv4", "IPv6");
        assertThat(dual.clusterIps()).hasSize(2).first().isEqualTo(single.clusterIp());
        assertThat(addresses()).hasSize(2);
        ObjectValue one = dual.tree().withAt(Value.of("SingleStack"), "spec", "ipFamilyPolicy");
        ServiceView again = update(rules, one, dual);
        assertThat(again.clusterIps()).containsExactly(single.clusterIp());
        assertThat(addresses()).containsExactly(single.clusterIp());
    }

    @Test
    void portsAreReadFromTheServicesThatAreThere() {
        ServiceView kept = create(rules(30000, 30001, "10.0.0.0/24"), service("a", ON_NODES));
        objects("services").create(kept.tree());
        ServiceRules restarted = rules(30000, 30001, "10.0.0.0/24");
        int other = 60001 - kept.nodePorts().get(0);
        assertThat(create(restarted, service("b", ON_NODES)).nodePorts()).containsExactly(other);
    }

    @Test
    void furtherRangesAreUsed() {
        ServiceRules rules = rules(30000, 32767, "10.0.0.0/24");
        String range = "{'kind':'ServiceCIDR','apiVersion':'networking.k8s.io/v1','metadata':{'name':'more','uid':'u'},"
                + "'spec':{'cidrs':['192.0.2.0/24']},'status':{}}";
        objects("servicecidrs.networking.k8s.io").current("");
        objects("servicecidrs.networking.k8s.io")
                .create(JsonReader.readObject(range.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        objects("servicecidrs.networking.k8s.io").current("");
        assertThat(create(rules, service("a", PLAIN + ",'clusterIP':'192.0.2.9'"))
                        .clusterIp())
                .isEqualTo("192.0.2.9");
    }

    @Test
    void serversThatShareAStoreNeverGiveAnAddressTwice() throws Exception {
        ServiceRules one = rules(30000, 32767, "10.0.0.0/26");
        ServiceRules two = rules(30000, 32767, "10.0.0.0/26");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> work = new ArrayList<>();
            for (int i = 0; i < 62; i++) {
                String name = "s" + i;
                ServiceRules rules = i % 2 == 0 ? one : two;
                work.add(() -> create(rules, service(name, PLAIN)).clusterIp());
            }
            Set<String> given = new HashSet<>();
            for (Future<String> address : threads.invokeAll(work)) {
                assertThat(given.add(address.get())).isTrue();
            }
            assertThat(given).hasSize(62);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void portsAreNeverGivenTwice() throws Exception {
        ServiceRules rules = rules(30000, 30099, "10.0.0.0/16");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "s" + i;
                work.add(
                        () -> create(rules, service(name, ON_NODES)).nodePorts().get(0));
            }
            Set<Integer> given = new HashSet<>();
            for (Future<Integer> port : threads.invokeAll(work)) {
                assertThat(given.add(port.get())).isTrue();
            }
            assertThat(given).hasSize(100);
        } finally {
            threads.shutdownNow();
        }
    }
}

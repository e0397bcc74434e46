// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.plugin.PluginHouse;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaCheckTest {
    private static final Usages USAGES = new Usages(InstantSource.system());

    private final PluginHouse house = new PluginHouse();

    @AfterEach
    void stop() {
        house.close();
    }

    private static Quota quota(String spec, String hard, String used) {
        return Quota.of(PluginHouse.json(
                "{'metadata':{'name':'q'},'spec':" + spec + ",'status':{'hard':" + hard + ",'used':" + used + "}}"));
    }

    private static List<Quota> after(AdmissionRequest request, List<LimitedResource> limited, Quota... quotas) {
        Usage usage = Objects.requireNonNull(USAGES.of(request.definition().groupResource()));
        return new QuotaCheck(request, usage, limited).after(List.of(quotas));
    }

    private AdmissionRequest creation(String resource, String object) {
        return house.request(Operation.CREATE, resource, "shop", PluginHouse.json(object), null);
    }

    private static String pod(String resources) {
        return "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','resources':" + resources + "}]}}";
    }

    @Test
    void whatFitsIsAddedToWhatIsUsed() {
        Quota after = after(
                        creation("pods", pod("{'requests':{'cpu':'500m','memory':'1Gi'}}")),
                        List.of(),
                        quota(
                                "{}",
                                "{'requests.cpu':'2','pods':'5','secrets':'1'}",
                                "{'requests.cpu':'1','pods':'1','secrets':'1'}"))
                .get(0);
        assertThat(Amounts.shown(after.used())).isEqualTo("pods=2,requests.cpu=1500m,secrets=1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'pods':'1'}                          | {'pods':'1'}                       | {}                             | exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1
            {'limits.cpu':'1','requests.cpu':'1','pods':'9'} | {'limits.cpu':'0','requests.cpu':'900m','pods':'1'} | {'requests':{'cpu':'200m'},'limits':{'cpu':'2'}} | exceeded quota: q, requested: limits.cpu=2,requests.cpu=200m, used: limits.cpu=0,requests.cpu=900m, limited: limits.cpu=1,requests.cpu=1
            {'requests.cpu':'1','limits.memory':'1'} | {'requests.cpu':'0','limits.memory':'0'} | {}                       | failed quota: q: must specify limits.memory for: c; requests.cpu for: c
            {'pods':'1','cpu':'1'}                | {}                                 | {'requests':{'cpu':'1'}}       | status unknown for quota: q, resources: cpu,pods
            """)
    void whatDoesNotFitIsRefused(String hard, String used, String resources, String problem) {
        AdmissionRequest request = creation("pods", pod(resources));
        assertThat(PluginHouse.refused(() -> after(request, List.of(), quota("{}", hard, used))))
                .isEqualTo("pods \"p\" is forbidden: " + problem);
    }

    @Test
    void podsThatSayTheirResourcesAsAWholeNeedSayNoMore() {
        String pod =
                "{'metadata':{'name':'p'},'spec':{'resources':{'requests':{'cpu':'1'}},'containers':[{'name':'c'}]}}";
        Quota after = after(creation("pods", pod), List.of(), quota("{}", "{'cpu':'1'}", "{'cpu':'0'}"))
                .get(0);
        assertThat(Amounts.shown(after.used())).isEqualTo("cpu=1");
    }

    @Test
    void quotasOfOtherScopesDoNotCount() {
        Quota other = quota("{'scopes':['NotBestEffort']}", "{'pods':'0'}", "{'pods':'0'}");
        Quota same = quota("{'scopes':['BestEffort']}", "{'pods':'1'}", "{'pods':'0'}");
        List<Quota> after = after(creation("pods", pod("{}")), List.of(), other, same);
        assertThat(after.stream().map(one -> Amounts.shown(one.used()))).containsExactly("pods=0", "pods=1");
        // objects that know no scopes are in none
        Quota scoped = quota("{'scopes':['BestEffort']}", "{'configmaps':'0'}", "{'configmaps':'0'}");
        assertThat(after(creation("configmaps", "{'metadata':{'name':'c'}}"), List.of(), scoped))
                .containsExactly(scoped);
    }

    @Test
    void changesCountWhereTheyTakeMore() {
        String ports = "'spec':{'type':'NodePort','ports':[{}]}}";
        String old = "{'metadata':{'name':'s','resourceVersion':'5'}," + ports;
        Quota full =
                quota("{}", "{'services':'1','services.nodeports':'1'}", "{'services':'1','services.nodeports':'1'}");
        AdmissionRequest same =
                house.request(Operation.UPDATE, "services", "shop", PluginHouse.json(old), PluginHouse.json(old));
        assertThat(after(same, List.of(), full)).containsExactly(full);
        AdmissionRequest more = house.request(
                Operation.UPDATE,
                "services",
                "shop",
                PluginHouse.json(old.replace("[{}]", "[{},{}]")),
                PluginHouse.json(old));
        assertThat(PluginHouse.refused(() -> after(more, List.of(), full)))
                .isEqualTo("services \"s\" is forbidden: exceeded quota: q, requested: services.nodeports=1, used:"
                        + " services.nodeports=1, limited: services.nodeports=1");
    }

    @Test
    void limitedResourcesNeedAQuota() {
        List<LimitedResource> limited = List.of(new LimitedResource("pods", List.of(".cpu"), List.of()));
        AdmissionRequest request = creation("pods", pod("{'requests':{'cpu':'1'}}"));
        assertThat(PluginHouse.refused(() -> after(request, limited)))
                .isEqualTo("pods \"p\" is forbidden: insufficient quota to consume: requests.cpu");
        after(request, limited, quota("{}", "{'requests.cpu':'5'}", "{'requests.cpu':'0'}"));
        List<LimitedResource> scoped = List.of(new LimitedResource(
                "pods", List.of(), List.of(new LimitedResource.Scoped("PriorityClass", "In", List.of("high")))));
        AdmissionRequest high = creation("pods", "{'metadata':{'name':'p'},'spec':{'priorityClassName':'high'}}");
        assertThat(PluginHouse.refused(() -> after(high, scoped)))
                .isEqualTo("insufficient quota to match these scopes: [{PriorityClass In [high]}]");
        after(high, scoped, quota("{'scopes':['PriorityClass']}", "{'pods':'5'}", "{'pods':'0'}"));
    }
}

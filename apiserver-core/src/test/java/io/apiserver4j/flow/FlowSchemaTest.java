// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Target;
import io.apiserver4j.request.TargetResolver;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowSchemaTest {
    private static final String ANY = "'verbs':['*'],'apiGroups':['*'],'resources':['*'],'namespaces':['*']";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'kind':'User','user':{'name':'eve'}} | eve | true",
                "{'kind':'User','user':{'name':'*'}} | eve | true",
                "{'kind':'User','user':{'name':'ev'}} | eve | false",
                "{'kind':'Group','group':{'name':'dev'}} | eve | true",
                "{'kind':'Group','group':{'name':'ops'}} | eve | false",
                "{'kind':'Group','group':{'name':'*'}} | eve | true",
                "{'kind':'ServiceAccount','serviceAccount':{'namespace':'a','name':'x'}} | system:serviceaccount:a:x | true",
                "{'kind':'ServiceAccount','serviceAccount':{'namespace':'a','name':'*'}} | system:serviceaccount:a:y | true",
                "{'kind':'ServiceAccount','serviceAccount':{'namespace':'a','name':'x'}} | system:serviceaccount:a:yx | false",
                "{'kind':'ServiceAccount','serviceAccount':{'namespace':'a','name':'*'}} | system:serviceaccount:ab:x | false",
                "{'kind':'ServiceAccount','serviceAccount':{'namespace':'a','name':'x'}} | eve | false"
            })
    void subjects(String subject, String user, boolean matches) {
        FlowSchema schema = schema(subject, "'resourceRules':[{" + ANY + ",'clusterScope':true}]");
        assertThat(schema.matches(Identity.of(user, "dev"), target("GET", "/api/v1/nodes")))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'resourceRules':[{" + ANY + "}] | GET | /api/v1/namespaces/a/pods | true",
                "'resourceRules':[{" + ANY + "}] | GET | /api/v1/nodes | false",
                "'resourceRules':[{" + ANY + ",'clusterScope':true}] | GET | /api/v1/nodes | true",
                "'resourceRules':[{" + ANY + ",'clusterScope':true}] | GET | /version | false",
                "'resourceRules':[{'verbs':['list'],'apiGroups':[''],'resources':['pods'],'namespaces':['a']}]"
                        + " | GET | /api/v1/namespaces/a/pods | true",
                "'resourceRules':[{'verbs':['list'],'apiGroups':[''],'resources':['pods'],'namespaces':['a']}]"
                        + " | GET | /api/v1/namespaces/b/pods | false",
                "'resourceRules':[{'verbs':['list'],'apiGroups':['apps'],'resources':['pods'],'namespaces':['a']}]"
                        + " | GET | /api/v1/namespaces/a/pods | false",
                "'resourceRules':[{'verbs':['update'],'apiGroups':[''],'resources':['pods/status'],'namespaces':['*']}]"
                        + " | PUT | /api/v1/namespaces/a/pods/x/status | true",
                "'resourceRules':[{'verbs':['update'],'apiGroups':[''],'resources':['pods'],'namespaces':['*']}]"
                        + " | PUT | /api/v1/namespaces/a/pods/x/status | false",
                "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/healthz']}] | GET | /healthz | true",
                "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/healthz']}] | GET | /healthz/etcd | true",
                "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/healthz']}] | GET | /healthzy | false",
                "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['/logs/*']}] | GET | /logs/x | true",
                "'nonResourceRules':[{'verbs':['get'],'nonResourceURLs':['*']}] | GET | /x | true",
                "'nonResourceRules':[{'verbs':['post'],'nonResourceURLs':['*']}] | GET | /x | false"
            })
    void rules(String rules, String method, String path, boolean matches) {
        FlowSchema schema = schema("{'kind':'User','user':{'name':'*'}}", rules);
        assertThat(schema.matches(Identity.of("eve"), target(method, path))).isEqualTo(matches);
    }

    private static FlowSchema schema(String subject, String rules) {
        return FlowSchema.of(
                json("{'metadata':{'name':'s'},'spec':{'rules':[{'subjects':[" + subject + "]," + rules + "}]}}"));
    }

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Target target(String method, String path) {
        return TargetResolver.resolve(ApiRequest.of(method, path, Headers.NONE, new byte[0]));
    }
}

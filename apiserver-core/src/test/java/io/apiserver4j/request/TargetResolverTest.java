// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetResolverTest {
    /** Verb, group/version, resource, subresource, namespace, name, rest; or the verb and the path. */
    private static String text(Target target) {
        if (target instanceof Target.OfPath path) {
            return path.verb().word() + " path " + path.path();
        }
        Target.OfResource one = (Target.OfResource) target;
        StringBuilder out = new StringBuilder(one.verb().word());
        out.append(' ').append(one.group().isEmpty() ? "" : one.group() + "/").append(one.version());
        out.append(' ').append(one.resource());
        out.append(one.subresource().isEmpty() ? "" : "/" + one.subresource());
        out.append(one.namespace().isEmpty() ? "" : " in " + one.namespace());
        out.append(one.name().isEmpty() ? "" : " named " + one.name());
        out.append(one.rest().isEmpty() ? "" : " rest " + one.rest());
        out.append(one.watchPath() ? " by watch path" : "");
        return out.toString();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /api/v1/pods                                     | list v1 pods",
                "GET    | /api/v1/pods?watch=true                          | watch v1 pods",
                "GET    | /api/v1/pods?watch=1                             | watch v1 pods",
                "GET    | /api/v1/pods?watch=false                         | list v1 pods",
                "GET    | /api/v1/pods?watch=0                             | list v1 pods",
                "GET    | /api/v1/pods?watch                               | watch v1 pods",
                "GET    | /api/v1/namespaces                               | list v1 namespaces",
                "GET    | /api/v1/namespaces/a                             | get v1 namespaces in a named a",
                "PUT    | /api/v1/namespaces/a/status                      | update v1 namespaces/status in a named a",
                "PUT    | /api/v1/namespaces/a/finalize                    | update v1 namespaces/finalize in a named a",
                "GET    | /api/v1/namespaces/a/pods                        | list v1 pods in a",
                "HEAD   | /api/v1/namespaces/a/pods/b                      | get v1 pods in a named b",
                "GET    | /api/v1/namespaces/a/pods/b/log                  | get v1 pods/log in a named b",
                "POST   | /api/v1/namespaces/a/pods                        | create v1 pods in a",
                "POST   | /api/v1/namespaces/a/pods/b/eviction             | create v1 pods/eviction in a named b",
                "PATCH  | /apis/apps/v1/namespaces/a/deployments/b         | patch apps/v1 deployments in a named b",
                "DELETE | /apis/apps/v1/namespaces/a/deployments/b         | delete apps/v1 deployments in a named b",
                "DELETE | /apis/apps/v1/namespaces/a/deployments           | deletecollection apps/v1 deployments in a",
                "GET    | /api/v1/namespaces/a/pods/b/proxy/c/d            | get v1 pods/proxy in a named b rest [c, d]",
                "GET    | /api/v1/watch/pods                               | watch v1 pods by watch path",
                "GET    | /api/v1/watch/namespaces/a/pods/b                | watch v1 pods in a named b by watch path",
                "GET    | /api/v1/proxy/namespaces/a/pods/b                | proxy v1 pods in a named b",
                "GET    | /api/v1/watch                                    | get path /api/v1/watch",
                "GET    | /api/v1/pods/                                    | list v1 pods",
                "GET    | /api/v1/namespaces/a/configmaps/x%2Ey            | get v1 configmaps in a named x.y",
                "GET    | /api/v1                                          | get path /api/v1",
                "GET    | /apis/apps/v1                                    | get path /apis/apps/v1",
                "GET    | /apis/apps/v1/                                   | get path /apis/apps/v1/",
                "GET    | /                                                | get path /",
                "POST   | /healthz                                         | post path /healthz",
                "OPTIONS| /healthz                                         | options path /healthz",
                "BREW   | /api/v1/pods                                     | other v1 pods",
                "GET    | //api/v1/pods                                    | get path //api/v1/pods",
                "GET    | /apiz/v1/pods                                    | get path /apiz/v1/pods",
                "GET    | /%zz                                             | get path /%zz",
            })
    void resolves(String method, String target, String expected) {
        ApiRequest request = ApiRequest.of(method, target, Headers.NONE, new byte[0]);
        assertThat(text(TargetResolver.resolve(request))).isEqualTo(expected);
    }
}

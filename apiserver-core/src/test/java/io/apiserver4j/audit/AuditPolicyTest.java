// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.request.TargetResolver;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditPolicyTest {
    private static final String HEAD = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | GET | /version | true",
                "{users: [eve]} | GET | /version | true",
                "{users: [bob]} | GET | /version | false",
                "{userGroups: [dev]} | GET | /version | true",
                "{userGroups: [ops]} | GET | /version | false",
                "{verbs: [list]} | GET | /api/v1/pods | true",
                "{verbs: [watch]} | GET | /api/v1/pods | false",
                "{nonResourceURLs: ['/healthz*']} | GET | /healthz/etcd | true",
                "{nonResourceURLs: ['/healthz']} | GET | /healthz/etcd | false",
                "{nonResourceURLs: ['*']} | GET | /api/v1/pods | false",
                "{namespaces: [a]} | GET | /api/v1/namespaces/a/pods | true",
                "{namespaces: [a]} | GET | /api/v1/namespaces/b/pods | false",
                "{namespaces: ['']} | GET | /api/v1/nodes | true",
                "{resources: [{group: ''}]} | GET | /api/v1/nodes | true",
                "{resources: [{group: apps}]} | GET | /api/v1/nodes | false",
                "{resources: [{group: '*'}]} | GET | /apis/apps/v1/deployments | true",
                "{resources: [{group: '', resources: [pods]}]} | GET | /api/v1/namespaces/a/pods/x/log | false",
                "{resources: [{group: '', resources: [pods/log]}]} | GET | /api/v1/namespaces/a/pods/x/log | true",
                "{resources: [{group: '', resources: [pods/*]}]} | GET | /api/v1/namespaces/a/pods/x/log | true",
                "{resources: [{group: '', resources: [pods/*]}]} | GET | /api/v1/namespaces/a/pods/x | true",
                "{resources: [{group: '', resources: ['*/log']}]} | GET | /api/v1/namespaces/a/pods/x/log | true",
                "{resources: [{group: '', resources: ['*/log']}]} | GET | /api/v1/namespaces/a/pods/x | false",
                "{resources: [{group: '', resources: [pods], resourceNames: [x]}]} | GET | /api/v1/namespaces/a/pods/x | true",
                "{resources: [{group: '', resources: [pods], resourceNames: [z]}]} | GET | /api/v1/namespaces/a/pods/x | false"
            })
    void rulesMatch(String rule, String method, String path, boolean matches) {
        String level = rule.equals("{}") ? "{level: Metadata}" : rule.replaceFirst("^\\{", "{level: Metadata, ");
        AuditPolicy policy = parse(HEAD + "rules:\n- " + level + "\n");
        AuditDecision decision = policy.decide(
                Identity.of("eve", "dev"),
                TargetResolver.resolve(ApiRequest.of(method, path, Headers.NONE, new byte[0])));
        assertThat(decision.level()).isEqualTo(matches ? AuditLevel.METADATA : AuditLevel.NONE);
    }

    @Test
    void theFirstRuleDecidesAndStagesAddUp() {
        AuditPolicy policy = parse(HEAD + "omitStages: [RequestReceived]\nomitManagedFields: true\nrules:\n"
                + "- level: Request\n  users: [eve]\n  omitStages: [Panic]\n  omitManagedFields: false\n"
                + "- level: RequestResponse\n");
        var target = TargetResolver.resolve(ApiRequest.get("/version"));
        AuditDecision eve = policy.decide(Identity.of("eve"), target);
        assertThat(eve.level()).isEqualTo(AuditLevel.REQUEST);
        assertThat(eve.omitted()).containsOnly(AuditStage.REQUEST_RECEIVED, AuditStage.PANIC);
        assertThat(eve.withoutManagedFields()).isFalse();
        AuditDecision bob = policy.decide(Identity.of("bob"), target);
        assertThat(bob.level()).isEqualTo(AuditLevel.REQUEST_RESPONSE);
        assertThat(bob.withoutManagedFields()).isTrue();
        assertThat(policy.decide(null, target).level()).isEqualTo(AuditLevel.REQUEST_RESPONSE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rules: [] | loaded illegal policy with 0 rules",
                "rules: [{}] | rules[0].level: Required value",
                "rules: [{level: All}] | rules[0].level: Unsupported value: \"All\": supported values: \"None\", \"Metadata\", \"Request\", \"RequestResponse\"",
                "rules: [{level: None, omitStages: [x]}] | rules[0].omitStages[0]: Invalid value: \"x\": allowed stages are RequestReceived,ResponseStarted,ResponseComplete,Panic",
                "rules: [{level: None, nonResourceURLs: [x]}] | rules[0].nonResourceURLs[0]: Invalid value: \"x\": non-resource URL rules must begin with a '/' character",
                "rules: [{level: None, nonResourceURLs: [/*/x]}] | rules[0].nonResourceURLs[0]: Invalid value: \"/*/x\": non-resource URL wildcards '*' must be the final character of the rule"
            })
    void badPoliciesAreRefused(String text, String message) {
        assertThatThrownBy(() -> parse(HEAD + text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void otherKindsAreRefused() {
        assertThatThrownBy(() -> parse("apiVersion: v1\nkind: Policy\nrules: []"))
                .hasMessageContaining("unknown group version field");
        assertThatThrownBy(() -> parse("- x")).hasMessageContaining("failed decoding");
    }

    private static AuditPolicy parse(String text) {
        return AuditPolicy.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}

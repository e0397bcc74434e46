// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.Identity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyRuleTest {
    private static AccessAttributes asked(String verb, String group, String resource, String name) {
        int slash = resource.indexOf('/');
        return new AccessAttributes(
                Identity.of("alice"),
                verb,
                true,
                group,
                "v1",
                slash < 0 ? resource : resource.substring(0, slash),
                slash < 0 ? "" : resource.substring(slash + 1),
                "ns",
                name,
                "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "get list | core | pods; get; ''; pods; a; true",
                "get list | core | pods; watch; ''; pods; a; false",
                "get | core | pods; get; apps; pods; a; false",
                "get | core | pods; get; ''; pods/log; a; false",
                "get | core | pods/log; get; ''; pods/log; a; true",
                "get | core | pods/log; get; ''; pods; a; false",
                "get | core | */log; get; ''; pods/log; a; true",
                "get | core | */log; get; ''; pods/slog; a; false",
                "get | core | */log; get; ''; pods; a; false",
                "get | core | xpods/log; get; ''; pods/log; a; false",
                "* | * | *; escalate; any.example; things/part; a; true",
                "get | core | configmaps | a b; get; ''; configmaps; b; true",
                "get | core | configmaps | a b; get; ''; configmaps; c; false",
                "list | core | configmaps | a; list; ''; configmaps; ''; false",
                "* | /metrics; get; ''; pods; a; false",
            })
    void resources(String rule, String verb, String group, String resource, String name, boolean allowed) {
        assertThat(RbacBootstrap.rule(rule).allows(asked(verb, group, resource, name)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "get | /healthz, get, /healthz, true",
        "get | /healthz, get, /healthz/etcd, false",
        "get | /apis/*, get, /apis/apps/v1, true",
        "get | /apis/*, get, /apis, false",
        "get | /a**, get, /abc, true",
        "get | *, get, /anything, true",
        "* | *, post, /anything, true",
        "get | *, post, /anything, false",
        "get | core | *, get, /anything, false",
    })
    void paths(String rule, String verb, String path, boolean allowed) {
        AccessAttributes asked = new AccessAttributes(Identity.of("alice"), verb, false, "", "", "", "", "", "", path);
        assertThat(RbacBootstrap.rule(rule).allows(asked)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "get | core | pods; get | core | pods; true",
                "get | core | pods; get list | core | pods; false",
                "* | core | pods; get list | core | pods; true",
                "get | core | pods; * | core | pods; false",
                "get | core | pods; get | core | pods | a; true",
                "get | core | pods | a; get | core | pods; false",
                "get | core | pods | a b; get | core | pods | b; true",
                "get | core | */log; get | core | pods/log; true",
                "get | core | */log; get | core | pods; false",
                "get | core | *; get | core | pods/log; true",
                "get | /a/*; get | /a/b; true",
                "get | /a/*; get | /*; false",
                "* | *; get | core | pods; false",
            })
    void covering(String held, String given, boolean covered) {
        assertThat(PolicyRule.uncovered(List.of(RbacBootstrap.rule(held)), List.of(RbacBootstrap.rule(given)))
                        .isEmpty())
                .isEqualTo(covered);
    }

    @Test
    void aRuleOfADocumentIsPrintedAsItWas() {
        for (RbacBootstrap.Item item : RbacBootstrap.items()) {
            item.object()
                    .arrayOrEmpty("rules")
                    .objects()
                    .forEach(rule -> assertThat(PolicyRule.of(rule).toObject()).isEqualTo(rule));
        }
    }

    @Test
    void shownAsInMessages() {
        assertThat(RbacBootstrap.rule("get list | core apps | pods | a").shown())
                .isEqualTo("{APIGroups:[\"\" \"apps\"], Resources:[\"pods\"], ResourceNames:[\"a\"],"
                        + " Verbs:[\"get\" \"list\"]}");
        assertThat(RbacBootstrap.rule("get | /a").shown()).isEqualTo("{NonResourceURLs:[\"/a\"], Verbs:[\"get\"]}");
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.kinds.BuiltinCatalog;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.server.ApiServerSettings;
import io.apiserver4j.server.ApiServerSettings.PortRange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsReaderTest {
    private static final FlagTable TABLE = FlagTable.load();

    private static Options read(String... args) throws Refusal {
        return OptionsReader.read(CommandLine.read(TABLE, args));
    }

    @Test
    void aPlainStartListensOnLoopbackOnly() throws Refusal {
        Options options = read();
        assertThat(options.listening().address()).isEqualTo("127.0.0.1");
        assertThat(options.listening().port()).isEqualTo(6443);
        assertThat(options.listening().folder()).isAbsolute().hasFileName("apiserver4j");
        assertThat(options.listening().names()).contains("10.0.0.1", "127.0.0.1");
        assertThat(options.callers().anonymous()).isTrue();
        assertThat(options.callers().permissions().modes()).containsExactly("Node", "RBAC");
        assertThat(options.settings())
                .isEqualTo(ApiServerSettings.STANDARD.withControllers(ApiServerSettings.ALL_CONTROLLERS));
    }

    @Test
    void flagsReachTheSettings() throws Refusal {
        Options options = read(
                "--secure-port=0",
                "--bind-address=::1",
                "--advertise-address=fd00::7",
                "--cert-dir=/c",
                "--service-cluster-ip-range=fd00:1::9/112,10.1.0.0/16",
                "--service-node-port-range=31000+10",
                "--max-requests-inflight=0",
                "--max-mutating-requests-inflight=7",
                "--request-timeout=10s",
                "--min-request-timeout=600",
                "--default-not-ready-toleration-seconds=30",
                "--default-unreachable-toleration-seconds=40",
                "--shutdown-delay-duration=2s",
                "--disable-admission-plugins=ServiceAccount",
                "--enable-admission-plugins=AlwaysPullImages,NamespaceExists",
                "--tls-min-version=VersionTLS13",
                "--tls-cipher-suites=TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
                "--disable-http2-serving",
                "--anonymous-auth=false",
                "--authorization-mode=AlwaysDeny",
                "--allow-privileged=true",
                "--enable-bootstrap-token-auth",
                "--apiserver4j-controllers=namespace");
        ApiServerSettings settings = options.settings();
        assertThat(settings.serviceClusterIpRanges()).containsExactly("fd00:1::/112", "10.1.0.0/16");
        assertThat(settings.serviceNodePorts()).isEqualTo(new PortRange(31000, 31010));
        assertThat(settings.maxRequestsInflight()).isEqualTo(Integer.MAX_VALUE);
        assertThat(settings.maxMutatingRequestsInflight()).isEqualTo(7);
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.minRequestTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.notReadyTolerationSeconds()).isEqualTo(30);
        assertThat(settings.unreachableTolerationSeconds()).isEqualTo(40);
        assertThat(settings.disabledAdmissionPlugins()).containsExactly("ServiceAccount");
        assertThat(settings.enabledAdmissionPlugins()).containsExactlyInAnyOrder("AlwaysPullImages", "NamespaceExists");
        assertThat(settings.advertiseAddress()).isEqualTo("fd00::7");
        assertThat(settings.controllers()).isEqualTo(Set.of("namespace"));
        assertThat(options.listening().folder()).isEqualTo(Path.of("/c"));
        assertThat(options.listening().names()).contains("fd00:1::1", "fd00::7", "::1");
        assertThat(options.listening().tls13Only()).isTrue();
        assertThat(options.listening().ciphers())
                .contains("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
        assertThat(options.listening().http2()).isFalse();
        assertThat(options.callers().anonymous()).isFalse();
        assertThat(options.callers().permissions().modes()).containsExactly("AlwaysDeny");
        assertThat(options.shutdownDelay()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--tracing-config-file=x           | --tracing-config-file is not served by apiserver4j yet: leave it out, or give it its default value",
                "--secure-port=-1                 | --secure-port -1 must be between 1 and 65535, inclusive. It cannot be turned off with 0",
                "--request-timeout=-1s            | --request-timeout can not be negative value",
                "--service-cluster-ip-range=x     | service-cluster-ip-range[0] is not a valid cidr",
                "--service-cluster-ip-range=10.0.0.0/24,x | service-cluster-ip-range[1] is not an ip net",
                "--service-cluster-ip-range=10.0.0.0/30   | error determining service IP ranges for primary service cidr: the service cluster IP range must be at least 8 IP addresses",
                "--service-cluster-ip-range=10.0.0.0/24,10.1.0.0/24 | --service-cluster-ip-range[0] and --service-cluster-ip-range[1] must be of different IP family",
                "--service-cluster-ip-range=fd00::/112    | service IP family \"fd00::/112\" must match public address family \"127.0.0.1\"",
                "--authorization-mode=            | at least one authorization-mode must be passed",
                "--authorization-mode=Some        | authorization-mode \"Some\" is not a valid mode",
                "--authorization-mode=Webhook     | authorization-mode Webhook's authorization config file not passed",
                "--authorization-webhook-config-file=x | cannot specify --authorization-webhook-config-file without mode Webhook",
                "--authorization-config=/none/x   | open /none/x: no such file or directory",
                "--authorization-mode=RBAC,RBAC   | authorization-mode [\"RBAC\" \"RBAC\"] has mode specified more than once",
                "--enable-admission-plugins=A,B   | [enable-admission-plugins plugin \"A\" is unknown, enable-admission-plugins plugin \"B\" is unknown]",
                "--disable-admission-plugins=A    | disable-admission-plugins plugin \"A\" is unknown",
                "--tls-min-version=SSL3           | unknown tls version \"SSL3\"",
                "--tls-cipher-suites=NULL         | Cipher suite NULL not supported or doesn't exist",
                "--service-account-issuer=        | service-account-issuer should not be an empty string",
                "--feature-gates=Nothing=true     | unrecognized feature gate: Nothing",
                "--feature-gates=AllAlpha         | missing bool value for AllAlpha",
                "--feature-gates=AllAlpha=x       | invalid value of AllAlpha=x, err: strconv.ParseBool: parsing \"x\": invalid syntax",
                "--feature-gates=other:A=true     | component not registered: other",
                "--feature-gates=AllAlpha=true    | --feature-gates: AllAlpha=true is not served by apiserver4j yet: the feature is always off",
                "--runtime-config=none/v1=true    | unknown api groups none/v1",
                "--runtime-config=v1              | runtime-config invalid key v1",
                "--runtime-config=api/all=false   | invalid runtime-config with only api/all=false",
                "--runtime-config=apps/v9=true    | --runtime-config: apps/v9=true is not served by apiserver4j yet: it serves what is on by default",
                "--runtime-config=api/ga=false    | --runtime-config: apiserver4j does not run without namespaces: add api/v1=true",
            })
    void refuses(String arg, String text) {
        assertThatThrownBy(() -> read(arg)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(text);
            assertThat(refusal.isUsage()).isFalse();
        });
    }

    @Test
    void controllersAreNamedWhereOneIsUnknown() {
        assertThatThrownBy(() -> read("--apiserver4j-controllers=namespace,x"))
                .hasMessageStartingWith("apiserver4j-controllers: there is no controller \"x\", but ")
                .hasMessageContainingAll(ApiServerSettings.ALL_CONTROLLERS.toArray(new String[0]));
    }

    @Test
    void apisAreSwitchedOff() throws Refusal {
        Options options = read("--runtime-config=api/ga=false,api/v1=true,api/v1/pods=false,batch/v1=true");
        Catalog left = new Catalog(options.apis().of(BuiltinCatalog.definitions()));
        assertThat(left.groups()).containsExactlyInAnyOrder("", "batch");
        assertThat(left.find("", "v1", "pods")).isNull();
        assertThat(left.find("", "v1", "services")).isNotNull();
    }

    @Test
    void whatIsServedAnywayMayBeNamed() throws Refusal {
        Options options = read(
                "--runtime-config=apps/v1=true,api/ga=true,api/alpha=false",
                "--feature-gates=AllAlpha=false,kube:APIResponseCompression=true",
                "--etcd-prefix=/registry",
                "--storage-media-type=application/vnd.kubernetes.protobuf",
                "--apiserver4j-controllers=none");
        assertThat(options.settings().controllers()).isEmpty();
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are those of kube-apiserver v1.37 for the same arguments. */
class CommandLineTest {
    private static final FlagTable TABLE = FlagTable.load();

    private static FlagValues read(String... args) throws Refusal {
        return CommandLine.read(TABLE, args);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--nope                           | unknown flag: --nope",
                "--nope=1                         | unknown flag: --nope",
                "--=1                             | bad flag syntax: --=1",
                "---x                             | bad flag syntax: ---x",
                "-x                               | unknown shorthand flag: 'x' in -x",
                "--secure-port                    | flag needs an argument: --secure-port",
                "-v                               | flag needs an argument: 'v' in -v",
                "pods                             | \"kube-apiserver\" does not take any arguments, got [\"pods\"]",
                "--secure-port=x                  | invalid argument \"x\" for \"--secure-port\" flag: strconv.ParseInt: parsing \"x\": invalid syntax",
                "--secure-port=99999999999999999999 | invalid argument \"99999999999999999999\" for \"--secure-port\" flag: strconv.ParseInt: parsing \"99999999999999999999\": value out of range",
                "--profiling=maybe                | invalid argument \"maybe\" for \"--profiling\" flag: strconv.ParseBool: parsing \"maybe\": invalid syntax",
                "--request-timeout=5              | invalid argument \"5\" for \"--request-timeout\" flag: time: missing unit in duration \"5\"",
                "--bind-address=localhost         | invalid argument \"localhost\" for \"--bind-address\" flag: failed to parse IP: \"localhost\"",
                "--goaway-chance=much             | invalid argument \"much\" for \"--goaway-chance\" flag: strconv.ParseFloat: parsing \"much\": invalid syntax",
                "--service-node-port-range=9-5    | invalid argument \"9-5\" for \"--service-node-port-range\" flag: end port cannot be less than start port: 9-5",
                "--service-node-port-range=70000  | invalid argument \"70000\" for \"--service-node-port-range\" flag: the port range cannot be greater than 65535: 70000",
                "-v=high                          | invalid argument \"high\" for \"-v, --v\" flag: strconv.ParseInt: parsing \"high\": invalid syntax",
                "--vmodule=a                      | invalid argument \"a\" for \"--vmodule\" flag: syntax error: expect comma-separated list of filename=N",
                "--authorization-mode=a\"b        | invalid argument \"a\\\"b\" for \"--authorization-mode\" flag: parse error on line 1, column 2: bare \" in non-quoted field",
            })
    void refuses(String arg, String text) {
        assertThatThrownBy(() -> read(arg)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(text);
            assertThat(refusal.isUsage()).isTrue();
        });
    }

    @Test
    void valuesStandBehindTheNameOrInTheNextArgument() throws Refusal {
        FlagValues values = read("--secure-port", "0x1F90", "--request-timeout=1m30s", "--cert-dir", "--odd", "-v2");
        assertThat(values.number("secure-port")).isEqualTo(8080);
        assertThat(values.duration("request-timeout")).isEqualTo(Duration.ofSeconds(90));
        assertThat(values.text("cert-dir")).isEqualTo("--odd");
        assertThat(values.number("v")).isEqualTo(2);
    }

    @Test
    void switchesTakeNoFurtherArgument() {
        assertThatThrownBy(() -> read("--profiling", "false")).hasMessageContaining("does not take any arguments");
    }

    @Test
    void switchesAreReadAsGoReadsBooleans() throws Refusal {
        assertThat(read("--anonymous-auth=F").on("anonymous-auth")).isFalse();
        assertThat(read("--anonymous-auth").on("anonymous-auth")).isTrue();
        assertThat(read().on("anonymous-auth")).isTrue();
        assertThat(read("-h", "x").on("help")).isTrue();
    }

    @Test
    void theLastUseWinsButListsAddUp() throws Refusal {
        FlagValues values = read(
                "--secure-port=1",
                "--secure_port=2",
                "--authorization-mode=Node,\"RB,AC\"",
                "--authorization-mode=RBAC",
                "--service-account-issuer=a,b",
                "--service-account-issuer=c",
                "--feature-gates=A=true,kube:B=false");
        assertThat(values.number("secure-port")).isEqualTo(2);
        assertThat(values.all("authorization-mode")).containsExactly("Node", "RB,AC", "RBAC");
        assertThat(values.all("service-account-issuer")).containsExactly("a,b", "c");
        assertThat(values.all("feature-gates")).containsExactly("A=true", "kube:B=false");
    }

    @Test
    void twoDashesEndTheFlags() {
        assertThatThrownBy(() -> read("--", "--secure-port=1")).hasMessageContaining("got [\"--secure-port=1\"]");
    }

    @Test
    void whatIsGivenWithItsDefaultIsNotChanged() throws Refusal {
        FlagValues values =
                read("--etcd-prefix=/registry", "--event-ttl=60m", "--watch-cache=t", "--goaway-chance=0.0", "--v=1");
        assertThat(values.changed()).extracting(Flag::name).isEqualTo(List.of("v"));
    }
}

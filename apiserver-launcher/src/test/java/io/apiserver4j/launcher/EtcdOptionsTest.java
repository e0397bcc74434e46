// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.server.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcdOptionsTest {
    private static Options options(String... args) throws Refusal {
        return OptionsReader.read(CommandLine.read(FlagTable.load(), args));
    }

    @Test
    void withoutServersEverythingIsInMemory() throws Refusal {
        assertThat(options().etcd()).isNull();
        assertThat(options().storage()).isSameAs(StorageSettings.STANDARD);
    }

    @Test
    void allThatTheFlagsSayIsTaken() throws Refusal {
        Options options = options(
                "--etcd-servers=https://a:2379,https://b:2379",
                "--etcd-servers-overrides=/events#http://c:1;http://d:2,apps/deployments#http://e:3",
                "--etcd-cafile=/ca",
                "--etcd-certfile=/cert",
                "--etcd-keyfile=/key",
                "--etcd-prefix=mine/",
                "--etcd-compaction-interval=0",
                "--event-ttl=2h",
                "--etcd-healthcheck-timeout=3s");
        EtcdOptions etcd = Objects.requireNonNull(options.etcd());
        assertThat(etcd.servers()).containsExactly("https://a:2379", "https://b:2379");
        assertThat(etcd.overrides())
                .isEqualTo(Map.of(
                        "events", List.of("http://c:1", "http://d:2"), "deployments.apps", List.of("http://e:3")));
        assertThat(etcd.authorities()).isEqualTo(Path.of("/ca"));
        assertThat(etcd.compactionInterval()).isZero();
        assertThat(options.storage().prefix()).isEqualTo("/mine");
        assertThat(options.storage().eventTtl()).isEqualTo(Duration.ofHours(2));
        assertThat(options.storage().healthCheckTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.storage().readyCheckTimeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--storage-backend=etcd2|--storage-backend invalid, allowed values: etcd3. If not specified, it will"
                        + " default to 'etcd3'",
                "--etcd-servers=|--etcd-servers must be specified",
                "--etcd-servers-overrides=/events#http://c:1|--etcd-servers must be specified",
                "--etcd-servers=http://a:1 --etcd-servers-overrides=events|--etcd-servers-overrides invalid, must be of"
                        + " format: group/resource#servers, where servers are URLs, semicolon separated",
                "--etcd-servers=http://a:1 --etcd-certfile=x|--etcd-certfile and --etcd-keyfile must be given together",
            })
    void whatIsNotFitIsSaid(String args, String message) {
        assertThatThrownBy(() -> options(args.split(" ")))
                .isInstanceOf(Refusal.class)
                .hasMessage(message);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagTableTest {
    private static final FlagTable TABLE = FlagTable.load();

    @Test
    void holdsAllFlagsOfTheRealServerAndTwoOfOurOwn() {
        List<String> own = TABLE.flags().stream()
                .map(Flag::name)
                .filter(name -> name.startsWith("apiserver4j-"))
                .toList();
        assertThat(own).containsExactly("apiserver4j-controllers", "apiserver4j-rehearse");
        assertThat(TABLE.flags()).hasSize(172 + own.size()).doesNotHaveDuplicates();
    }

    @Test
    void everyDefaultIsAValueOfItsType() {
        for (Flag flag : TABLE.flags()) {
            List<String> values = flag.type().defaults(flag.defaultText());
            assertThat(flag.isDefault(values)).as(flag.name()).isTrue();
            assertThat(flag.help()).as(flag.name()).isNotBlank().doesNotEndWith(".");
        }
    }

    @Test
    void theHelpShowsEveryFlagOnceInItsGroup() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Help.print(TABLE, new PrintStream(out, true, StandardCharsets.UTF_8));
        String text = out.toString(StandardCharsets.UTF_8);
        for (Flag flag : TABLE.flags()) {
            assertThat(text.split("--" + flag.name() + "[ \n]", -1))
                    .as(flag.name())
                    .hasSizeGreaterThan(1);
        }
        assertThat(text)
                .contains("Secure serving flags:\n", "Flags of apiserver4j:\n", "  -v, --v Level ")
                .contains("(default 6443)\n", "URLs of etcd; without it everything is stored in memory\n");
    }

    @Test
    void underscoresAreAsGoodAsDashes() {
        assertThat(TABLE.find("secure_port"))
                .isSameAs(TABLE.find("secure-port"))
                .isNotNull();
        assertThat(TABLE.find("secureport")).isNull();
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
    private static final String SHA256 = "@sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "app:latest",
                "team/app",
                "a.b_c__d---e/f1",
                "localhost/app",
                "localhost:5000/app",
                "registry.example.com:443/team/app:latest",
                "[2001:db8::1]:5000/app",
                "EXAMPLE/app",
                "foo_bar.x/app",
                "docker.io/app",
                "0123456789abcdef"
            })
    void withoutTagOrWithTheTag(String image) {
        assertThat(ImageName.isLatest(image)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app:1",
                "app:Latest",
                "app:",
                "App",
                "app/",
                "/app",
                "a//b",
                "-app",
                "app-",
                "a..b",
                "a___b",
                "a.-b",
                "app:-x",
                "app:a b",
                " app",
                "app@",
                "app@sha256:abc",
                "app@md5:0123456789abcdef0123456789abcdef",
                "example.com:/app",
                "example.com:x/app",
                "-x.com/App",
                "example.com/App",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void withAnotherTagOrNoName(String image) {
        assertThat(ImageName.isLatest(image)).isFalse();
    }

    @Test
    void digestsCountAsTagsUnlessThereIsOneToo() {
        assertThat(ImageName.isLatest("app" + SHA256)).isFalse();
        assertThat(ImageName.isLatest("app:latest" + SHA256)).isTrue();
        assertThat(ImageName.isLatest("app:1" + SHA256)).isFalse();
        assertThat(ImageName.isLatest("app:latest" + SHA256.toUpperCase(Locale.ROOT)))
                .isFalse();
    }

    @Test
    void pathsAndTagsHaveALongest() {
        assertThat(ImageName.isLatest("a".repeat(247))).isTrue();
        assertThat(ImageName.isLatest("a".repeat(248))).isFalse();
        assertThat(ImageName.isLatest("example.com/" + "a".repeat(255))).isTrue();
        assertThat(ImageName.isLatest("example.com/" + "a".repeat(256))).isFalse();
        assertThat(ImageName.isLatest("a".repeat(1 << 20) + "/" + "b-".repeat(1 << 20)))
                .isFalse();
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.store.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encryption at rest: what is written under which key, and what is said where it can't be read. */
class SealersTest {
    private static final String KEY = "/registry/secrets/default/a";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String secret(int fill, int length) {
        byte[] key = new byte[length];
        Arrays.fill(key, (byte) fill);
        return Base64.getEncoder().encodeToString(key);
    }

    private static String keys(String provider, String... namesAndSecrets) {
        StringBuilder out = new StringBuilder("  - " + provider + ":\n      keys:\n");
        for (int i = 0; i < namesAndSecrets.length; i += 2) {
            out.append("      - name: ").append(namesAndSecrets[i]);
            out.append("\n        secret: ").append(namesAndSecrets[i + 1]).append('\n');
        }
        return out.toString();
    }

    private static String file(String resources, String... providers) {
        return "kind: EncryptionConfiguration\napiVersion: apiserver.config.k8s.io/v1\nresources:\n- resources: ["
                + resources + "]\n  providers:\n" + String.join("", providers);
    }

    private static Sealer sealer(String... providers) {
        return EncryptionFile.read(bytes(file("secrets", providers)))
                .values()
                .iterator()
                .next();
    }

    @ParameterizedTest
    @CsvSource({
        "aescbc, 16, 32",
        "aescbc, 24, 32",
        "aescbc, 32, 32",
        "aesgcm, 16, 31",
        "aesgcm, 32, 31",
        "secretbox, 32, 43"
    })
    void whatIsSealedOpens(String provider, int length, int size) {
        Sealer sealer = sealer(keys(provider, "key1", secret(1, length)), keys(provider, "key2", secret(2, length)));
        byte[] sealed = sealer.seal(KEY, bytes("abc"));
        String prefix = "k8s:enc:" + provider + ":v1:key1:";
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).startsWith(prefix);
        assertThat(sealed).hasSize(prefix.length() + size);
        assertThat(sealer.open(KEY, sealed).bytes()).isEqualTo(bytes("abc"));
        assertThat(sealer.open(KEY, sealed).stale()).isFalse();
        assertThat(sealer.seal(KEY, bytes("abc"))).isNotEqualTo(sealed);
        Sealer rotated = sealer(keys(provider, "key2", secret(2, length), "key1", secret(1, length)));
        assertThat(rotated.open(KEY, sealed).bytes()).isEqualTo(bytes("abc"));
        assertThat(rotated.open(KEY, sealed).stale()).isTrue();
        Sealer leaving = sealer("  - identity: {}\n", keys(provider, "key1", secret(1, length)));
        assertThat(leaving.open(KEY, sealed).bytes()).isEqualTo(bytes("abc"));
        assertThat(leaving.open(KEY, sealed).stale()).isTrue();
        assertThat(leaving.seal(KEY, bytes("abc"))).isEqualTo(bytes("abc"));
    }

    @Test
    void whatCannotBeOpenedIsSaidAsTheRealServerSaysIt() {
        byte[] gcm = sealer(keys("aesgcm", "key1", secret(1, 32))).seal(KEY, bytes("abc"));
        byte[] cbc = sealer(keys("aescbc", "key1", secret(1, 32))).seal(KEY, new byte[40]);
        byte[] box = sealer(keys("secretbox", "key1", secret(1, 32))).seal(KEY, bytes("abc"));
        assertThatThrownBy(() -> Sealer.IDENTITY.open(KEY, gcm))
                .hasMessage("identity transformer tried to read encrypted data");
        assertThatThrownBy(() -> sealer(keys("aescbc", "key1", secret(1, 32))).open(KEY, gcm))
                .hasMessage("no matching prefix found");
        assertThatThrownBy(() -> sealer(keys("aesgcm", "key2", secret(1, 32))).open(KEY, gcm))
                .hasMessage("no matching key was found for the provided AES transformer");
        assertThatThrownBy(() -> sealer(keys("aesgcm", "key1", secret(2, 32))).open(KEY, gcm))
                .hasMessage("cipher: message authentication failed");
        assertThatThrownBy(() -> sealer(keys("aesgcm", "key1", secret(1, 32))).open(KEY + "b", gcm))
                .hasMessage("cipher: message authentication failed");
        assertThatThrownBy(() -> sealer(keys("aescbc", "key1", secret(2, 32))).open(KEY, cbc))
                .isInstanceOf(SealException.class)
                .message()
                .isIn("invalid PKCS7 data (empty or not padded)", "invalid padding on input");
        assertThatThrownBy(() -> sealer(keys("aescbc", "key1", secret(1, 32))).open(KEY, Arrays.copyOf(cbc, 50)))
                .hasMessage("the stored data is not a multiple of the block size");
        assertThatThrownBy(
                        () -> sealer(keys("secretbox", "key1", secret(2, 32))).open(KEY, box))
                .hasMessage("output array was not large enough for encryption");
        assertThatThrownBy(
                        () -> sealer(keys("secretbox", "key1", secret(1, 32))).open(KEY, Arrays.copyOf(box, 40)))
                .hasMessage("the stored data was shorter than the required size");
    }

    /** The vector of the NaCl paper. */
    @Test
    void theSecretBoxIsThatOfNaCl() {
        HexFormat hex = HexFormat.of();
        byte[] key = hex.parseHex("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
        byte[] nonce = hex.parseHex("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
        byte[] plain = hex.parseHex("be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffc"
                + "e5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31"
                + "0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde"
                + "048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705");
        byte[] out = Arrays.copyOf(nonce, 24 + 16 + plain.length);
        new SecretBox(key).box(nonce, plain, out);
        assertThat(hex.formatHex(out, 24, out.length))
                .isEqualTo("f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce"
                        + "48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c972"
                        + "71d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae"
                        + "90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3"
                        + "7973f622a43d14a6599b1f654cb45a74e355a5");
        assertThat(new SecretBox(key).open("", out).bytes()).isEqualTo(plain);
    }

    @Test
    void theFirstRuleThatFitsCountsAndTheRestIsPlain(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("keys.yaml");
        String rules = file("secrets, foos.example.com", keys("aescbc", "exact", secret(1, 32)))
                + "- resources: ['*.apps']\n  providers:\n" + keys("aesgcm", "group", secret(1, 32))
                + "- resources: ['*.']\n  providers:\n" + keys("secretbox", "core", secret(1, 32));
        Files.writeString(path, rules);
        try (Encryption encryption = Encryption.ofFile(path, false)) {
            assertThat(text(encryption, "secrets", "")).startsWith("k8s:enc:aescbc:v1:exact:");
            assertThat(text(encryption, "foos", "example.com")).startsWith("k8s:enc:aescbc:v1:exact:");
            assertThat(text(encryption, "deployments", "apps")).startsWith("k8s:enc:aesgcm:v1:group:");
            assertThat(text(encryption, "configmaps", "")).startsWith("k8s:enc:secretbox:v1:core:");
            assertThat(text(encryption, "leases", "coordination.k8s.io")).isEqualTo("abc");
            Files.writeString(path, rules.replace("name: exact", "name: next"));
            encryption.look();
            assertThat(text(encryption, "secrets", "")).startsWith("k8s:enc:aescbc:v1:next:");
            Files.writeString(path, "kind: Pod");
            encryption.look();
            assertThat(text(encryption, "secrets", "")).startsWith("k8s:enc:aescbc:v1:next:");
        }
    }

    private static String text(Encryption encryption, String plural, String group) {
        return new String(encryption.sealer(plural, group).seal(KEY, bytes("abc")), StandardCharsets.ISO_8859_1);
    }

    @Test
    void filesThatAreNotFitAreRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> Encryption.ofFile(folder.resolve("none"), false))
                .isInstanceOf(SealException.class)
                .hasMessageEndingWith("no such file or directory");
        refused(
                file("secrets"),
                "resources[0].providers: Required value: at least one resources[0].providers is required");
        refused(
                file("secrets", keys("aescbc", "a", secret(1, 5))),
                "resources[0].providers[0].aescbc.keys[0].secret: Invalid value: \"REDACTED\": secret is not of the expected"
                        + " length, got 5, expected one of [16 24 32]");
        refused(
                file("secrets", keys("secretbox", "a", "'%'")),
                "resources[0].providers[0].secretbox.keys[0].secret: Invalid value: \"REDACTED\": secrets must be base64"
                        + " encoded");
        refused(
                file("'*'", "  - identity: {}\n"),
                "resources[0].resources[0]: Invalid value: \"*\": use '*.' to encrypt all the resources from core API group"
                        + " or *.* to encrypt all resources");
        refused(
                file("secrets, '*.'", "  - identity: {}\n"),
                "resources[0].resources: Invalid value: [\"secrets\",\"*.\"]: using overlapping resources such as 'secrets'"
                        + " and '*.' in the same resource list is not allowed as they will be masked");
        refused(
                file("'*.'", "  - identity: {}\n") + "- resources: [secrets]\n  providers:\n  - identity: {}\n",
                "resource \"secrets\" is masked by earlier rule \"*.\"");
    }

    private static void refused(String file, String message) {
        assertThatThrownBy(() -> EncryptionFile.read(bytes(file)))
                .isInstanceOf(SealException.class)
                .hasMessage(message);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.http.Credential;
import io.apiserver4j.http.Pem;
import io.apiserver4j.http.SelfSigned;
import io.apiserver4j.http.TlsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingFilesTest {
    private long time = 1_700_000_000_000L;

    private void write(Path file, String text) throws Exception {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(time += 1000));
    }

    private static String key(Credential credential) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(credential.key().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    @Test
    void newFilesAreTakenWhenTheyFitEachOther(@TempDir Path folder) throws Exception {
        Path certificate = folder.resolve("tls.crt");
        Path key = folder.resolve("tls.key");
        Credential before = SelfSigned.ofThisJvm().server("localhost");
        Credential after = SelfSigned.ofThisJvm().server("localhost", "127.0.0.1");
        write(certificate, Pem.text(before.chain()));
        write(key, key(before));
        TlsSettings serving = TlsSettings.ofFiles(certificate, key);
        ServingFiles files = new ServingFiles(certificate, key, serving);
        assertThat(files.look()).as("nothing is new").isFalse();

        write(certificate, Pem.text(after.chain()));
        assertThat(files.look()).as("the key is still the old one").isFalse();
        write(key, "nonsense");
        assertThat(files.look()).isFalse();
        Files.delete(key);
        assertThat(files.look()).isFalse();
        assertThat(serving.certificates()).isEqualTo(before.chain());

        write(key, key(after));
        assertThat(files.look()).isTrue();
        assertThat(serving.certificates()).isEqualTo(after.chain());
        assertThat(files.look()).isFalse();
    }
}

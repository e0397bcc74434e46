// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.http.Pem;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.outbound.RemoteSettings;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.YamlException;
import io.apiserver4j.value.YamlReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kubeconfig whose current context says where a webhook is, and what it is shown. */
final class KubeconfigFile {
    private final Path file;

    private KubeconfigFile(Path file) {
        this.file = file;
    }

    /** Reads it; refused where it can't be read, or names nothing. */
    static RemoteSettings read(Path file) throws Refusal {
        if (!Files.exists(file)) {
            throw Refusal.of("stat " + file + ": no such file or directory");
        }
        return new KubeconfigFile(file.toAbsolutePath()).settings();
    }

    private RemoteSettings settings() throws Refusal {
        ObjectValue document;
        try {
            Value value = YamlReader.read(SystemErrors.read(file).getBytes(StandardCharsets.UTF_8));
            ObjectValue read = value.asObject();
            document = read == null ? ObjectValue.EMPTY : read;
        } catch (YamlException e) {
            throw Refusal.of("error loading config file \"" + file + "\": " + e.getMessage());
        }
        String current = document.stringOrEmpty("current-context");
        if (current.isEmpty()) {
            throw Refusal.of("invalid configuration: no configuration has been provided, try setting "
                    + "KUBERNETES_MASTER environment variable");
        }
        ObjectValue context = named(document, "contexts", "context", current);
        ObjectValue cluster = named(document, "clusters", "cluster", context.stringOrEmpty("cluster"));
        String user = context.stringOrEmpty("user");
        ObjectValue credentials = user.isEmpty() ? ObjectValue.EMPTY : named(document, "users", "user", user);
        if (credentials.has("exec") || credentials.has("auth-provider")) {
            throw Refusal.of(
                    "the kubeconfig " + file + " has credentials by a program, which apiserver4j does not run");
        }
        String server = cluster.stringOrEmpty("server");
        if (server.isEmpty()) {
            throw Refusal.of("invalid configuration: no server found for cluster "
                    + GoText.quote(context.stringOrEmpty("cluster")));
        }
        String chain = text(credentials, "client-certificate");
        String key = text(credentials, "client-key");
        try {
            List<X509Certificate> shown = chain.isEmpty() ? List.of() : Pem.certificates(chain);
            PrivateKey secret = key.isEmpty() ? null : Pem.privateKey(key);
            return new RemoteSettings(
                    server.contains("://") ? server : "https://" + server,
                    text(cluster, "certificate-authority"),
                    cluster.isTrue("insecure-skip-tls-verify"),
                    cluster.stringOrEmpty("tls-server-name"),
                    shown,
                    secret,
                    authorization(credentials),
                    RemoteSettings.PATIENCE,
                    RemoteSettings.PAUSE);
        } catch (IllegalArgumentException e) {
            throw Refusal.of("tls: " + e.getMessage());
        }
    }

    private static ObjectValue named(ObjectValue document, String list, String field, String name) throws Refusal {
        for (ObjectValue one : document.arrayOrEmpty(list).objects()) {
            if (one.stringOrEmpty("name").equals(name)) {
                return one.objectOrEmpty(field);
            }
        }
        throw Refusal.of(
                field.equals("user")
                        ? "auth info " + GoText.quote(name) + " does not exist"
                        : field + " " + GoText.quote(name) + " does not exist");
    }

    /** What the field says with {@code -data}, or what the file holds that it names. */
    private String text(ObjectValue object, String field) throws Refusal {
        String data = object.stringOrEmpty(field + "-data");
        if (!data.isEmpty()) {
            try {
                return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw Refusal.of(
                        "error loading config file \"" + file + "\": illegal base64 data in " + field + "-data");
            }
        }
        Path named = path(object.stringOrEmpty(field));
        return named == null ? "" : SystemErrors.read(named);
    }

    private @Nullable Path path(String text) {
        return text.isEmpty() ? null : file.resolveSibling(text);
    }

    private String authorization(ObjectValue user) throws Refusal {
        Path tokenFile = path(user.stringOrEmpty("tokenFile"));
        String token = tokenFile == null
                ? user.stringOrEmpty("token")
                : SystemErrors.read(tokenFile).trim();
        if (!token.isEmpty()) {
            return "Bearer " + token;
        }
        String name = user.stringOrEmpty("username");
        if (name.isEmpty()) {
            return "";
        }
        String both = name + ":" + user.stringOrEmpty("password");
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }
}

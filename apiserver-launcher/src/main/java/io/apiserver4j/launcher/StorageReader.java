// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.server.StorageSettings;
import io.apiserver4j.server.StorageSettings.Form;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Makes {@link StorageSettings} of flags. */
final class StorageReader {
    private StorageReader() {}

    static StorageSettings read(FlagValues flags, List<String> problems) {
        Duration eventTtl = flags.duration("event-ttl");
        if (eventTtl.toSeconds() < 1) {
            problems.add("--event-ttl must be at least a second");
            eventTtl = StorageSettings.STANDARD.eventTtl();
        }
        StorageSettings settings = StorageSettings.STANDARD
                .withForm(form(flags, problems))
                .withPrefix(prefix(flags.text("etcd-prefix")))
                .withEventTtl(eventTtl)
                .withTimeouts(flags.duration("etcd-healthcheck-timeout"), flags.duration("etcd-readycheck-timeout"));
        String keys = flags.text("encryption-provider-config");
        boolean reload = flags.on("encryption-provider-config-automatic-reload");
        if (keys.isEmpty()) {
            if (reload) {
                problems.add("--encryption-provider-config-automatic-reload must be set with "
                        + "--encryption-provider-config");
            }
            return settings;
        }
        return settings.withEncryption(Path.of(keys), reload);
    }

    /** In memory the form is of no consequence to anybody, unless it is to be encrypted there. */
    private static Form form(FlagValues flags, List<String> problems) {
        Form form = switch (flags.text("storage-media-type")) {
            case "application/vnd.kubernetes.protobuf" -> Form.PROTOBUF;
            case "application/json" -> Form.JSON;
            default -> {
                problems.add("--storage-media-type " + GoText.quote(flags.text("storage-media-type"))
                        + " invalid, allowed values: application/json, application/vnd.kubernetes.protobuf");
                yield Form.PROTOBUF;
            }
        };
        return flags.has("etcd-servers") || flags.has("encryption-provider-config") ? form : Form.PLAIN;
    }

    /** With one slash at the front and none at the end, whatever was given. */
    private static String prefix(String text) {
        String inner = text.replaceAll("^/+|/+$", "");
        return "/" + inner;
    }
}

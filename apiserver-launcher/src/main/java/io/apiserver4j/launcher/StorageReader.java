// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.server.StorageSettings;
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
        return StorageSettings.STANDARD
                .withPrefix(prefix(flags.text("etcd-prefix")))
                .withEventTtl(eventTtl)
                .withTimeouts(flags.duration("etcd-healthcheck-timeout"), flags.duration("etcd-readycheck-timeout"));
    }

    /** With one slash at the front and none at the end, whatever was given. */
    private static String prefix(String text) {
        String inner = text.replaceAll("^/+|/+$", "");
        return "/" + inner;
    }
}

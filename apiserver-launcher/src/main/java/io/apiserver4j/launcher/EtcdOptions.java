// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and how etcd is reached. Names nothing of etcd's module, so that a start without etcd loads none of it.
 *
 * @param servers URLs of members; never empty
 * @param overrides URLs of other clusters for single resources, by the resource's name with its group
 * @param patience how long to wait at the start until etcd answers
 */
record EtcdOptions(
        List<String> servers,
        Map<String, List<String>> overrides,
        @Nullable Path authorities,
        @Nullable Path certificate,
        @Nullable Path key,
        Duration compactionInterval,
        Duration patience) {

    /** What the flags say; null where no server is named. */
    static @Nullable EtcdOptions of(FlagValues flags, List<String> problems) {
        String backend = flags.text("storage-backend");
        if (!backend.isEmpty() && !backend.equals("etcd3")) {
            problems.add(
                    "--storage-backend invalid, allowed values: etcd3. If not specified, it will default to 'etcd3'");
        }
        List<String> servers =
                flags.all("etcd-servers").stream().filter(one -> !one.isEmpty()).toList();
        Map<String, List<String>> overrides = overrides(flags.all("etcd-servers-overrides"), problems);
        if (servers.isEmpty()) {
            if (flags.has("etcd-servers") || !overrides.isEmpty()) {
                problems.add("--etcd-servers must be specified");
            }
            return null;
        }
        servers.stream().filter(one -> !isUrl(one)).forEach(one -> problems.add("--etcd-servers: not a URL: " + one));
        Path certificate = file(flags, "etcd-certfile");
        Path key = file(flags, "etcd-keyfile");
        if ((certificate == null) != (key == null)) {
            problems.add("--etcd-certfile and --etcd-keyfile must be given together");
        }
        return new EtcdOptions(
                servers,
                overrides,
                file(flags, "etcd-cafile"),
                certificate,
                key,
                flags.duration("etcd-compaction-interval"),
                flags.duration("storage-initialization-timeout"));
    }

    private static Map<String, List<String>> overrides(List<String> texts, List<String> problems) {
        Map<String, List<String>> out = new LinkedHashMap<>();
        for (String text : texts) {
            int mark = text.indexOf('#');
            int slash = text.indexOf('/');
            List<String> servers = mark < 0
                    ? List.of()
                    : new ArrayList<>(List.of(text.substring(mark + 1).split(";")));
            if (mark < 0
                    || slash < 0
                    || slash > mark
                    || servers.isEmpty()
                    || !servers.stream().allMatch(EtcdOptions::isUrl)) {
                problems.add(
                        "--etcd-servers-overrides invalid, must be of format: group/resource#servers, where servers "
                                + "are URLs, semicolon separated");
                continue;
            }
            String group = text.substring(0, slash);
            String resource = text.substring(slash + 1, mark);
            out.put(group.isEmpty() || group.equals("core") ? resource : resource + "." + group, servers);
        }
        return out;
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            return uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static @Nullable Path file(FlagValues flags, String name) {
        String text = flags.text(name);
        return text.isEmpty() ? null : Path.of(text);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.admission.PluginOrder;
import io.apiserver4j.launcher.Options.Callers;
import io.apiserver4j.launcher.Options.Listening;
import io.apiserver4j.launcher.Options.Tokens;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.resource.ServedApis;
import io.apiserver4j.server.ApiServerSettings;
import io.apiserver4j.server.ApiServerSettings.PortRange;
import io.apiserver4j.server.StorageSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes {@link Options} of flags. Everything that is wrong is found before anything is refused, as in kube-apiserver. */
final class OptionsReader {
    private static final int LAST_PORT = 65535;

    /** Without any of these, the classes that read them are not even loaded. */
    private static final List<String> ETCD = List.of("etcd-servers", "etcd-servers-overrides", "storage-backend");

    private static final List<String> STORAGE = List.of(
            "etcd-servers",
            "etcd-prefix",
            "event-ttl",
            "etcd-healthcheck-timeout",
            "etcd-readycheck-timeout",
            "storage-media-type",
            "encryption-provider-config",
            "encryption-provider-config-automatic-reload");

    private final FlagValues flags;
    private final ServiceRanges ranges;
    private final List<String> problems = new ArrayList<>();

    private OptionsReader(FlagValues flags, ServiceRanges ranges) {
        this.flags = flags;
        this.ranges = ranges;
    }

    /**
     * The options of a start.
     *
     * @throws Refusal with all that is wrong
     */
    static Options read(FlagValues flags) throws Refusal {
        FeatureGates.check(flags.all("feature-gates"));
        for (Flag flag : flags.changed()) {
            if (flag.state() == Flag.State.LATER) {
                throw Refusal.of("--" + flag.name() + " is not served by apiserver4j yet: leave it out, or give it its "
                        + "default value");
            }
        }
        OptionsReader reader = new OptionsReader(flags, ServiceRanges.of(flags.text("service-cluster-ip-range")));
        Options options = reader.options();
        if (!reader.problems.isEmpty()) {
            throw Refusal.of(joined(reader.problems));
        }
        return options;
    }

    /** Several failures in one text, as Kubernetes joins them. */
    private static String joined(List<String> problems) {
        return problems.size() == 1 ? problems.get(0) : "[" + String.join(", ", problems) + "]";
    }

    private Options options() {
        checkNotNegative();
        String address = address();
        String advertised = HostAddresses.advertised(flags.text("advertise-address"), address);
        ranges.check(advertised, problems);
        Listening listening = listening(address, advertised);
        Callers callers = callers();
        Tokens tokens = tokens();
        ServedApis apis = RuntimeConfig.read(flags.all("runtime-config"), problems);
        ApiServerSettings settings = settings(advertised, listening.port());
        return new Options(
                listening,
                callers,
                tokens,
                new FrontProxyFiles(file("proxy-client-cert-file"), file("proxy-client-key-file")),
                apis,
                settings,
                file("admission-control-config-file"),
                flags.hasAny(STORAGE) ? StorageReader.read(flags, problems) : StorageSettings.STANDARD,
                flags.hasAny(ETCD) ? EtcdOptions.of(flags, problems) : null,
                Operations.of(flags, problems),
                flags.duration("shutdown-delay-duration"));
    }

    private void checkNotNegative() {
        for (String name : List.of(
                "max-requests-inflight",
                "max-mutating-requests-inflight",
                "request-timeout",
                "min-request-timeout",
                "shutdown-delay-duration")) {
            if (flags.text(name).startsWith("-")) {
                problems.add("--" + name + " can not be negative value");
            }
        }
    }

    private String address() {
        String text = flags.text("bind-address").trim();
        return text.isEmpty() ? "0.0.0.0" : text;
    }

    private Listening listening(String address, String advertised) {
        long port = flags.number("secure-port");
        if (port < 0 || port > LAST_PORT) {
            problems.add("--secure-port " + port
                    + " must be between 1 and 65535, inclusive. It cannot be turned off with 0");
        }
        TlsChoices tls = TlsChoices.of(flags.text("tls-min-version"), flags.all("tls-cipher-suites"), problems);
        List<String> names = new ArrayList<>(List.of(ranges.firstAddress(), advertised));
        if (!HostAddresses.isAny(address)) {
            names.add(address);
        }
        return new Listening(
                address,
                (int) port,
                flags.has("cert-dir") ? Path.of(flags.text("cert-dir")) : StateFolder.standard(),
                file("tls-cert-file"),
                file("tls-private-key-file"),
                List.copyOf(names),
                tls.tls13Only(),
                tls.ciphers(),
                !flags.on("disable-http2-serving"),
                (int) flags.number("http2-max-streams-per-connection"));
    }

    private @Nullable Path file(String flag) {
        String text = flags.text(flag);
        return text.isEmpty() ? null : Path.of(text);
    }

    private Callers callers() {
        AuthorizationOptions permissions = AuthorizationOptions.of(flags, problems);
        return new Callers(
                file("client-ca-file"),
                file("token-auth-file"),
                flags.on("anonymous-auth"),
                permissions,
                ForeignCallers.of(flags, permissions.modes(), problems));
    }

    private Tokens tokens() {
        Set<String> seen = new HashSet<>();
        List<String> issuers = flags.all("service-account-issuer");
        for (String issuer : issuers) {
            if (issuer.isEmpty()) {
                problems.add("service-account-issuer should not be an empty string");
            } else if (!seen.add(issuer)) {
                problems.add("service-account-issuer " + GoText.quote(issuer) + " is already specified");
            }
        }
        return new Tokens(
                issuers,
                flags.all("service-account-key-file").stream().map(Path::of).toList(),
                file("service-account-signing-key-file"),
                flags.all("api-audiences"),
                jwksUri(),
                longestToken(),
                flags.on("service-account-extend-token-expiration"),
                flags.on("service-account-lookup"),
                flags.on("enable-bootstrap-token-auth"));
    }

    private String jwksUri() {
        String uri = flags.text("service-account-jwks-uri");
        if (!uri.isEmpty() && !uri.startsWith("https://")) {
            problems.add("service-account-jwks-uri requires https scheme, parsed as: " + uri);
        }
        return uri;
    }

    private Duration longestToken() {
        Duration longest = flags.duration("service-account-max-token-expiration");
        boolean outside = longest.compareTo(Duration.ofHours(1)) < 0 || longest.toSeconds() > 1L << 32;
        if (!longest.isZero() && !longest.isNegative() && outside) {
            problems.add("the service-account-max-token-expiration must be between 1 hour and 2^32 seconds");
        }
        return longest.isNegative() ? Duration.ZERO : longest;
    }

    private Set<String> plugins(String flag) {
        List<String> names = flags.all(flag);
        for (String name : names) {
            if (!PluginOrder.ALL.contains(name)) {
                problems.add(flag + " plugin " + GoText.quote(name) + " is unknown");
            }
        }
        return new TreeSet<>(names);
    }

    private ApiServerSettings settings(String advertised, int port) {
        Set<String> enabled = plugins("enable-admission-plugins");
        Set<String> disabled = plugins("disable-admission-plugins");
        Set<String> both = new TreeSet<>(enabled);
        both.retainAll(disabled);
        if (!both.isEmpty()) {
            problems.add("[" + String.join(" ", both)
                    + "] in enable-admission-plugins and disable-admission-plugins overlapped");
        }
        PortRange nodePorts = Ports.parse(flags.text("service-node-port-range"));
        return new ApiServerSettings(
                seats("max-requests-inflight"),
                seats("max-mutating-requests-inflight"),
                flags.duration("request-timeout"),
                Duration.ofSeconds(flags.number("min-request-timeout")),
                enabled,
                disabled,
                (int) flags.number("default-not-ready-toleration-seconds"),
                (int) flags.number("default-unreachable-toleration-seconds"),
                ranges.networks(),
                nodePorts,
                advertised,
                port,
                controllers(),
                "");
    }

    /** 0 is no limit. */
    private int seats(String flag) {
        long asked = flags.number(flag);
        return asked == 0 ? Integer.MAX_VALUE : (int) Math.min(asked, Integer.MAX_VALUE);
    }

    private Set<String> controllers() {
        String asked = flags.text("apiserver4j-controllers");
        if (asked.equals("all")) {
            return ApiServerSettings.ALL_CONTROLLERS;
        }
        if (asked.equals("none") || asked.isEmpty()) {
            return Set.of();
        }
        Set<String> names = new TreeSet<>(List.of(asked.split(",")));
        for (String name : names) {
            if (!ApiServerSettings.ALL_CONTROLLERS.contains(name)) {
                problems.add("apiserver4j-controllers: there is no controller " + GoText.quote(name) + ", but "
                        + String.join(", ", new TreeSet<>(ApiServerSettings.ALL_CONTROLLERS)));
            }
        }
        return names;
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.launcher;

import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.AuthorizerChain;
import io.apiserver4j.authz.Authorizers;
import io.apiserver4j.authz.config.AuthorizationConfiguration;
import io.apiserver4j.authz.config.WebhookAuthorizer;
import io.apiserver4j.authz.config.WebhookSettings;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.outbound.RemoteSettings;
import io.apiserver4j.server.BuiltinAuthorizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What callers may do.
 *
 * @param modes names of authorizers, in the order in which they are asked
 * @param webhooks those of the mode Webhook, in the order of their modes
 */
record AuthorizationOptions(List<String> modes, List<WebhookSettings> webhooks) {
    private static final Set<String> MODES = Set.of("AlwaysAllow", "AlwaysDeny", "ABAC", "Node", "RBAC", "Webhook");
    private static final String WEBHOOK_FILE = "authorization-webhook-config-file";
    private static final List<String> OLD = List.of(
            "authorization-mode",
            WEBHOOK_FILE,
            "authorization-webhook-version",
            "authorization-webhook-cache-authorized-ttl",
            "authorization-webhook-cache-unauthorized-ttl");

    /** What the flags say. */
    static AuthorizationOptions of(FlagValues flags, List<String> problems) {
        String file = flags.text("authorization-config");
        if (!file.isEmpty()) {
            return ofFile(file, flags, problems);
        }
        List<String> modes = flags.all("authorization-mode");
        if (modes.isEmpty()) {
            problems.add("at least one authorization-mode must be passed");
        }
        for (String mode : modes) {
            if (!MODES.contains(mode)) {
                problems.add("authorization-mode " + GoText.quote(mode) + " is not a valid mode");
            }
        }
        String webhook = flags.text(WEBHOOK_FILE);
        boolean asked = modes.contains("Webhook");
        if (asked && webhook.isEmpty()) {
            problems.add("authorization-mode Webhook's authorization config file not passed");
        }
        if (!asked && !webhook.isEmpty()) {
            problems.add("cannot specify --authorization-webhook-config-file without mode Webhook");
        }
        if (new HashSet<>(modes).size() < modes.size()) {
            problems.add("authorization-mode " + quoted(modes) + " has mode specified more than once");
        }
        return new AuthorizationOptions(modes, asked ? List.of(webhook(flags, webhook, problems)) : List.of());
    }

    private static String quoted(List<String> names) {
        return names.stream().map(GoText::quote).collect(Collectors.joining(" ", "[", "]"));
    }

    private static WebhookSettings webhook(FlagValues flags, String file, List<String> problems) {
        String version = flags.text("authorization-webhook-version");
        if (!WebhookSettings.VERSIONS.contains(version)) {
            problems.add("unsupported webhook authorizer version " + GoText.quote(version)
                    + ", supported versions are \"v1\", \"v1beta1\"");
        }
        return new WebhookSettings(
                "default",
                file,
                RemoteSettings.PATIENCE,
                flags.duration("authorization-webhook-cache-authorized-ttl"),
                flags.duration("authorization-webhook-cache-unauthorized-ttl"),
                version,
                false,
                List.of());
    }

    private static AuthorizationOptions ofFile(String file, FlagValues flags, List<String> problems) {
        if (flags.hasAny(OLD)) {
            problems.add("--authorization-config can not be specified when --authorization-mode or"
                    + " --authorization-webhook-* flags are defined");
            return new AuthorizationOptions(List.of(), List.of());
        }
        try {
            AuthorizationConfiguration read = AuthorizationConfiguration.parse(SystemErrors.read(Path.of(file)));
            List<WebhookSettings> webhooks = new ArrayList<>();
            for (AuthorizationConfiguration.Member member : read.members()) {
                if (member.webhook() != null) {
                    webhooks.add(member.webhook());
                }
            }
            return new AuthorizationOptions(read.types(), webhooks);
        } catch (Refusal e) {
            problems.add(e.reason());
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return new AuthorizationOptions(List.of(), List.of());
    }

    /**
     * All of them, behind the one that lets members of system:masters pass, as in kube-apiserver.
     *
     * @param policy the authorizer of the mode ABAC
     */
    Function<BuiltinAuthorizers, Authorizer> chain(Authorizer policy) throws Refusal {
        List<Authorizer> asked = new ArrayList<>();
        for (WebhookSettings webhook : webhooks) {
            asked.add(open(webhook));
        }
        return builtin -> chain(builtin, policy, asked);
    }

    private static Authorizer open(WebhookSettings webhook) throws Refusal {
        if (webhook.kubeconfig().isEmpty()) {
            throw Refusal.of(
                    "invalid authorization config: connectionInfo of type InClusterConfig: apiserver4j runs in "
                            + "no cluster that could tell it");
        }
        try {
            return new WebhookAuthorizer(webhook, KubeconfigFile.read(Path.of(webhook.kubeconfig())));
        } catch (IllegalArgumentException e) {
            throw Refusal.of("invalid authorization config: " + e.getMessage());
        } catch (Refusal e) {
            throw Refusal.of("invalid authorization config: " + e.reason());
        }
    }

    private Authorizer chain(BuiltinAuthorizers builtin, Authorizer policy, List<Authorizer> asked) {
        List<Authorizer> chain = new ArrayList<>();
        chain.add(Authorizers.masters());
        int next = 0;
        for (String mode : modes) {
            switch (mode) {
                case "AlwaysAllow" -> chain.add(Authorizers.alwaysAllow());
                case "AlwaysDeny" -> chain.add(Authorizers.alwaysDeny());
                case "ABAC" -> chain.add(policy);
                case "Node" -> chain.add(builtin.nodes());
                case "RBAC" -> chain.add(builtin.roles());
                case "Webhook" -> chain.add(asked.get(next++));
                default -> {} // refused before
            }
        }
        return new AuthorizerChain(chain);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import io.apiserver4j.meta.GoText;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.JsonSyntaxException;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Allows what a policy file says (mode ABAC): a JSON document a line, each of which allows something. */
public final class AbacAuthorizer implements Authorizer {
    private static final String VERSION = "abac.authorization.kubernetes.io/v1beta1";
    private static final Set<String> READING = Set.of("get", "list", "watch");

    private final List<Policy> policies;

    private record Policy(
            String user,
            String group,
            boolean readOnly,
            String apiGroup,
            String resource,
            String namespace,
            String path) {
        boolean concerns(Identity identity) {
            boolean anybody = user.isEmpty() && group.isEmpty();
            boolean fits = user.isEmpty() || user.equals("*") || user.equals(identity.user());
            return !anybody && fits && (group.isEmpty() || group.equals("*") || identity.in(group));
        }

        boolean allows(AccessAttributes asked) {
            if (readOnly && !READING.contains(asked.verb())) {
                return false;
            }
            if (!asked.resourceRequest()) {
                return path.equals("*")
                        || path.equals(asked.path())
                        || path.endsWith("*") && asked.path().startsWith(path.substring(0, path.length() - 1));
            }
            return covers(namespace, asked.namespace())
                    && covers(resource, asked.resource())
                    && covers(apiGroup, asked.group());
        }

        private static boolean covers(String pattern, String asked) {
            return pattern.equals("*") || pattern.equals(asked);
        }
    }

    private AbacAuthorizer(List<Policy> policies) {
        this.policies = List.copyOf(policies);
    }

    /**
     * Reads the file form.
     *
     * @throws IllegalArgumentException where a line is no policy
     */
    public static AbacAuthorizer parse(String text) {
        List<Policy> out = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\r?\n", -1)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                out.add(policy(JsonReader.readObject(line.getBytes(StandardCharsets.UTF_8))));
            } catch (JsonSyntaxException | IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
        }
        return new AbacAuthorizer(out);
    }

    private static Policy policy(ObjectValue line) {
        String version = line.stringOrEmpty("apiVersion");
        if (version.isEmpty() && !line.has("kind")) {
            return unversioned(line);
        }
        if (!version.equals(VERSION) || !line.stringOrEmpty("kind").equals("Policy")) {
            throw new IllegalArgumentException("no policy of " + VERSION + ": " + GoText.quote(version));
        }
        ObjectValue spec = line.objectOrEmpty("spec");
        return new Policy(
                spec.stringOrEmpty("user"),
                spec.stringOrEmpty("group"),
                spec.isTrue("readonly"),
                spec.stringOrEmpty("apiGroup"),
                spec.stringOrEmpty("resource"),
                spec.stringOrEmpty("namespace"),
                spec.stringOrEmpty("nonResourcePath"));
    }

    /** The oldest form: what is left out is everything, and everybody is who is authenticated. */
    private static Policy unversioned(ObjectValue line) {
        String user = line.stringOrEmpty("user");
        String group = line.stringOrEmpty("group");
        boolean anybody = user.isEmpty() && group.isEmpty() || user.equals("*");
        String resource = line.stringOrEmpty("resource");
        String namespace = line.stringOrEmpty("namespace");
        return new Policy(
                anybody ? "" : user,
                anybody ? Identity.AUTHENTICATED : group,
                line.isTrue("readonly"),
                "*",
                resource.isEmpty() ? "*" : resource,
                namespace.isEmpty() ? "*" : namespace,
                resource.isEmpty() && namespace.isEmpty() ? "*" : "");
    }

    @Override
    public String name() {
        return "abac";
    }

    @Override
    public Decision authorize(AccessAttributes attributes) {
        for (Policy policy : policies) {
            if (policy.concerns(attributes.identity()) && policy.allows(attributes)) {
                return Decision.allow("");
            }
        }
        return Decision.noOpinion("No policy matched.");
    }
}

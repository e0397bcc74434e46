// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.audit;

import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Target;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.YamlReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says how much is kept of which calls: kind Policy of audit.k8s.io/v1. The first rule that matches decides. Immutable. */
public final class AuditPolicy {
    private static final String STAGES =
            Arrays.stream(AuditStage.values()).map(AuditStage::word).collect(Collectors.joining(","));

    private final List<AuditRule> rules;
    private final AuditDecision otherwise;

    private AuditPolicy(List<AuditRule> rules, AuditDecision otherwise) {
        this.rules = List.copyOf(rules);
        this.otherwise = otherwise;
    }

    /** The same level for all calls; no event is made when they come, only when they are done. */
    public static AuditPolicy everything(AuditLevel level) {
        return new AuditPolicy(List.of(), new AuditDecision(level, Set.of(AuditStage.REQUEST_RECEIVED), false));
    }

    /**
     * Reads a policy.
     *
     * @param text YAML or JSON
     * @throws IllegalArgumentException where it is none, with kube-apiserver's words
     */
    public static AuditPolicy parse(byte[] text) {
        Value read;
        try {
            read = YamlReader.read(text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("failed decoding: " + e.getMessage(), e);
        }
        ObjectValue policy = read.asObject();
        if (policy == null) {
            throw new IllegalArgumentException("failed decoding: the document is no object");
        }
        String version = policy.stringOrEmpty("apiVersion");
        String kind = policy.stringOrEmpty("kind");
        if (!version.equals("audit.k8s.io/v1") || !kind.equals("Policy")) {
            throw new IllegalArgumentException(
                    "unknown group version field " + version + ", Kind=" + kind + " in policy");
        }
        List<String> problems = new ArrayList<>();
        Set<AuditStage> omitted = stages(policy, "omitStages", problems);
        boolean bare = policy.isTrue("omitManagedFields");
        List<AuditRule> rules = new ArrayList<>();
        List<ObjectValue> said = policy.arrayOrEmpty("rules").objects();
        for (int i = 0; i < said.size(); i++) {
            rules.add(rule(said.get(i), "rules[" + i + "]", omitted, bare, problems));
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.size() == 1 ? problems.get(0) : "[" + String.join(", ", problems) + "]");
        }
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("loaded illegal policy with 0 rules");
        }
        return new AuditPolicy(rules, new AuditDecision(AuditLevel.NONE, omitted, bare));
    }

    private static AuditRule rule(
            ObjectValue rule, String path, Set<AuditStage> omitted, boolean bare, List<String> problems) {
        Set<AuditStage> stages = EnumSet.noneOf(AuditStage.class);
        stages.addAll(omitted);
        stages.addAll(stages(rule, path + ".omitStages", problems));
        Value managed = rule.get("omitManagedFields");
        AuditDecision decision = new AuditDecision(
                level(rule.stringOrEmpty("level"), path, problems),
                Set.copyOf(stages),
                managed == null || managed.isNull() ? bare : rule.isTrue("omitManagedFields"));
        List<AuditRule.Resources> resources = rule.arrayOrEmpty("resources").objects().stream()
                .map(one -> new AuditRule.Resources(
                        one.stringOrEmpty("group"),
                        one.arrayOrEmpty("resources").strings(),
                        names(one, "resourceNames")))
                .toList();
        List<String> paths = rule.arrayOrEmpty("nonResourceURLs").strings();
        for (int i = 0; i < paths.size(); i++) {
            checkPath(paths.get(i), path + ".nonResourceURLs[" + i + "]", problems);
        }
        for (AuditRule.Resources one : resources) {
            if (!one.names().isEmpty() && one.resources().isEmpty()) {
                problems.add(path + ".resources.resourceNames: Invalid value: " + list(one.names())
                        + ": using resourceNames requires at least one resource");
            }
        }
        if (!paths.isEmpty()
                && (!resources.isEmpty() || !names(rule, "namespaces").isEmpty())) {
            problems.add(path + ".nonResourceURLs: Invalid value: " + list(paths)
                    + ": rules cannot apply to both regular resources and non-resource URLs");
        }
        return new AuditRule(
                decision,
                names(rule, "users"),
                names(rule, "userGroups"),
                names(rule, "verbs"),
                resources,
                names(rule, "namespaces"),
                paths);
    }

    private static void checkPath(String url, String path, List<String> problems) {
        if (url.equals("*")) {
            return;
        }
        if (!url.startsWith("/")) {
            problems.add(
                    path + ": Invalid value: \"" + url + "\": non-resource URL rules must begin with a '/' character");
        }
        int star = url.indexOf('*');
        if (star >= 0 && star < url.length() - 1) {
            problems.add(path + ": Invalid value: \"" + url
                    + "\": non-resource URL wildcards '*' must be the final character of the rule");
        }
    }

    private static String list(Iterable<String> texts) {
        List<String> quoted = new ArrayList<>();
        texts.forEach(text -> quoted.add("\"" + text + "\""));
        return "[" + String.join(",", quoted) + "]";
    }

    private static Set<String> names(ObjectValue object, String key) {
        return Set.copyOf(object.arrayOrEmpty(key).strings());
    }

    private static AuditLevel level(String word, String path, List<String> problems) {
        for (AuditLevel level : AuditLevel.values()) {
            if (level.word().equals(word)) {
                return level;
            }
        }
        problems.add(
                word.isEmpty()
                        ? path + ".level: Required value"
                        : path + ".level: Unsupported value: \"" + word
                                + "\": supported values: \"None\", \"Metadata\", \"Request\", \"RequestResponse\"");
        return AuditLevel.NONE;
    }

    private static Set<AuditStage> stages(ObjectValue object, String path, List<String> problems) {
        Set<AuditStage> out = EnumSet.noneOf(AuditStage.class);
        List<String> words = object.arrayOrEmpty("omitStages").strings();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            AuditStage found = null;
            for (AuditStage stage : AuditStage.values()) {
                found = stage.word().equals(word) ? stage : found;
            }
            if (found == null) {
                problems.add(path + "[" + i + "]: Invalid value: \"" + word + "\": allowed stages are " + STAGES);
            } else {
                out.add(found);
            }
        }
        return out;
    }

    /** How much is kept of a call; the identity is null where nobody knows who called. */
    public AuditDecision decide(@Nullable Identity identity, Target target) {
        for (AuditRule rule : rules) {
            if (rule.matches(identity, target)) {
                return rule.decision();
            }
        }
        return otherwise;
    }
}

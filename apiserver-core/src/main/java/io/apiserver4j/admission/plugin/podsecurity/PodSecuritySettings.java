// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What the plugin is told beyond the labels of namespaces.
 *
 * @param defaults what counts where a namespace has no labels
 * @param users whose requests are not looked at
 * @param namespaces in which requests are not looked at
 * @param runtimeClasses whose pods are not looked at
 */
public record PodSecuritySettings(
        Policy defaults, Set<String> users, Set<String> namespaces, Set<String> runtimeClasses) {
    /** Forbids nothing by default, exempts nothing. */
    public static final PodSecuritySettings NONE =
            new PodSecuritySettings(Policy.PRIVILEGED, Set.of(), Set.of(), Set.of());

    public PodSecuritySettings {
        users = Set.copyOf(users);
        namespaces = Set.copyOf(namespaces);
        runtimeClasses = Set.copyOf(runtimeClasses);
    }

    /** What a configuration document says; an empty one says nothing. Tells what is wrong with it. */
    public static PodSecuritySettings of(ObjectValue document, FieldErrors errors) {
        ObjectValue defaults = document.objectOrEmpty("defaults");
        Policy policy = new Policy(
                level(defaults, "enforce", errors), level(defaults, "audit", errors), level(defaults, "warn", errors));
        ObjectValue exemptions = document.objectOrEmpty("exemptions");
        return new PodSecuritySettings(
                policy,
                names(
                        exemptions,
                        "usernames",
                        name -> name.isEmpty() ? List.of("username must not be empty") : List.of(),
                        errors),
                names(exemptions, "namespaces", NameRules::dns1123Label, errors),
                names(exemptions, "runtimeClasses", NameRules::dns1123Subdomain, errors));
    }

    private static LevelVersion level(ObjectValue defaults, String mode, FieldErrors errors) {
        String word = defaults.stringOrEmpty(mode);
        String release = defaults.stringOrEmpty(mode + "-version");
        Level level = word.isEmpty() ? Level.PRIVILEGED : Level.of(word);
        Integer minor = release.isEmpty() ? Integer.valueOf(LevelVersion.LATEST) : LevelVersion.minor(release);
        if (level == null) {
            errors.invalid(ValuePath.of("defaults", mode), word, Level.PROBLEM);
        }
        if (minor == null) {
            errors.invalid(ValuePath.of("defaults", mode + "-version"), release, LevelVersion.PROBLEM);
        }
        return new LevelVersion(level == null ? Level.RESTRICTED : level, minor == null ? LevelVersion.LATEST : minor);
    }

    private static Set<String> names(
            ObjectValue exemptions, String list, Function<String, List<String>> rule, FieldErrors errors) {
        Set<String> out = new LinkedHashSet<>();
        List<String> names = exemptions.arrayOrEmpty(list).strings();
        for (int i = 0; i < names.size(); i++) {
            ValuePath path = ValuePath.of("exemptions", list).index(i);
            List<String> problems = rule.apply(names.get(i));
            if (!problems.isEmpty()) {
                errors.invalid(path, names.get(i), String.join(", ", problems));
            } else if (!out.add(names.get(i))) {
                errors.duplicate(path, names.get(i));
            }
        }
        return out;
    }
}

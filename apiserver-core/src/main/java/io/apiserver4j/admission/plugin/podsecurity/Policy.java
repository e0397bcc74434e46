// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin.podsecurity;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;

/**
 * What a namespace says.
 *
 * @param enforce what is refused
 * @param audit what is noted in the audit record
 * @param warn what the client is warned of
 */
record Policy(LevelVersion enforce, LevelVersion audit, LevelVersion warn) {
    private static final String PREFIX = "pod-security.kubernetes.io/";

    /** Forbids nothing. */
    static final Policy PRIVILEGED =
            new Policy(LevelVersion.PRIVILEGED, LevelVersion.PRIVILEGED, LevelVersion.PRIVILEGED);

    /**
     * The policy of a namespace with these labels. What cannot be read is an error, and is strict for what is enforced and
     * lax for the rest. Who enforces and does not say a level for warnings warns of as much at the least.
     *
     * @param defaults what counts where labels are missing
     */
    static Policy of(ObjectValue labels, Policy defaults, FieldErrors errors) {
        if (labels.isEmpty()) {
            return defaults;
        }
        String enforceLevel = labels.getString(PREFIX + "enforce");
        LevelVersion enforce = read(labels, "enforce", defaults.enforce, Level.RESTRICTED, errors);
        LevelVersion audit = read(labels, "audit", defaults.audit, Level.PRIVILEGED, errors);
        LevelVersion warn = read(labels, "warn", defaults.warn, Level.PRIVILEGED, errors);
        boolean enforces = enforceLevel != null && Level.of(enforceLevel) != null;
        if (enforces && !labels.has(PREFIX + "warn") && enforce.level().compareTo(warn.level()) > 0) {
            warn = warn.withLevel(enforce.level());
            warn = labels.has(PREFIX + "warn-version") ? warn : warn.withMinor(enforce.minor());
        }
        return new Policy(enforce, audit, warn);
    }

    private static LevelVersion read(
            ObjectValue labels, String mode, LevelVersion otherwise, Level unreadable, FieldErrors errors) {
        LevelVersion out = otherwise;
        String word = labels.getString(PREFIX + mode);
        if (word != null) {
            Level level = Level.of(word);
            if (level == null) {
                errors.invalid(label(PREFIX + mode), word, Level.PROBLEM);
            }
            out = out.withLevel(level == null ? unreadable : level);
        }
        String release = labels.getString(PREFIX + mode + "-version");
        if (release != null) {
            Integer minor = LevelVersion.minor(release);
            if (minor == null) {
                errors.invalid(label(PREFIX + mode + "-version"), release, LevelVersion.PROBLEM);
            }
            out = out.withMinor(minor == null ? LevelVersion.LATEST : minor);
        }
        return out;
    }

    private static ValuePath label(String name) {
        return ValuePath.of("metadata", "labels").key(name);
    }

    /** True where nothing is forbidden, noted or warned of. */
    boolean isPrivileged() {
        return enforce.level() == Level.PRIVILEGED && isQuiet();
    }

    /** True where nothing is noted or warned of. */
    boolean isQuiet() {
        return audit.level() == Level.PRIVILEGED && warn.level() == Level.PRIVILEGED;
    }

    /** True where both forbid the same. */
    boolean isLike(Policy other) {
        return enforce.isLike(other.enforce) && audit.isLike(other.audit) && warn.isLike(other.warn);
    }

    /** What labels ask for beyond nothing, in few words. */
    String shown(ObjectValue labels) {
        StringBuilder out = new StringBuilder();
        show(out, labels, "enforce", enforce);
        show(out, labels, "audit", audit);
        show(out, labels, "warn", warn);
        return out.toString();
    }

    private static void show(StringBuilder out, ObjectValue labels, String mode, LevelVersion asked) {
        boolean said = labels.has(PREFIX + mode) || labels.has(PREFIX + mode + "-version");
        if (said && asked.level() != Level.PRIVILEGED) {
            out.append(out.isEmpty() ? "" : ", ").append(mode).append('=').append(asked);
        }
    }
}

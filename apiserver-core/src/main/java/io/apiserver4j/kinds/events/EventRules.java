// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.events;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;
import java.util.Objects;

/**
 * Events of both groups, which are stored as those of the core. The newer group is strict: it wants all of the newer
 * members and none of the older, and lets little change.
 */
public final class EventRules implements KindRules {
    private static final int LONGEST = 128;
    private static final int LONGEST_NOTE = 1024;
    private static final List<String> TEXTS_BEFORE = List.of("reason", "message");
    private static final List<String> TEXTS_AFTER = List.of("reportingController", "reportingInstance");

    private final boolean newer;

    /** The rules of the core's group, or of the newer one. */
    public EventRules(boolean newer) {
        this.newer = newer;
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        common(object, errors);
        if (!newer) {
            return;
        }
        series(object, errors);
        if (isZero(object, "eventTime")) {
            errors.required(ValuePath.of("eventTime"), "");
        }
        String type = object.stringOrEmpty("type");
        if (!type.equals("Normal") && !type.equals("Warning")) {
            errors.invalid(ValuePath.of("type"), "", "has invalid value: " + type);
        }
        unset(!isZero(object, "firstTimestamp"), "firstTimestamp", errors);
        unset(!isZero(object, "lastTimestamp"), "lastTimestamp", errors);
        unset(object.longOr("count", 0) != 0, "count", errors);
        ObjectValue source = object.objectOrEmpty("source");
        boolean sourced = !source.stringOrEmpty("component").isEmpty()
                || !source.stringOrEmpty("host").isEmpty();
        unset(sourced, "source", errors);
    }

    private static boolean isZero(ObjectValue event, String member) {
        return event.getString(member) == null;
    }

    private static void unset(boolean isSet, String member, FieldErrors errors) {
        if (isSet) {
            errors.invalid(ValuePath.of(member), "", "needs to be unset");
        }
    }

    private static void series(ObjectValue event, FieldErrors errors) {
        ObjectValue series = event.getObject("series");
        if (series == null) {
            return;
        }
        if (series.longOr("count", 0) < 2) {
            errors.invalid(ValuePath.of("series.count"), "", "should be at least 2");
        }
        if (isZero(series, "lastObservedTime")) {
            errors.required(ValuePath.of("series.lastObservedTime"), "");
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        common(updated, errors);
        if (!newer) {
            return;
        }
        if (!Objects.equals(updated.getObject("series"), current.getObject("series"))) {
            series(updated, errors);
        }
        same(updated, current, "involvedObject", "core.ObjectReference", errors);
        texts(updated, current, TEXTS_BEFORE, errors);
        same(updated, current, "source", "core.EventSource", errors);
        same(updated, current, "firstTimestamp", "time", errors);
        same(updated, current, "lastTimestamp", "time", errors);
        same(updated, current, "count", "int", errors);
        texts(updated, current, List.of("reason", "type"), errors);
        same(updated, current, "eventTime", "time", errors);
        texts(updated, current, List.of("action"), errors);
        same(updated, current, "related", "*core.ObjectReference", errors);
        for (String member : TEXTS_AFTER) {
            String stored = member.equals("reportingController") ? "reportingComponent" : member;
            String is = updated.stringOrEmpty(stored);
            if (!is.equals(current.stringOrEmpty(stored))) {
                errors.invalid(ValuePath.of(member), is, FieldChecks.IMMUTABLE);
            }
        }
    }

    private static void texts(ObjectValue updated, ObjectValue current, List<String> members, FieldErrors errors) {
        FieldChecks.immutableTexts(updated, current, ValuePath.ROOT, errors, members.toArray(String[]::new));
    }

    private static void same(ObjectValue updated, ObjectValue current, String member, String type, FieldErrors errors) {
        FieldChecks.immutable(updated.get(member), current.get(member), type, ValuePath.of(member), errors);
    }

    /** The rules that all events ever followed; those with a time of their own a few more. */
    private void common(ObjectValue event, FieldErrors errors) {
        String namespace = ObjectMeta.of(event).namespace();
        String involved = event.objectOrEmpty("involvedObject").stringOrEmpty("namespace");
        boolean timed = !isZero(event, "eventTime");
        boolean fits = involved.isEmpty()
                ? namespace.isEmpty() && !timed
                        || namespace.equals("default")
                        || timed && namespace.equals("kube-system")
                : timed || namespace.equals(involved);
        if (!fits) {
            errors.invalid(ValuePath.of("involvedObject", "namespace"), involved, "does not match event.namespace");
        }
        if (timed) {
            timed(event, errors);
        }
    }

    private void timed(ObjectValue event, FieldErrors errors) {
        ValuePath controller = ValuePath.of(newer ? "reportingController" : "reportingComponent");
        String name = event.stringOrEmpty("reportingComponent");
        if (name.isEmpty()) {
            errors.required(controller, "");
        }
        errors.invalidAll(controller, name, NameRules.qualifiedName(name));
        required(event, "reportingInstance", LONGEST, errors);
        required(event, "action", LONGEST, errors);
        required(event, "reason", LONGEST, errors);
        bounded(event, "message", LONGEST_NOTE, errors);
    }

    private static void required(ObjectValue event, String member, int longest, FieldErrors errors) {
        if (event.stringOrEmpty(member).isEmpty()) {
            errors.required(ValuePath.of(member), "");
        }
        bounded(event, member, longest, errors);
    }

    private static void bounded(ObjectValue event, String member, int longest, FieldErrors errors) {
        if (GoText.byteLength(event.stringOrEmpty(member)) > longest) {
            errors.invalid(ValuePath.of(member), "", "can have at most " + longest + " characters");
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.storage;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.kinds.core.PersistentVolumeSpecRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** Attachments of volumes to nodes. */
public final class VolumeAttachmentRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final ValuePath STATUS = ValuePath.of("status");
    private static final String ONE = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
    private static final int MAX_METADATA = 256 * 1024;
    private static final int MAX_MESSAGE = 1024;
    private static final int MAX_DRIVER = 63;

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        check(object, errors);
        attacher(object, errors);
    }

    private static void check(ObjectValue object, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        source(spec.objectOrEmpty("source"), errors);
        String node = spec.stringOrEmpty("nodeName");
        errors.invalidAll(SPEC.field("nodeName"), node, NameRules.dns1123Subdomain(node));
        status(object.objectOrEmpty("status"), errors);
        String volume = spec.objectOrEmpty("source").getString("persistentVolumeName");
        if (volume != null) {
            errors.invalidAll(
                    SPEC.fields("source", "persistentVolumeName"), volume, NameRules.dns1123Subdomain(volume));
        }
    }

    private static void source(ObjectValue source, FieldErrors errors) {
        ValuePath path = SPEC.field("source");
        ObjectValue inline = source.getObject("inlineVolumeSpec");
        String volume = source.getString("persistentVolumeName");
        if (inline == null && volume == null) {
            errors.required(path, ONE);
        } else if (inline != null && volume != null) {
            errors.forbidden(path, ONE);
        } else if (inline != null) {
            PersistentVolumeSpecRules.check(inline, "", true, false, path.field("inlineVolumeSpec"), errors);
        } else if (volume != null && volume.isEmpty()) {
            errors.required(path.field("persistentVolumeName"), "must specify non empty persistentVolumeName");
        }
    }

    private static void status(ObjectValue status, FieldErrors errors) {
        if (ClassRules.bytes(status.objectOrEmpty("attachmentMetadata")) > MAX_METADATA) {
            errors.tooLong(STATUS.field("attachmentMetadata"), MAX_METADATA);
        }
        for (String member : List.of("attachError", "detachError")) {
            ObjectValue error = status.objectOrEmpty(member);
            if (GoText.byteLength(error.stringOrEmpty("message")) > MAX_MESSAGE) {
                errors.tooLong(STATUS.fields(member, "message"), MAX_MESSAGE);
            }
            long code = error.longOr("errorCode", 0);
            if (code < 0) {
                errors.invalid(STATUS.fields(member, "errorCode"), code, NameRules.rangeError(0, Integer.MAX_VALUE));
            }
        }
    }

    /** Told last, since Kubernetes finds it by the schema. */
    private static void attacher(ObjectValue object, FieldErrors errors) {
        ValuePath path = SPEC.field("attacher");
        String attacher = object.objectOrEmpty("spec").stringOrEmpty("attacher");
        if (attacher.isEmpty()) {
            errors.required(path, "");
            return;
        }
        errors.invalidAll(path, attacher, NameRules.longNameCaseless(attacher));
        if (attacher.codePointCount(0, attacher.length()) > MAX_DRIVER) {
            errors.tooLongCharacters(path, MAX_DRIVER);
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        check(updated, errors);
        if (FieldChecks.changed(updated.get("spec"), current.get("spec"))) {
            errors.invalidShown(SPEC, "null", FieldChecks.IMMUTABLE);
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.ownership.ScaleOwnership;
import io.apiserver4j.patch.PatchType;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scale of workloads: a view of an object's replicas that can be read, replaced, patched and applied. */
final class ScaleEndpoint {
    private static final List<String> SHARED =
            List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp");
    private static final List<String> SPEC_ORDER = List.of("replicas");

    private final ObjectWriter objects;
    private final Presenter presenter;
    private final BodyReader bodies;
    private final Ownership ownership;
    private final PatchVerb patch;

    ScaleEndpoint(
            ObjectWriter objects, Presenter presenter, BodyReader bodies, Ownership ownership, PatchVerb patch) {
        this.objects = objects;
        this.presenter = presenter;
        this.bodies = bodies;
        this.ownership = ownership;
        this.patch = patch;
    }

    ApiResponse handle(ResourceCall call, Verb verb) {
        OutputFormat format = presenter.negotiate(call);
        if (verb == Verb.GET) {
            return presenter.object(call, scaleOf(call, objects.require(call).tree()), format, 200);
        }
        if (verb == Verb.UPDATE) {
            VerbOptions options = VerbOptions.forUpdate(call.request());
            ObjectValue given = bodies.object(call, options.fieldValidation());
            UpdateVerb.checkName(call, given);
            String manager = options.manager(call.request());
            return write(
                    call,
                    live -> ownership.afterUpdate(call, live, SystemFields.inNamespace(given, call.namespace()), manager),
                    options,
                    "UpdateOptions",
                    format);
        }
        PatchType type = PatchType.of(call.request().headers().first("Content-Type"), call.definition().custom());
        VerbOptions options = VerbOptions.forPatch(call.request(), type == PatchType.APPLY);
        PatchVerb.Patched patched = patch.patched(call, type, options);
        return write(call, patched::of, options, "PatchOptions", format);
    }

    private ApiResponse write(
            ResourceCall call, Change change, VerbOptions options, String optionsKind, OutputFormat format) {
        ScaleOwnership owners = owners(call);
        ResourceCall main = new ResourceCall(
                call.call(), call.target(), call.definition(), call.version(), null);
        Written written = objects.update(
                main,
                live -> {
                    if (live == null) {
                        throw ObjectWriter.notFound(call.definition(), call.name());
                    }
                    ObjectValue entries = live.objectOrEmpty("metadata");
                    ObjectValue scale = scaleOf(call, live)
                            .update(
                                    "metadata",
                                    meta -> meta.withOrWithout(
                                            "managedFields", owners.toScale(entries.get("managedFields"))));
                    ObjectValue changed = change.apply(scale);
                    if (changed == scale) {
                        return live;
                    }
                    validate(call, changed);
                    return merged(call, live, changed, owners);
                },
                options,
                false,
                optionsKind);
        return presenter.object(
                call, scaleOf(call, ObjectWriter.inClientVersion(call, written.object())), format, 200);
    }

    private static ScaleOwnership owners(ResourceCall call) {
        Map<String, String> paths = new LinkedHashMap<>();
        for (VersionDefinition version : call.definition().versions()) {
            paths.put(version.kind().apiVersion(), "spec.replicas");
        }
        return new ScaleOwnership(paths);
    }

    private static void validate(ResourceCall call, ObjectValue scale) {
        FieldErrors errors = new FieldErrors();
        long replicas = scale.objectOrEmpty("spec").longOr("replicas", 0);
        if (replicas < 0) {
            errors.invalid(
                    ValuePath.of("spec", "replicas"), replicas, "must be greater than or equal to 0");
        }
        if (!errors.isEmpty()) {
            throw Status.invalid("autoscaling", "Scale", call.name(), errors).asException();
        }
    }

    /** The object with the replicas, the version and the owners of a changed scale. */
    private static ObjectValue merged(
            ResourceCall call, ObjectValue live, ObjectValue scale, ScaleOwnership owners) {
        ObjectMeta given = ObjectMeta.of(scale);
        ObjectValue spec = live.objectOrEmpty("spec");
        Value replicas = Value.of(scale.objectOrEmpty("spec").longOr("replicas", 0));
        ObjectValue metadata = live.objectOrEmpty("metadata");
        Value entries = owners.toParent(
                metadata.get("managedFields"),
                given.tree().get("managedFields"),
                call.version().kind().apiVersion());
        metadata = entries == null
                ? metadata.without("managedFields")
                : MetadataOrder.put(metadata, "managedFields", entries);
        metadata = given.resourceVersion().isEmpty()
                ? metadata.without("resourceVersion")
                : metadata.with("resourceVersion", given.resourceVersion());
        if (!given.uid().isEmpty()) {
            metadata = metadata.with("uid", given.uid());
        }
        return live.with("metadata", metadata)
                .with("spec", MetadataOrder.put(spec, "replicas", replicas, SPEC_ORDER));
    }

    /** The scale of an object. */
    private static ObjectValue scaleOf(ResourceCall call, ObjectValue object) {
        ObjectValue metadata = object.objectOrEmpty("metadata");
        ObjectEditor shown = ObjectValue.builder();
        for (String name : SHARED) {
            shown.putIfPresent(name, metadata.get(name));
        }
        ObjectValue spec = object.objectOrEmpty("spec");
        ObjectValue status = object.objectOrEmpty("status");
        long wanted = spec.longOr("replicas", 0);
        ObjectEditor statusShown = ObjectValue.builder().put("replicas", status.longOr("replicas", 0));
        String selector = selector(spec.get("selector"));
        if (!selector.isEmpty()) {
            statusShown.put("selector", selector);
        }
        return ObjectValue.builder()
                .put("kind", call.subresource() == null ? "Scale" : call.subresource().kind().kind())
                .put("apiVersion", "autoscaling/v1")
                .put("metadata", shown.build())
                .put("spec", wanted == 0 ? ObjectValue.EMPTY : ObjectValue.of("replicas", Value.of(wanted)))
                .put("status", statusShown.build())
                .build();
    }

    private static String selector(@org.jspecify.annotations.Nullable Value selector) {
        ObjectValue object = selector == null ? null : selector.asObject();
        if (object == null) {
            return "";
        }
        boolean full = object.has("matchLabels") || object.has("matchExpressions");
        return (full ? LabelSelector.ofObject(object) : LabelSelector.ofLabels(object)).toString();
    }
}

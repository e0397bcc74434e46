// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.verb;

import io.apiserver4j.codec.OutputFormat;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.ownership.ScaleOwnership;
import io.apiserver4j.patch.PatchType;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Verb;
import io.apiserver4j.resource.ScalePaths;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.value.NumberValue;
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

    ScaleEndpoint(ObjectWriter objects, Presenter presenter, BodyReader bodies, Ownership ownership, PatchVerb patch) {
        this.objects = objects;
        this.presenter = presenter;
        this.bodies = bodies;
        this.ownership = ownership;
        this.patch = patch;
    }

    ApiResponse handle(ResourceCall call, Verb verb) {
        OutputFormat format = presenter.negotiate(call);
        if (verb == Verb.GET) {
            return presenter.object(
                    call,
                    scaleOf(
                            call,
                            ObjectWriter.inClientVersion(
                                    call, objects.require(call).tree())),
                    format,
                    200);
        }
        if (verb == Verb.UPDATE) {
            VerbOptions options = VerbOptions.forUpdate(call.request());
            ObjectValue given = bodies.object(call, options.fieldValidation());
            UpdateVerb.checkName(call, given);
            String manager = options.manager(call.request());
            return write(
                    call,
                    live -> ownership.afterUpdate(
                            call, live, SystemFields.inNamespace(given, call.namespace()), manager),
                    options,
                    "UpdateOptions",
                    format);
        }
        if (call.version().form() != null
                && PatchType.of(call.request().headers().first("Content-Type"), true) == PatchType.APPLY) {
            // the real server cannot carry an applied scale back to a custom object
            throw Status.plain("failed to convert new object (" + call.namespace() + "/" + call.name()
                            + "; autoscaling/v1, Kind=Scale) to proper version: request to convert CR to an invalid"
                            + " group/version: autoscaling/v1")
                    .asException();
        }
        PatchType type = PatchType.of(
                call.request().headers().first("Content-Type"),
                call.definition().custom());
        VerbOptions options = VerbOptions.forPatch(call.request(), type == PatchType.APPLY);
        PatchVerb.Patched patched = patch.patched(call, type, options);
        return write(call, patched::of, options, "PatchOptions", format);
    }

    private ApiResponse write(
            ResourceCall call, Change change, VerbOptions options, String optionsKind, OutputFormat format) {
        ScaleOwnership owners = owners(call);
        ResourceCall main = new ResourceCall(call.call(), call.target(), call.definition(), call.version(), null);
        Written written = objects.update(
                main,
                new AdmissionView(call, new ScaleLens(call)),
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
                    if (call.version().form() == null) {
                        validate(call, changed);
                    }
                    return merged(call, live, changed, owners);
                },
                options,
                false,
                optionsKind);
        return presenter.object(call, scaleOf(call, ObjectWriter.inClientVersion(call, written.object())), format, 200);
    }

    private static ScaleOwnership owners(ResourceCall call) {
        Map<String, String> paths = new LinkedHashMap<>();
        for (VersionDefinition version : call.definition().versions()) {
            ScalePaths scale = version.scale();
            paths.put(version.kind().apiVersion(), scale == null ? "" : String.join(".", scale.replicas()));
        }
        return new ScaleOwnership(paths);
    }

    private static void validate(ResourceCall call, ObjectValue scale) {
        FieldErrors errors = new FieldErrors();
        MetadataRules.managedFields(
                ObjectMeta.of(scale).tree().arrayOrEmpty("managedFields"),
                ValuePath.of("metadata", "managedFields"),
                errors);
        long replicas = scale.objectOrEmpty("spec").longOr("replicas", 0);
        if (replicas < 0) {
            errors.invalid(ValuePath.of("spec", "replicas"), replicas, "must be greater than or equal to 0");
        }
        if (!errors.isEmpty()) {
            throw Status.invalid("autoscaling", "Scale", call.name(), errors).asException();
        }
    }

    /** The object with the replicas, the version and the owners of a changed scale. */
    private static ObjectValue merged(ResourceCall call, ObjectValue live, ObjectValue scale, ScaleOwnership owners) {
        ObjectMeta given = ObjectMeta.of(scale);
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
        return withReplicas(call, live.with("metadata", metadata), replicas);
    }

    /** Plugins are asked about the scale. */
    private record ScaleLens(ResourceCall call) implements AdmissionView.Lens {
        @Override
        public ObjectValue shown(ObjectValue object) {
            return scaleOf(call, object);
        }

        @Override
        public ObjectValue taken(ObjectValue object, ObjectValue shown) {
            return withReplicas(
                    call, object, Value.of(shown.objectOrEmpty("spec").longOr("replicas", 0)));
        }
    }

    private static ObjectValue withReplicas(ResourceCall call, ObjectValue changed, Value replicas) {
        List<String> path = paths(call).replicas();
        if (!path.equals(ScalePaths.STANDARD.replicas())) {
            return changed.withAt(replicas, path.toArray(new String[0]));
        }
        ObjectValue spec = changed.objectOrEmpty("spec");
        return changed.with("spec", MetadataOrder.put(spec, "replicas", replicas, SPEC_ORDER));
    }

    private static ScalePaths paths(ResourceCall call) {
        ScalePaths paths = call.version().scale();
        if (paths == null) {
            throw Status.noSuchPath().asException();
        }
        return paths;
    }

    private static long number(ObjectValue object, List<String> path, long otherwise) {
        Value found = object.at(path.toArray(new String[0]));
        NumberValue number = found == null ? null : found.asNumber();
        return number == null ? otherwise : number.longValue();
    }

    /** The scale of an object. */
    private static ObjectValue scaleOf(ResourceCall call, ObjectValue object) {
        ObjectValue metadata = object.objectOrEmpty("metadata");
        ObjectEditor shown = ObjectValue.builder();
        for (String name : SHARED) {
            shown.putIfPresent(name, metadata.get(name));
        }
        ScalePaths paths = paths(call);
        long wanted = number(object, paths.replicas(), paths.lenient() ? 0 : Long.MIN_VALUE);
        if (wanted == Long.MIN_VALUE) {
            throw Status.internalError(
                            "the spec replicas field \"" + ScalePaths.text(paths.replicas()) + "\" does not exist")
                    .asException();
        }
        ObjectEditor statusShown = ObjectValue.builder().put("replicas", number(object, paths.statusReplicas(), 0));
        String selector = paths.selector().isEmpty()
                ? ""
                : selector(object.at(paths.selector().toArray(new String[0])));
        if (!selector.isEmpty()) {
            statusShown.put("selector", selector);
        }
        return ObjectValue.builder()
                .put(
                        "kind",
                        call.subresource() == null
                                ? "Scale"
                                : call.subresource().kind().kind())
                .put("apiVersion", "autoscaling/v1")
                .put("metadata", shown.build())
                .put("spec", wanted == 0 ? ObjectValue.EMPTY : ObjectValue.of("replicas", Value.of(wanted)))
                .put("status", statusShown.build())
                .build();
    }

    private static String selector(@org.jspecify.annotations.Nullable Value selector) {
        ObjectValue object = selector == null ? null : selector.asObject();
        if (object == null) {
            String text = selector == null ? null : selector.asString();
            return text == null ? "" : text;
        }
        boolean full = object.has("matchLabels") || object.has("matchExpressions");
        return (full ? LabelSelector.ofObject(object) : LabelSelector.ofLabels(object)).toString();
    }
}

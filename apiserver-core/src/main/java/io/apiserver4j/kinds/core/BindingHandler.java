// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.kinds.pod.GatedFields;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.verb.HandlerSupport;
import io.apiserver4j.verb.ResourceCall;
import io.apiserver4j.verb.ResourceHandler;
import io.apiserver4j.view.PodView;
import java.util.List;
import java.util.function.Supplier;

/**
 * Puts a pod on a node: {@code pods/binding}, and the older {@code bindings}. Goes past the rules of pods, as the node
 * is what those do not let change.
 */
public final class BindingHandler implements ResourceHandler {
    private static final Kind BINDING = new Kind("", "v1", "Binding");

    private final Supplier<ObjectStore> pods;

    /** A handler over the store of pods. */
    public BindingHandler(Supplier<ObjectStore> pods) {
        this.pods = pods;
    }

    @Override
    public ApiResponse handle(ResourceCall call, HandlerSupport support) {
        support.negotiate(call);
        ObjectValue binding = support.body(call, BINDING);
        ObjectMeta meta = ObjectMeta.of(binding);
        boolean older = call.subresource() == null;
        if (!meta.namespace().isEmpty() && !meta.namespace().equals(call.namespace())) {
            throw Status.badRequest(
                            "the namespace of the provided object does not match the namespace sent on the request")
                    .asException();
        }
        if (!older && !call.name().equals(meta.name())) {
            throw Status.badRequest("name in URL does not match name in Binding object")
                    .asException();
        }
        check(binding.objectOrEmpty("target"));
        ObjectValue named = binding.update(
                "metadata", metadata -> MetadataOrder.put(metadata, "namespace", Value.of(call.namespace())));
        ObjectValue admitted = support.admitCreate(call, older ? named.withoutAt("metadata", "uid") : named);
        bind(call.namespace(), admitted, support.isDryRun(call), Timestamp.format(support.now()));
        Status done = Status.success(null);
        return support.plain(call, done.toObject().with("code", Value.of(201)), 201);
    }

    private static void check(ObjectValue target) {
        FieldErrors errors = new FieldErrors();
        String kind = target.stringOrEmpty("kind");
        boolean node = kind.isEmpty() || kind.equals("Node");
        if (!node) {
            errors.notSupported(ValuePath.of("target", "kind"), kind, List.of("Node", "<empty>"));
        }
        String name = target.stringOrEmpty("name");
        ValuePath path = ValuePath.of("target", "name");
        if (name.isEmpty()) {
            errors.required(path, "");
        } else if (node) {
            errors.invalidAll(path, name, NameRules.dns1123Subdomain(name));
        }
        if (!errors.isEmpty()) {
            throw Status.plain(errors.aggregate()).asException();
        }
    }

    private void bind(String namespace, ObjectValue binding, boolean dryRun, String now) {
        String name = ObjectMeta.of(binding).name();
        ObjectStore store = pods.get();
        while (true) {
            StoredObject found = store.get(namespace, name);
            if (found == null) {
                throw Status.notFound("", "pods", name).asException();
            }
            ObjectValue bound = bound(found, binding, now);
            if (dryRun || store.replace(found, bound) != null) {
                return;
            }
        }
    }

    private static ObjectValue bound(StoredObject found, ObjectValue binding, String now) {
        ObjectValue pod = found.tree();
        ObjectMeta meta = ObjectMeta.of(pod);
        same("UID", ObjectMeta.of(binding).uid(), meta.uid(), found);
        same("ResourceVersion", ObjectMeta.of(binding).resourceVersion(), meta.resourceVersion(), found);
        PodView view = new PodView(pod);
        if (pod.objectOrEmpty("metadata").has("deletionTimestamp")) {
            throw refused(meta, "pod " + meta.name() + " is being deleted, cannot be assigned to a host");
        }
        if (!view.nodeName().isEmpty()) {
            throw refused(meta, "pod " + meta.name() + " is already assigned to node \"" + view.nodeName() + "\"");
        }
        if (!view.spec().arrayOrEmpty("schedulingGates").isEmpty()) {
            throw refused(meta, "pod " + meta.name() + " has non-empty .spec.schedulingGates");
        }
        ObjectValue annotations =
                GatedFields.droppedAnnotations(merged(meta.annotations(), binding.objectAt("metadata", "annotations")));
        ObjectValue labels = merged(meta.labels(), binding.objectAt("metadata", "labels"));
        ObjectValue out =
                pod.update("metadata", metadata -> put(put(metadata, "labels", labels), "annotations", annotations));
        out = out.withAt(Value.of(binding.objectOrEmpty("target").stringOrEmpty("name")), "spec", "nodeName");
        out = out.update(
                "status",
                status -> PodConditions.put(status.without("nominatedNodeName"), "PodScheduled", "True", "", "", now));
        return PodPreparation.inOrder(out, pod);
    }

    private static ObjectValue put(ObjectValue metadata, String name, ObjectValue value) {
        return value.isEmpty() ? metadata : MetadataOrder.put(metadata, name, value);
    }

    private static ObjectValue merged(ObjectValue own, ObjectValue added) {
        ObjectValue out = own;
        for (ObjectValue.Member member : added) {
            out = out.with(member.key(), member.value());
        }
        return out.sorted();
    }

    private static ApiException refused(ObjectMeta pod, String why) {
        return Status.conflict("", "pods/binding", pod.name(), why).asException();
    }

    /** What a binding says of its pod must be so; an empty text says nothing. */
    private static void same(String what, String asked, String is, StoredObject found) {
        if (!asked.isEmpty() && !asked.equals(is)) {
            throw Status.preconditionFailed(
                            "", "pods", ObjectMeta.of(found.tree()).name(), found.key(), what, asked, is)
                    .asException();
        }
    }
}

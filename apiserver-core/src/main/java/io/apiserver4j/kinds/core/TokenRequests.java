// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.core;

import io.apiserver4j.authn.token.TokenIssuer;
import io.apiserver4j.authn.token.TokenIssuer.Bound;
import io.apiserver4j.authn.token.TokenIssuer.Issued;
import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.meta.MetadataOrder;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.verb.HandlerSupport;
import io.apiserver4j.verb.ResourceCall;
import io.apiserver4j.verb.ResourceHandler;
import io.apiserver4j.view.PodView;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives out a token of a service account for a time: {@code serviceaccounts/token}. */
public final class TokenRequests implements ResourceHandler {
    private static final Kind KIND = new Kind("authentication.k8s.io", "v1", "TokenRequest");
    private static final long LEAST_SECONDS = 10 * 60;
    private static final long MOST_SECONDS = 1L << 32;
    private static final long USUAL_SECONDS = 60 * 60;

    private final Function<String, ObjectStore> objects;
    private final Supplier<TokenIssuer> issuer;

    /**
     * A handler.
     *
     * @param objects the objects of a resource, asked when a call is served
     * @param issuer makes the tokens, asked when a call is served
     */
    public TokenRequests(Function<String, ObjectStore> objects, Supplier<TokenIssuer> issuer) {
        this.objects = objects;
        this.issuer = issuer;
    }

    @Override
    public ApiResponse handle(ResourceCall call, HandlerSupport support) {
        support.negotiate(call);
        ObjectValue asked = support.admitCreate(call, support.owned(call, support.body(call, KIND)));
        same("name", ObjectMeta.of(asked).name(), call.name(), call);
        same("namespace", ObjectMeta.of(asked).namespace(), call.namespace(), call);
        ObjectMeta account = ObjectMeta.of(support.require(call, call.name()));
        checkUid(ObjectMeta.of(asked).uid(), account);
        Instant now = support.now();
        ObjectValue request = filled(asked, account, now);
        check(request.objectOrEmpty("spec"));
        Bound bound = bound(call, request.objectOrEmpty("spec").getObject("boundObjectRef"));
        request = shortened(call, request);
        ObjectValue spec = request.objectOrEmpty("spec");
        long seconds = spec.longOr("expirationSeconds", USUAL_SECONDS);
        Issued token = issuer.get()
                .issue(account, bound, spec.arrayOrEmpty("audiences").strings(), seconds, now);
        call.call().notes().annotate("authentication.kubernetes.io/issued-credential-id", "JTI=" + token.id());
        ObjectValue status = ObjectValue.of(
                "token",
                Value.of(token.token()),
                "expirationTimestamp",
                Value.of(Timestamp.format(now.plusSeconds(seconds))));
        return support.answer(call, request.with("status", status), 201);
    }

    private static void same(String field, String said, String is, ResourceCall call) {
        if (!said.isEmpty() && !said.equals(is)) {
            FieldErrors errors = new FieldErrors();
            errors.invalid(
                    ValuePath.of("metadata", field), said, "must match the service account " + field + " if specified");
            throw Status.invalid(KIND.group(), KIND.kind(), call.name(), errors).asException();
        }
    }

    private static void checkUid(String said, ObjectMeta account) {
        if (!said.isEmpty() && !said.equals(account.uid())) {
            throw Status.conflict(
                            KIND.group(),
                            KIND.kind(),
                            account.name(),
                            "the UID in the token request (" + said
                                    + ") does not match the UID of the service account (" + account.uid() + ")")
                    .asException();
        }
    }

    private ObjectValue filled(ObjectValue asked, ObjectMeta account, Instant now) {
        ObjectValue out = asked.without("status").update("metadata", metadata -> {
            ObjectValue named = MetadataOrder.put(metadata, "name", Value.of(account.name()));
            named = MetadataOrder.put(named, "namespace", Value.of(account.namespace()));
            named = MetadataOrder.put(named, "uid", Value.of(account.uid()));
            return MetadataOrder.put(named, "creationTimestamp", Value.of(Timestamp.format(now)));
        });
        // what webhooks' tokens attest is behind a feature that is off
        return out.update("spec", spec -> {
            ObjectValue known = spec.without("attestations");
            return known.arrayOrEmpty("audiences").isEmpty()
                    ? known.with("audiences", ArrayValue.ofStrings(issuer.get().ownAudiences()))
                    : known;
        });
    }

    private static void check(ObjectValue spec) {
        long seconds = spec.longOr("expirationSeconds", USUAL_SECONDS);
        FieldErrors errors = new FieldErrors();
        ValuePath path = ValuePath.of("spec", "expirationSeconds");
        if (seconds < LEAST_SECONDS) {
            errors.invalid(path, seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds > MOST_SECONDS) {
            errors.invalid(path, seconds, "may not specify a duration larger than 2^32 seconds");
        }
        if (!errors.isEmpty()) {
            throw Status.invalid(KIND.group(), KIND.kind(), "", errors).asException();
        }
    }

    private Bound bound(ResourceCall call, @Nullable ObjectValue reference) {
        if (reference == null) {
            return Bound.TO_NOTHING;
        }
        GroupVersion version = GroupVersion.parse(reference.stringOrEmpty("apiVersion"));
        String kind = reference.stringOrEmpty("kind");
        String name = reference.stringOrEmpty("name");
        ObjectMeta target;
        Bound bound;
        switch (version.group().isEmpty() ? kind : "") {
            case "Pod" -> {
                ObjectValue pod = require("pods", call.namespace(), name);
                target = ObjectMeta.of(pod);
                bound = new Bound(target, null, nodeOf(call, pod));
            }
            case "Secret" -> {
                target = ObjectMeta.of(require("secrets", call.namespace(), name));
                bound = new Bound(null, target, null);
            }
            case "Node" -> {
                target = ObjectMeta.of(require("nodes", "", name));
                bound = new Bound(null, null, target);
            }
            default -> throw unbindable(version, kind);
        }
        String uid = reference.stringOrEmpty("uid");
        if (!uid.isEmpty() && !uid.equals(target.uid())) {
            throw Status.conflict(
                            "",
                            kind,
                            name,
                            "the UID in the bound object reference (" + uid + ") does not match the UID in record."
                                    + " The object might have been deleted and then recreated")
                    .asException();
        }
        return bound;
    }

    private static ApiException unbindable(GroupVersion version, String kind) {
        String text = version.group() + "/" + version.version() + ", Kind=" + kind;
        boolean webhook = version.group().equals("admissionregistration.k8s.io")
                && version.version().equals("v1")
                && List.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")
                        .contains(kind);
        return Status.badRequest("cannot bind token to object of type " + text
                        + (webhook ? " (feature gate APIServerWebhookAuthenticationToken is disabled)" : ""))
                .asException();
    }

    private @Nullable ObjectMeta nodeOf(ResourceCall call, ObjectValue pod) {
        PodView view = new PodView(pod);
        if (!view.serviceAccountName().equals(call.name())) {
            throw Status.badRequest("cannot bind token for serviceaccount \"" + call.name()
                            + "\" to pod running with different serviceaccount name.")
                    .asException();
        }
        if (view.nodeName().isEmpty()) {
            return null;
        }
        StoredObject node = objects.apply("nodes").recent("", view.nodeName());
        // a node that is not there is named all the same
        return node == null
                ? new ObjectMeta(ObjectValue.of("name", Value.of(view.nodeName())))
                : ObjectMeta.of(node.tree());
    }

    private ObjectValue require(String resource, String namespace, String name) {
        StoredObject found = objects.apply(resource).get(namespace, name);
        if (found == null) {
            throw Status.notFound("", resource, name).asException();
        }
        return found.tree();
    }

    private ObjectValue shortened(ResourceCall call, ObjectValue request) {
        long longest = issuer.get().longestSeconds();
        long asked = request.objectOrEmpty("spec").longOr("expirationSeconds", USUAL_SECONDS);
        if (longest == 0 || asked <= longest) {
            return request;
        }
        call.call().notes().warn("requested expiration of " + asked + " seconds shortened to " + longest + " seconds");
        return request.update("spec", spec -> spec.with("expirationSeconds", Value.of(longest)));
    }
}

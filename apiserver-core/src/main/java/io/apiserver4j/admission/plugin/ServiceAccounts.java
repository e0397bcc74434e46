// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.MutatingPlugin;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Status;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.PodView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Each pod has a service account, which must be there: the token of it is mounted, its image pull secrets are taken over,
 * and where it says so, only its secrets may be used.
 */
final class ServiceAccounts implements MutatingPlugin, ValidatingPlugin {
    static final String NAME = "ServiceAccount";

    private static final String DEFAULT_ACCOUNT = "default";
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String ENFORCE = "kubernetes.io/enforce-mountable-secrets";
    private static final Set<String> TRUE_WORDS = Set.of("1", "t", "T", "TRUE", "true", "True");
    /** The default account of a new namespace is made by a controller, which may need a moment. */
    private static final Duration DEFAULT_ACCOUNT_PATIENCE = Duration.ofMillis(1350);

    private static final Duration PAUSE = Duration.ofMillis(15);

    private final LiveObjects objects;
    private final TokenVolume tokens;
    private final LiveObjects.Memo<ObjectValue> accounts = new LiveObjects.Memo<>(tree -> tree);

    ServiceAccounts(LiveObjects objects, RandomGenerator random) {
        this.objects = objects;
        tokens = new TokenVolume(random);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectValue mutate(AdmissionRequest request) {
        ObjectValue pod = request.requireObject();
        if (request.operation() != Operation.CREATE || !request.isFor("", "pods") || isMirror(pod)) {
            return pod;
        }
        ObjectValue spec = pod.objectOrEmpty("spec");
        ObjectValue out = spec;
        if (spec.stringOrEmpty("serviceAccountName").isEmpty()) {
            out = out.with("serviceAccountName", DEFAULT_ACCOUNT).with("serviceAccount", DEFAULT_ACCOUNT);
        }
        ObjectValue account = account(request, out.stringOrEmpty("serviceAccountName"));
        if (automounts(account, out)) {
            out = tokens.mountedIn(out);
        }
        if (out.arrayOrEmpty("imagePullSecrets").isEmpty()) {
            ArrayValue secrets = names(account.arrayOrEmpty("imagePullSecrets"));
            out = secrets.isEmpty() ? out : out.with("imagePullSecrets", secrets);
        }
        return out == spec ? pod : pod.with("spec", out);
    }

    private static ArrayValue names(ArrayValue references) {
        List<Value> out = new ArrayList<>();
        for (ObjectValue reference : references.objects()) {
            Value name = reference.get("name");
            out.add(name == null ? ObjectValue.EMPTY : ObjectValue.of("name", name));
        }
        return ArrayValue.of(out);
    }

    private static boolean isMirror(ObjectValue pod) {
        return ObjectMeta.of(pod).annotations().has(MIRROR);
    }

    private static boolean automounts(ObjectValue account, ObjectValue spec) {
        Value pods = spec.get("automountServiceAccountToken");
        Value accounts = account.get("automountServiceAccountToken");
        Boolean said = pods != null ? pods.asBoolean() : accounts != null ? accounts.asBoolean() : null;
        return said == null || said;
    }

    @Override
    public void validate(AdmissionRequest request) {
        ObjectValue pod = request.object();
        if (pod == null || !request.definition().groupResource().equals("pods")) {
            return;
        }
        boolean created =
                request.operation() == Operation.CREATE && request.subresource().isEmpty();
        boolean debugged =
                request.operation() == Operation.UPDATE && request.subresource().equals("ephemeralcontainers");
        if (!created && !debugged) {
            return;
        }
        if (created && isMirror(pod)) {
            checkMirror(request, pod);
            return;
        }
        String name = new PodView(pod).serviceAccountName();
        if (name.isEmpty()) {
            throw request.forbidden("no service account specified for pod " + request.namespace() + "/"
                    + ObjectMeta.of(pod).name());
        }
        ObjectValue account = account(request, name);
        if (TRUE_WORDS.contains(ObjectMeta.of(account).annotations().stringOrEmpty(ENFORCE))) {
            String problem = MountableSecrets.of(account).problem(new PodView(pod), debugged);
            if (problem != null) {
                throw debugged ? Status.plain(problem).asException() : request.forbidden(problem);
            }
        }
    }

    private static void checkMirror(AdmissionRequest request, ObjectValue pod) {
        PodView view = new PodView(pod);
        if (!view.serviceAccountName().isEmpty()) {
            throw request.forbidden("a mirror pod may not reference service accounts");
        }
        if (SecretReferences.hasAny(view)) {
            throw request.forbidden("a mirror pod may not reference secrets");
        }
        for (ObjectValue volume : view.volumes()) {
            for (ObjectValue source :
                    volume.objectOrEmpty("projected").arrayOrEmpty("sources").objects()) {
                if (source.has("serviceAccountToken")) {
                    throw request.forbidden("a mirror pod may not use ServiceAccountToken volume projections");
                }
            }
        }
    }

    private ObjectValue account(AdmissionRequest request, String name) {
        String namespace = request.namespace();
        StoredObject found = objects.known("serviceaccounts", namespace, name);
        if (found == null) { // others may have made it just now
            found = objects.find("serviceaccounts", namespace, name);
        }
        if (found == null && name.equals(DEFAULT_ACCOUNT)) {
            found = awaited(namespace, name);
        }
        if (found == null) {
            throw request.forbidden("error looking up service account " + namespace + "/" + name + ": serviceaccount \""
                    + name + "\" not found");
        }
        return accounts.of(found);
    }

    private @Nullable StoredObject awaited(String namespace, String name) {
        long end = System.nanoTime() + DEFAULT_ACCOUNT_PATIENCE.toNanos();
        while (System.nanoTime() - end < 0) {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
            StoredObject found = objects.find("serviceaccounts", namespace, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}

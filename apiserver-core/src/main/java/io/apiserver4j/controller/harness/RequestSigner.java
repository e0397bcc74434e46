// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller.harness;

import io.apiserver4j.controller.Controller;
import io.apiserver4j.controller.Following;
import io.apiserver4j.controller.LocalClient;
import io.apiserver4j.controller.WorkQueue;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.Stores;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.view.ConditionView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Signs approved requests for certificates of clients and kubelets. */
public final class RequestSigner implements Controller {
    private static final String PATH = "/apis/certificates.k8s.io/v1/certificatesigningrequests/";
    private static final Duration LIFE = Duration.ofDays(365);
    private static final Set<String> SIGNERS = Set.of(
            "kubernetes.io/kube-apiserver-client",
            "kubernetes.io/kube-apiserver-client-kubelet",
            "kubernetes.io/kubelet-serving");

    private final LiveCatalog catalog;
    private final Stores stores;
    private final LocalClient client;
    private final Signing signing;
    private final InstantSource clock;
    private final ScheduledExecutorService executor;
    private final WorkQueue<String> queue;
    private @Nullable Following following;

    /** Makes the certificate of a request (both PEM), or fails with IllegalArgumentException. */
    @FunctionalInterface
    public interface Signing {
        /** The certificate for these usages and this life. */
        String sign(String request, List<String> usages, Duration life);
    }

    /** A controller over these stores. */
    public RequestSigner(
            LiveCatalog catalog,
            Stores stores,
            LocalClient client,
            Signing signing,
            InstantSource clock,
            ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.stores = stores;
        this.client = client;
        this.signing = signing;
        this.clock = clock;
        this.executor = executor;
        this.queue = new WorkQueue<>(executor, this::sign);
    }

    @Override
    public String name() {
        return "csrsigning";
    }

    @Override
    public void start() {
        ResourceDefinition definition =
                catalog.current().find("certificates.k8s.io", "v1", "certificatesigningrequests");
        if (definition != null) {
            following = new Following(stores, definition, executor, (type, object) -> {
                        if (type != ObjectEvent.Type.DELETED) {
                            queue.add(ObjectMeta.of(object.tree()).name());
                        }
                    })
                    .start();
        }
    }

    private @Nullable Duration sign(String name) {
        ObjectValue request = client.get(PATH + name);
        if (request == null
                || !ConditionView.isTrue(request, "Approved")
                || ConditionView.isTrue(request, "Failed")
                || !request.objectOrEmpty("status").stringOrEmpty("certificate").isEmpty()) {
            return null;
        }
        ObjectValue spec = request.objectOrEmpty("spec");
        if (!SIGNERS.contains(spec.stringOrEmpty("signerName"))) {
            return null;
        }
        ObjectValue status = request.objectOrEmpty("status");
        try {
            String pem =
                    new String(Base64.getDecoder().decode(spec.stringOrEmpty("request")), StandardCharsets.US_ASCII);
            Duration asked = Duration.ofSeconds(spec.longOr("expirationSeconds", LIFE.toSeconds()));
            String signed =
                    signing.sign(pem, spec.arrayOrEmpty("usages").strings(), asked.compareTo(LIFE) < 0 ? asked : LIFE);
            status = status.with(
                    "certificate", Base64.getEncoder().encodeToString(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            status = failed(status, String.valueOf(e.getMessage()));
        }
        return client.update(PATH + name + "/status", request.with("status", status))
                        .isSuccess()
                ? null
                : Duration.ofSeconds(1);
    }

    private ObjectValue failed(ObjectValue status, String why) {
        Value now = Value.of(Timestamp.format(clock.instant()));
        ArrayValue conditions = status.arrayOrEmpty("conditions")
                .plus(ObjectValue.builder()
                        .put("type", "Failed")
                        .put("status", "True")
                        .put("reason", "SigningFailed")
                        .put("message", why)
                        .put("lastUpdateTime", now)
                        .build());
        return status.with("conditions", conditions);
    }

    @Override
    public void close() {
        Following open = following;
        if (open != null) {
            open.close();
        }
    }
}

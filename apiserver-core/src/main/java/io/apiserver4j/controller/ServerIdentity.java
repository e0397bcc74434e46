// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller;

import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others that this server lives: a Lease {@code apiserver-...} in kube-system, renewed as kube-apiserver does it. Its
 * name comes from the host and the published address, so a server that is started again has it again.
 */
public final class ServerIdentity implements Controller {
    private static final Logger LOG = LoggerFactory.getLogger(ServerIdentity.class);
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
    private static final int DURATION_SECONDS = 3600;
    private static final long RENEWAL_SECONDS = 10;

    private final LocalClient client;
    private final InstantSource clock;
    private final ScheduledExecutorService executor;
    private final String host;
    private final String name;
    private final String holder;

    /** The lease of a server that is published under this address. */
    public ServerIdentity(LocalClient client, String address, InstantSource clock, ScheduledExecutorService executor) {
        this.client = client;
        this.clock = clock;
        this.executor = executor;
        this.host = host();
        this.name = "apiserver-" + hash(host + "/" + address);
        this.holder = name + "_" + UUID.randomUUID();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Half of a SHA-256 in the letters of base 32. */
    private static String hash(String text) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        StringBuilder out = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (int i = 0; i < digest.length / 2; i++) {
            held = held << 8 | digest[i] & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                out.append("abcdefghijklmnopqrstuvwxyz234567".charAt(held >> bits & 31));
            }
        }
        return out.append("abcdefghijklmnopqrstuvwxyz234567".charAt(held << 5 - bits & 31))
                .toString();
    }

    @Override
    public String name() {
        return "kube-apiserver-identity-lease-controller";
    }

    @Override
    public void start() {
        executor.scheduleWithFixedDelay(this::renew, 0, RENEWAL_SECONDS, TimeUnit.SECONDS);
    }

    private void renew() {
        try {
            String now = Timestamp.formatMicro(clock.instant());
            ObjectValue found = client.get(LEASES + "/" + name);
            if (found == null) {
                client.create(LEASES, lease(now));
            } else {
                client.update(
                        LEASES + "/" + name,
                        found.update(
                                "spec",
                                spec -> spec.with("holderIdentity", holder)
                                        .with("leaseDurationSeconds", Value.of(DURATION_SECONDS))
                                        .with("renewTime", now)));
            }
        } catch (RuntimeException e) {
            LOG.debug("the lease {} was not renewed", name, e);
        }
    }

    private ObjectValue lease(String now) {
        return ObjectValue.of(
                "metadata",
                ObjectValue.of(
                        "name",
                        Value.of(name),
                        "labels",
                        ObjectValue.of(
                                "apiserver.kubernetes.io/identity",
                                Value.of("kube-apiserver"),
                                "kubernetes.io/hostname",
                                Value.of(host))),
                "spec",
                ObjectValue.builder()
                        .put("holderIdentity", holder)
                        .put("leaseDurationSeconds", DURATION_SECONDS)
                        .put("renewTime", now)
                        .build());
    }

    @Override
    public void close() {}
}

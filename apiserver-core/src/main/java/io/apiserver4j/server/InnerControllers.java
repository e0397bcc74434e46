// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.aggregation.Aggregator;
import io.apiserver4j.controller.ApiServiceController;
import io.apiserver4j.controller.BootstrapWriter;
import io.apiserver4j.controller.Controller;
import io.apiserver4j.controller.ControllerManager;
import io.apiserver4j.controller.CrdController;
import io.apiserver4j.controller.CustomApiServices;
import io.apiserver4j.controller.DefaultServiceRange;
import io.apiserver4j.controller.FlowConfigReconciler;
import io.apiserver4j.controller.KubernetesService;
import io.apiserver4j.controller.LocalApiServices;
import io.apiserver4j.controller.LocalClient;
import io.apiserver4j.controller.PriorityClasses;
import io.apiserver4j.controller.RbacReconciler;
import io.apiserver4j.controller.ServerIdentity;
import io.apiserver4j.controller.SharedEndpoints;
import io.apiserver4j.controller.SystemConfigMaps;
import io.apiserver4j.controller.SystemNamespaces;
import io.apiserver4j.controller.harness.ClusterRoleAggregator;
import io.apiserver4j.controller.harness.DefaultServiceAccounts;
import io.apiserver4j.controller.harness.NamespaceFinalizer;
import io.apiserver4j.controller.harness.OwnerCollector;
import io.apiserver4j.controller.harness.PolicyTypeChecks;
import io.apiserver4j.controller.harness.QuotaStatus;
import io.apiserver4j.controller.harness.RequestSigner;
import io.apiserver4j.controller.harness.StorageProtection;
import io.apiserver4j.meta.Cidr;
import io.apiserver4j.meta.IpAddress;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.outbound.Outbound;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.store.Stores;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the server makes by itself at its start, and the controllers that it was asked to run. */
final class InnerControllers implements AutoCloseable {
    private final ApiServerSettings settings;
    private final LocalClient client;
    private final InstantSource clock;
    private final ScheduledExecutorService executor;
    private final ControllerManager manager;
    private final Bootstrap bootstrap;
    private final LiveCatalog catalog;
    private final BootstrapWriter writer;
    private final FlowConfigReconciler flow;

    /**
     * What of the system's objects may be chosen.
     *
     * @param roles whether the default roles and bindings are made
     * @param clientAuthorities authorities of client certificates as PEM text, or empty
     * @param sharedStore whether other servers may write to the same store
     * @param signer signs certificates that were approved, or null
     */
    record Bootstrap(
            boolean roles,
            String clientAuthorities,
            boolean sharedStore,
            @Nullable CertificateSigner signer) {}

    InnerControllers(
            ApiServerSettings settings,
            Bootstrap bootstrap,
            LiveCatalog catalog,
            Stores stores,
            Outbound outbound,
            Aggregator others,
            Function<ApiRequest, ApiResponse> door,
            InstantSource clock) {
        this.settings = settings;
        this.bootstrap = bootstrap;
        this.catalog = catalog;
        this.clock = clock;
        writer = new BootstrapWriter(catalog.current(), stores, clock);
        client = new LocalClient(door, "kube-apiserver");
        LocalClient manages = new LocalClient(door, "kube-controller-manager");
        executor = executor();
        List<Controller> chosen = new ArrayList<>();
        chosen.add(new NamespaceFinalizer(catalog, stores, manages, executor));
        chosen.add(new OwnerCollector(catalog, stores, manages, executor));
        chosen.add(new DefaultServiceAccounts(catalog, stores, manages, settings.rootCertificates(), executor));
        chosen.add(new ClusterRoleAggregator(catalog, stores, manages, executor));
        chosen.add(new QuotaStatus(catalog, stores, manages, clock, executor));
        chosen.add(new StorageProtection(catalog, stores, manages, executor));
        chosen.add(new PolicyTypeChecks(catalog, stores, manages, executor));
        CertificateSigner signer = bootstrap.signer();
        if (signer != null) {
            chosen.add(new RequestSigner(catalog, stores, manages, signer::sign, clock, executor));
        }
        chosen.removeIf(one -> !settings.controllers().contains(one.name()));
        chosen.add(0, new ApiServiceController(catalog, stores, others, client, clock, executor));
        chosen.add(0, new CustomApiServices(catalog, client, executor));
        chosen.add(0, new CrdController(catalog, stores, client, outbound, clock, executor));
        flow = new FlowConfigReconciler(catalog.current(), stores, writer, door, clock, executor);
        if (hasFlow()) {
            chosen.add(flow);
        }
        if (bootstrap.sharedStore()) {
            String address = settings.advertiseAddress();
            int port = settings.securePort();
            chosen.add(new ServerIdentity(client, address + ":" + port, clock, executor));
            if (KubernetesService.isReachable(address)) {
                chosen.add(new SharedEndpoints(stores, client, address, port, executor));
            }
        }
        manager = new ControllerManager(chosen);
    }

    private static ScheduledExecutorService executor() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "apiserver4j-controllers");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    private boolean hasFlow() {
        return catalog.current().find("flowschemas.flowcontrol.apiserver.k8s.io") != null;
    }

    /** Makes the system's objects where they are missing, then starts the controllers. */
    void start() {
        SystemNamespaces.ensure(client);
        PriorityClasses.ensure(client);
        DefaultServiceRange.ensure(client, settings.serviceClusterIpRanges(), Timestamp.format(clock.instant()));
        KubernetesService.ensure(
                client,
                firstAddress(settings.serviceClusterIpRanges().get(0)),
                settings.advertiseAddress(),
                settings.securePort(),
                !bootstrap.sharedStore());
        SystemConfigMaps.ensure(
                client,
                bootstrap.clientAuthorities(),
                Timestamp.format(clock.instant()).substring(0, "2006-01-02".length()));
        Catalog now = catalog.current();
        if (now.find("apiservices.apiregistration.k8s.io") != null) {
            LocalApiServices.ensure(client, writer, now);
        }
        if (hasFlow()) {
            flow.ensure();
        }
        if (bootstrap.roles() && now.find("clusterrolebindings.rbac.authorization.k8s.io") != null) {
            RbacReconciler.ensure(client, writer);
        }
        manager.start();
    }

    private static String firstAddress(String range) {
        Cidr network = Cidr.parse(range);
        if (network == null) {
            throw new IllegalArgumentException("not a network: " + range);
        }
        byte[] address = network.base().bytes();
        address[address.length - 1]++; // the network's own address is even, so nothing is carried over
        return IpAddress.of(address).toString();
    }

    @Override
    public void close() {
        manager.close();
        executor.shutdownNow();
        try {
            executor.awaitTermination(1, TimeUnit.SECONDS); // the call under way still finds its store
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

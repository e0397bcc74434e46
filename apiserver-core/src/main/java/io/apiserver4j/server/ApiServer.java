// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import io.apiserver4j.admission.AdmissionChain;
import io.apiserver4j.admission.ChangedObjects;
import io.apiserver4j.admission.PluginOrder;
import io.apiserver4j.admission.match.Namespaces;
import io.apiserver4j.admission.match.RequestMatcher;
import io.apiserver4j.admission.plugin.BuiltinPlugins;
import io.apiserver4j.admission.plugin.PluginConfiguration;
import io.apiserver4j.admission.plugin.PluginParts;
import io.apiserver4j.admission.policy.PolicyPlugins;
import io.apiserver4j.admission.webhook.WebhookPlugins;
import io.apiserver4j.aggregation.Aggregator;
import io.apiserver4j.aggregation.FrontProxy;
import io.apiserver4j.audit.AuditSettings;
import io.apiserver4j.authn.Authenticator;
import io.apiserver4j.authn.TokenAuthenticator;
import io.apiserver4j.authn.token.ServiceAccountKeys;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.AuthorizerChain;
import io.apiserver4j.authz.Authorizers;
import io.apiserver4j.authz.node.NodeAuthorizer;
import io.apiserver4j.authz.node.NodeGraph;
import io.apiserver4j.authz.rbac.EscalationCheck;
import io.apiserver4j.authz.rbac.RbacAuthorizer;
import io.apiserver4j.authz.rbac.RoleRules;
import io.apiserver4j.crd.OwnKinds;
import io.apiserver4j.diagnostics.HealthChecks;
import io.apiserver4j.diagnostics.ProcessMeasures;
import io.apiserver4j.diagnostics.RequestMeasures;
import io.apiserver4j.diagnostics.StoreMeasures;
import io.apiserver4j.diagnostics.VersionInfo;
import io.apiserver4j.flow.FlowControl;
import io.apiserver4j.kinds.BuiltinCatalog;
import io.apiserver4j.kinds.KindSettings;
import io.apiserver4j.kinds.core.RangeAllocations;
import io.apiserver4j.kinds.defaults.DefaultRules;
import io.apiserver4j.measure.Measures;
import io.apiserver4j.outbound.Outbound;
import io.apiserver4j.outbound.OutboundSettings;
import io.apiserver4j.outbound.ServiceResolver;
import io.apiserver4j.request.ApiCaller;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Call;
import io.apiserver4j.request.CallNotes;
import io.apiserver4j.request.CallObserver;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Endpoint;
import io.apiserver4j.request.Identity;
import io.apiserver4j.request.Target;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.OwnKind;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.ServedApis;
import io.apiserver4j.schema.Defaulter;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.storage.memory.MemoryStore;
import io.apiserver4j.store.ObjectStore;
import io.apiserver4j.store.Stores;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.verb.Presenter;
import io.apiserver4j.verb.ResourceEndpoint;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes API server within this process. Requests go in by {@link #call} (which adapters of transports use, and which
 * authenticates) or by {@link #handle} (for callers within the process that say who they are).
 *
 * <p>{@link #forTests()} gives a started one over a store in memory; {@link #builder()} lets choose. Safe for use by several
 * threads.
 */
public final class ApiServer implements ApiCaller, AutoCloseable {
    private final KeyValueStore store;
    private final boolean ownsStore;
    private final Stores stores;
    private final LiveCatalog catalog;
    private final Pipeline pipeline;
    private final Endpoint door;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;
    private final ResourceEndpoint resources;
    private final HealthChecks health = new HealthChecks();
    private final Measures measures = new Measures();
    private final InnerControllers controllers;
    private final RoleRules roles = new RoleRules(this::objects);
    private final NodeGraph nodes = new NodeGraph(this::objects);
    private final Authorizer authorizer;
    private final EscalationCheck escalation;
    private final Aggregator others;
    private final Outbound outbound;
    private final @Nullable FlowControl flow;
    private final @Nullable AuditSettings audit;

    private ApiServer(Builder builder) {
        clock = builder.clock;
        KeyValueStore given = builder.store;
        ownsStore = given == null;
        store = given != null ? given : MemoryStore.builder().clock(clock).build();
        Defaulter defaulter = new Defaulter(DefaultRules.all(clock));
        stores = StorageWiring.stores(store, builder.storage, defaulter);
        catalog = new LiveCatalog(new Catalog(builder.kinds.with(BuiltinCatalog.definitions(kindSettings(builder)))));
        authorizer =
                builder.authorizer.apply(new BuiltinAuthorizers(new RbacAuthorizer(roles), new NodeAuthorizer(nodes)));
        escalation = new EscalationCheck(authorizer, roles);
        timer = timer();
        Tokens tokens = new Tokens(
                builder.serviceAccounts,
                builder.authenticator,
                builder.bootstrapTokens,
                builder.tokens,
                this::objects,
                clock);
        Presenter presenter = new Presenter(clock);
        ServiceResolver services = services(builder.outbound);
        outbound = new Outbound(builder.outbound, services);
        others = new Aggregator(services, () -> builder.front);
        Map<String, Object> plugins = BuiltinPlugins.all(
                new PluginParts(stores, catalog, builder.random, clock, authorizer, this::handle),
                PluginConfiguration.read(builder.pluginDocuments, builder.settings.enabledAdmissionPlugins())
                        .withTolerationSeconds(
                                builder.settings.notReadyTolerationSeconds(),
                                builder.settings.unreachableTolerationSeconds()));
        RequestMatcher matcher = new RequestMatcher(new Namespaces(stores, catalog), catalog);
        ChangedObjects changed = new ChangedObjects(defaulter);
        plugins.putAll(WebhookPlugins.all(stores, catalog, matcher, authorizer, changed, outbound, clock));
        plugins.putAll(PolicyPlugins.all(stores, catalog, matcher, changed, authorizer));
        AdmissionChain admission = PluginOrder.chain(
                plugins, builder.settings.enabledAdmissionPlugins(), builder.settings.disabledAdmissionPlugins());
        resources = new ResourceEndpoint(
                catalog,
                stores,
                admission,
                AllHandlers.of(tokens, authorizer, this::objects, this::handle),
                defaulter,
                presenter,
                clock,
                builder.random,
                timer,
                builder.settings.minRequestTimeout());
        flow = builder.priorityAndFairness ? flowControl(builder.settings) : null;
        Surface surface = FixedPaths.surface(
                catalog,
                builder.settings,
                tokens,
                health,
                measures,
                clock,
                others,
                builder.pages,
                flow == null ? Map.of() : flow.dumps());
        ProcessMeasures.addTo(measures, VersionInfo.CURRENT);
        StoreMeasures.addTo(measures, catalog, stores, clock);
        StorageWiring.checks(health, store, builder.storage);
        RequestMeasures counting = new RequestMeasures(measures, this::isServed);
        audit = builder.audit;
        AuditingStage auditing = audit == null ? null : new AuditingStage(audit, clock, measures);
        pipeline = builder.pipelineChange.apply(pipeline(
                builder, tokens.callers(), authorizer, presenter, counting, flow, auditing, new CallWatchdog(timer)));
        door = pipeline.ending(new Dispatcher(catalog, resources, surface, others), builder.observer);
        controllers = new InnerControllers(
                builder.settings,
                new InnerControllers.Bootstrap(
                        builder.bootstrapRoles,
                        builder.clientAuthorities,
                        isShared(builder.storage),
                        builder.certificateSigner),
                catalog,
                stores,
                outbound,
                others,
                this::handle,
                clock);
    }

    private FlowControl flowControl(ApiServerSettings settings) {
        return new FlowControl(
                this::objects,
                target -> {
                    ResourceDefinition definition =
                            catalog.current().find(target.group(), target.version(), target.resource());
                    return definition == null ? null : stores.of(definition).sizes();
                },
                measures,
                (long) settings.maxRequestsInflight() + settings.maxMutatingRequestsInflight(),
                timer);
    }

    private boolean isServed(Target.OfResource target) {
        ResourceDefinition definition = catalog.current().find(target.group(), target.version(), target.resource());
        return definition != null
                && (target.subresource().isEmpty() || definition.subresources().containsKey(target.subresource()));
    }

    private ApiServer started() {
        controllers.start();
        return this;
    }

    private KindSettings kindSettings(Builder builder) {
        ApiServerSettings settings = builder.settings;
        return KindSettings.of(
                        settings.serviceClusterIpRanges(),
                        settings.serviceNodePorts().first(),
                        settings.serviceNodePorts().last(),
                        this::objects)
                .withSharedStore(isShared(builder.storage))
                .withEscalation(() -> escalation);
    }

    private static boolean isShared(StorageSettings storage) {
        return storage.form() != StorageSettings.Form.PLAIN;
    }

    private ObjectStore objects(String groupResource) {
        ResourceDefinition definition = groupResource.equals(RangeAllocations.RESOURCE)
                ? RangeAllocations.definition()
                : catalog.current().find(groupResource);
        if (definition == null) {
            throw new IllegalArgumentException("nothing serves " + groupResource);
        }
        return stores.of(definition);
    }

    private ServiceResolver services(OutboundSettings settings) {
        ServiceResolver chosen = settings.services();
        return chosen != null ? chosen : new ClusterServices(this::objects);
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "apiserver4j-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static Pipeline pipeline(
            Builder builder,
            Authenticator authenticator,
            Authorizer authorizer,
            Presenter presenter,
            RequestMeasures counting,
            @Nullable FlowControl flow,
            @Nullable AuditingStage auditing,
            CallWatchdog watchdog) {
        ApiServerSettings settings = builder.settings;
        return Pipeline.of(List.of(
                new Pipeline.Named("headers", new ResponseHeadersStage()),
                new Pipeline.Named("recover", new RecoverStage(presenter)),
                new Pipeline.Named("resolve", new ResolveStage()),
                new Pipeline.Named("deadline", new DeadlineStage(settings.requestTimeout(), watchdog)),
                new Pipeline.Named(
                        "authenticate",
                        new AuthenticateStage(authenticator, auditing == null ? call -> {} : auditing::unknown)),
                new Pipeline.Named("audit", auditing == null ? (call, next) -> next.handle(call) : auditing),
                new Pipeline.Named("impersonate", new ImpersonateStage(authorizer)),
                new Pipeline.Named(
                        "flow",
                        flow == null
                                ? new InFlightStage(
                                        settings.maxRequestsInflight(), settings.maxMutatingRequestsInflight())
                                : new FlowStage(flow, settings.requestTimeout())),
                new Pipeline.Named("authorize", new AuthorizeStage(authorizer)),
                new Pipeline.Named("measure", counting)));
    }

    /**
     * A started server for tests: in memory, everybody may do everything, the harness controllers on, requests within the
     * process and from any transport taken without credentials.
     */
    public static ApiServer forTests() {
        return builder()
                .settings(ApiServerSettings.STANDARD.withControllers(ApiServerSettings.ALL_CONTROLLERS))
                .build();
    }

    /** A builder with the defaults: in memory, requests without credentials are anonymous, everybody may do everything. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public ApiResponse call(ApiRequest request, Cancellation cancellation) {
        return door.handle(newCall(request, null, cancellation));
    }

    /** Answers a request of a caller within the process that may do everything. */
    public ApiResponse handle(ApiRequest request) {
        return handle(request, Identity.LOOPBACK);
    }

    /** Answers a request of a caller within the process. */
    public ApiResponse handle(ApiRequest request, Identity identity) {
        return door.handle(newCall(request, identity, new Cancellation()));
    }

    private Call newCall(ApiRequest request, @Nullable Identity identity, Cancellation cancellation) {
        String given = request.headers().firstOrEmpty("Audit-ID");
        String auditId = given.isEmpty() ? UUID.randomUUID().toString() : given;
        return new Call(request, auditId, clock.instant(), null, identity, null, new CallNotes(), cancellation);
    }

    /** What is served now. */
    public Catalog catalog() {
        return catalog.current();
    }

    /** The names of the corridor's stages, in order. */
    public List<String> stages() {
        return pipeline.names();
    }

    /** The store below; for tests and backups. */
    public KeyValueStore store() {
        return store;
    }

    /** Says by /readyz that the server is about to stop; it goes on serving until it is closed. */
    public void announceStop() {
        health.stopping();
    }

    /** Ends all watches and stops; a store that was given stays open. */
    @Override
    public void close() {
        health.stopping();
        controllers.close();
        others.close();
        timer.shutdownNow();
        roles.close();
        nodes.close();
        if (flow != null) {
            flow.close();
        }
        if (audit != null) {
            audit.sink().close();
        }
        stores.close();
        outbound.close();
        if (ownsStore) {
            store.close();
        }
    }

    /** Collects what a server is made of. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable KeyValueStore store;
        private StorageSettings storage = StorageSettings.STANDARD;
        private Authenticator authenticator = new io.apiserver4j.authn.Anonymous();
        private Function<BuiltinAuthorizers, Authorizer> authorizer = builtin -> Authorizers.alwaysAllow();
        private ServiceAccountSettings serviceAccounts = ServiceAccountSettings.of(ServiceAccountKeys::newPair);
        private boolean bootstrapTokens;
        private @Nullable CertificateSigner certificateSigner;
        private List<TokenAuthenticator> tokens = List.of();
        private boolean bootstrapRoles;
        private String clientAuthorities = "";
        private FrontProxy front = FrontProxy.NONE;
        private final ChosenKinds kinds = new ChosenKinds();
        private InstantSource clock = InstantSource.system();
        private RandomGenerator random = RandomGenerator.getDefault();
        private ApiServerSettings settings = ApiServerSettings.STANDARD;
        private UnaryOperator<Pipeline> pipelineChange = UnaryOperator.identity();
        private CallObserver observer = CallObserver.NONE;
        private Map<String, ObjectValue> pluginDocuments = Map.of();
        private OutboundSettings outbound = OutboundSettings.STANDARD;
        private boolean priorityAndFairness = true;
        private @Nullable AuditSettings audit;
        private ServerPages pages = ServerPages.STANDARD;

        private Builder() {}

        /** Where everything is kept; the caller closes it. Without one the server keeps everything in memory. */
        public Builder store(KeyValueStore given) {
            store = given;
            return this;
        }

        /** How objects are kept in the store. */
        public Builder storage(StorageSettings given) {
            storage = given;
            return this;
        }

        /** Who knows callers from outside. */
        public Builder authenticator(Authenticator given) {
            authenticator = given;
            return this;
        }

        /** How tokens of service accounts are made and verified; without this by a key that lives as long as the server. */
        public Builder serviceAccounts(ServiceAccountSettings given) {
            serviceAccounts = given;
            return this;
        }

        /** Who signs approved requests for certificates of clients and kubelets, where the controller csrsigning runs. */
        public Builder certificateSigner(CertificateSigner given) {
            certificateSigner = given;
            return this;
        }

        /** Whether bootstrap tokens, which joining nodes show, are taken. */
        public Builder bootstrapTokens(boolean wanted) {
            bootstrapTokens = wanted;
            return this;
        }

        /** Who knows bearer tokens that are neither the authenticator's nor of service accounts, in this order. */
        public Builder tokens(TokenAuthenticator... given) {
            tokens = List.of(given);
            return this;
        }

        /** Who says what callers may do. */
        public Builder authorizer(Authorizer given) {
            authorizer = builtin -> given;
            return this;
        }

        /**
         * Callers may do what roles and bindings give them; the default ones are made where they are missing, and members of
         * system:masters may do everything.
         */
        public Builder roles() {
            return roles(roles -> new AuthorizerChain(List.of(Authorizers.masters(), roles)));
        }

        /** As {@link #roles()}, with a place for the authorizer by roles among others. */
        public Builder roles(UnaryOperator<Authorizer> placed) {
            return authorizers(builtin -> placed.apply(builtin.roles()));
        }

        /** As {@link #roles()}, with places for all that the server makes itself among others. */
        public Builder authorizers(Function<BuiltinAuthorizers, Authorizer> placed) {
            authorizer = placed;
            bootstrapRoles = true;
            return this;
        }

        /** Whether the default roles and bindings are made; they are anyway where roles say what callers may do. */
        public Builder bootstrapRoles(boolean wanted) {
            bootstrapRoles = wanted;
            return this;
        }

        /** Authorities of client certificates as PEM text, published for servers that extend this one. */
        public Builder clientAuthorities(String pem) {
            clientAuthorities = pem;
            return this;
        }

        /** Which of the built-in APIs there are; all that Kubernetes serves by default where nothing is said. */
        public Builder apis(ServedApis chosen) {
            kinds.choose(chosen);
            return this;
        }

        /** Serves a kind of the embedder's own. */
        public Builder kind(OwnKind own) {
            kinds.add(OwnKinds.definition(own));
            return this;
        }

        /** Serves a resource of the embedder's own, with every part of its definition made by hand. */
        public Builder resource(ResourceDefinition own) {
            kinds.add(own);
            return this;
        }

        /** The certificate that servers behind this one (of groups registered by APIServices) know it by, and its key. */
        public Builder frontProxy(List<X509Certificate> chain, PrivateKey key) {
            front = new FrontProxy(chain, key);
            return this;
        }

        /**
         * The configuration documents of admission plugins by their names, as they stand in the file that
         * --admission-control-config-file names; {@link #build} fails where one cannot be followed.
         */
        public Builder admissionConfiguration(Map<String, ObjectValue> documents) {
            pluginDocuments = Map.copyOf(documents);
            return this;
        }

        /** The time of the server. */
        public Builder clock(InstantSource given) {
            clock = given;
            return this;
        }

        /** Where names and delays come from. */
        public Builder random(RandomGenerator given) {
            random = given;
            return this;
        }

        /** Everything else. */
        public Builder settings(ApiServerSettings given) {
            settings = given;
            return this;
        }

        /** Changes the corridor: {@code p -> p.before("authorize", "mine", stage)}. */
        public Builder pipeline(UnaryOperator<Pipeline> change) {
            pipelineChange = change;
            return this;
        }

        /** How others are called: where services are, and functions that answer in place of webhooks. */
        public Builder outbound(OutboundSettings given) {
            outbound = given;
            return this;
        }

        /** What is kept of calls for the record; nothing without this. */
        public Builder audit(AuditSettings given) {
            audit = given;
            return this;
        }

        /** What the server tells of itself at /flagz and /debug/pprof. */
        public Builder pages(ServerPages given) {
            pages = given;
            return this;
        }

        /**
         * Whether calls wait for their turn by flow schemas and priority levels (the default), or are only counted and sent
         * away beyond the largest number.
         */
        public Builder priorityAndFairness(boolean wanted) {
            priorityAndFairness = wanted;
            return this;
        }

        /** Who is told of each step that a call reaches. */
        public Builder observer(CallObserver given) {
            observer = given;
            return this;
        }

        /** A started server. */
        public ApiServer build() {
            return new ApiServer(this).started();
        }
    }
}

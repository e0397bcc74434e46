// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Several fixed endpoints as one target of gRPC. Each keeps its own name in TLS: certificates of members name the
 * member, not the cluster.
 */
final class Endpoints extends NameResolverProvider {

    private static final String SCHEME = "apiserver4j-etcd";
    private static final Endpoints INSTANCE = new Endpoints();

    private static boolean registered;

    /** The target for these, each {@code host:port}. */
    static synchronized String target(List<String> authorities) {
        if (!registered) {
            NameResolverRegistry.getDefaultRegistry().register(INSTANCE);
            registered = true;
        }
        try {
            return new URI(SCHEME, "", "/" + String.join(",", authorities), null).toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not endpoints of etcd: " + authorities, e);
        }
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    /** Below the default, so that a target without a scheme stays what it is everywhere. */
    @Override
    protected int priority() {
        return 0;
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    public @Nullable NameResolver newNameResolver(URI target, NameResolver.Args args) {
        if (!SCHEME.equals(target.getScheme())) {
            return null;
        }
        Executor offload = args.getOffloadExecutor();
        return new Resolver(
                List.of(target.getPath().substring(1).split(",")), offload == null ? Runnable::run : offload);
    }

    private static final class Resolver extends NameResolver {
        private final List<String> authorities;
        private final Executor offload;
        private volatile @Nullable Listener2 listener;

        Resolver(List<String> authorities, Executor offload) {
            this.authorities = authorities;
            this.offload = offload;
        }

        @Override
        public String getServiceAuthority() {
            return authorities.get(0);
        }

        @Override
        public void start(Listener2 newListener) {
            listener = newListener;
            refresh();
        }

        @Override
        public void refresh() {
            offload.execute(() -> {
                Listener2 told = listener;
                if (told != null) {
                    told.onResult(ResolutionResult.newBuilder()
                            .setAddressesOrError(resolve())
                            .build());
                }
            });
        }

        private StatusOr<List<EquivalentAddressGroup>> resolve() {
            List<EquivalentAddressGroup> groups = new ArrayList<>();
            @Nullable UnknownHostException unknown = null;
            for (String authority : authorities) {
                int colon = authority.lastIndexOf(':');
                int port = Integer.parseInt(authority.substring(colon + 1));
                try {
                    List<SocketAddress> addresses = new ArrayList<>();
                    for (InetAddress address : InetAddress.getAllByName(authority.substring(0, colon))) {
                        addresses.add(new InetSocketAddress(address, port));
                    }
                    groups.add(new EquivalentAddressGroup(
                            addresses,
                            Attributes.newBuilder()
                                    .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, authority)
                                    .build()));
                } catch (UnknownHostException e) {
                    unknown = e;
                }
            }
            return groups.isEmpty()
                    ? StatusOr.fromStatus(Status.UNAVAILABLE
                            .withDescription("no endpoint of etcd can be resolved: " + authorities)
                            .withCause(unknown))
                    : StatusOr.fromValue(groups);
        }

        @Override
        public void shutdown() {
            listener = null;
        }
    }
}

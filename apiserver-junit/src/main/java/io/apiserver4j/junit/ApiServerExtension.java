// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The extension behind {@link ApiServerTest}. Servers are started when they are first needed and closed by JUnit when their
 * scope ends; a server that can't be started fails the test.
 */
public final class ApiServerExtension implements ParameterResolver, AfterEachCallback {
    private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace.create(ApiServerExtension.class);

    /** A server that JUnit closes with its scope. */
    private record Held(ApiServerUnderTest server) implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }

    /** For JUnit. */
    public ApiServerExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ApiServerUnderTest.class
                || type == String.class
                        && (parameter.isAnnotated(Namespace.class) || parameter.isAnnotated(Kubeconfig.class))
                || ReadyClients.isKnown(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ApiServerUnderTest server = server(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == ApiServerUnderTest.class) {
            return server;
        }
        String namespace = namespace(server, context);
        if (parameter.isAnnotated(Namespace.class)) {
            return namespace;
        }
        String kubeconfig = server.kubeconfig(namespace);
        if (type == String.class) {
            return kubeconfig;
        }
        try {
            Object client = ReadyClients.make(type, kubeconfig);
            if (client instanceof AutoCloseable closeable) {
                context.getStore(STORE).put(client, (ExtensionContext.Store.CloseableResource) closeable::close);
            }
            return client;
        } catch (ReflectiveOperationException e) {
            throw new ParameterResolutionException("no " + type.getName() + " can be made of a kubeconfig", e);
        }
    }

    private static ApiServerUnderTest server(ExtensionContext context) {
        boolean ofClass = scope(context) == ApiServerTest.Scope.CLASS;
        ExtensionContext holder = ofClass ? classContext(context) : context.getRoot();
        Held held = holder.getStore(STORE)
                .getOrComputeIfAbsent(
                        ApiServerUnderTest.class, key -> new Held(ApiServerUnderTest.start()), Held.class);
        return held.server();
    }

    private static ExtensionContext classContext(ExtensionContext context) {
        ExtensionContext current = context;
        while (current.getTestMethod().isPresent()) {
            current = current.getParent().orElseThrow();
        }
        return current;
    }

    private static ApiServerTest.Scope scope(ExtensionContext context) {
        Class<?> type = context.getTestClass().orElse(null);
        while (type != null) {
            ApiServerTest annotation = type.getAnnotation(ApiServerTest.class);
            if (annotation != null) {
                return annotation.value();
            }
            type = type.getEnclosingClass();
        }
        return ApiServerTest.Scope.JVM;
    }

    private static String namespace(ApiServerUnderTest server, ExtensionContext context) {
        return context.getStore(STORE)
                .getOrComputeIfAbsent("namespace", key -> server.newNamespace(prefix(context)), String.class);
    }

    private static String prefix(ExtensionContext context) {
        Optional<String> method = context.getTestMethod().map(java.lang.reflect.Method::getName);
        String name = method.orElseGet(() -> context.getRequiredTestClass().getSimpleName());
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String usable = plain.isEmpty() ? "test" : plain;
        return usable.length() > 40 ? usable.substring(0, 40) : usable;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (scope(context) == ApiServerTest.Scope.CLASS) {
            server(context).faults().clear();
        }
    }
}

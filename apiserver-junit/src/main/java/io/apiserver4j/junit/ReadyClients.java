// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/** Makes clients of other libraries from a kubeconfig, without needing them: they are found on the tests' class path. */
final class ReadyClients {
    private static final String FABRIC8_CONFIG = "io.fabric8.kubernetes.client.Config";
    private static final String FABRIC8_CLIENT = "io.fabric8.kubernetes.client.KubernetesClient";
    private static final String FABRIC8_BUILDER = "io.fabric8.kubernetes.client.KubernetesClientBuilder";
    private static final String OFFICIAL_CLIENT = "io.kubernetes.client.openapi.ApiClient";

    private ReadyClients() {}

    /** True where {@link #make} knows how. */
    static boolean isKnown(Class<?> type) {
        return switch (type.getName()) {
            case FABRIC8_CONFIG, FABRIC8_CLIENT, OFFICIAL_CLIENT -> true;
            default -> false;
        };
    }

    /** A configuration or client of a type. */
    static Object make(Class<?> type, String kubeconfig) throws ReflectiveOperationException {
        ClassLoader loader = type.getClassLoader();
        return switch (type.getName()) {
            case FABRIC8_CONFIG -> fabric8Config(loader, kubeconfig);
            case FABRIC8_CLIENT -> fabric8Client(loader, kubeconfig);
            default -> official(loader, kubeconfig);
        };
    }

    private static Object fabric8Config(ClassLoader loader, String kubeconfig) throws ReflectiveOperationException {
        return Class.forName(FABRIC8_CONFIG, true, loader)
                .getMethod("fromKubeconfig", String.class)
                .invoke(null, kubeconfig);
    }

    private static Object fabric8Client(ClassLoader loader, String kubeconfig) throws ReflectiveOperationException {
        Class<?> builderType = Class.forName(FABRIC8_BUILDER, true, loader);
        Class<?> configType = Class.forName(FABRIC8_CONFIG, true, loader);
        Constructor<?> made = builderType.getConstructor();
        Object builder = builderType
                .getMethod("withConfig", configType)
                .invoke(made.newInstance(), fabric8Config(loader, kubeconfig));
        return builderType.getMethod("build").invoke(builder);
    }

    private static Object official(ClassLoader loader, String kubeconfig) throws ReflectiveOperationException {
        Class<?> configType = Class.forName("io.kubernetes.client.util.KubeConfig", true, loader);
        Object config = configType.getMethod("loadKubeConfig", Reader.class).invoke(null, new StringReader(kubeconfig));
        Class<?> builderType = Class.forName("io.kubernetes.client.util.ClientBuilder", true, loader);
        Object builder = builderType.getMethod("kubeconfig", configType).invoke(null, config);
        Method build = builderType.getMethod("build");
        return build.invoke(builder);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a Kubernetes API server. Each test has a namespace of its own, so tests may run at the same time.
 *
 * <p>Parameters of tests and constructors: {@link ApiServerUnderTest}; a {@code String} annotated with {@link Namespace} or
 * {@link Kubeconfig}; and, where they are on the class path, fabric8's {@code Config} and {@code KubernetesClient} and the
 * official client's {@code ApiClient}, ready to use and set to the test's namespace.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ApiServerExtension.class)
public @interface ApiServerTest {
    /** Who shares the server. */
    Scope value() default Scope.JVM;

    /** Who shares a server. */
    enum Scope {
        /** All classes of the JVM that ask for this. */
        JVM,
        /** The tests of this class. */
        CLASS
    }
}

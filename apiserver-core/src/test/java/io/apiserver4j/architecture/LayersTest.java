// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.Value;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ARCHITECTURE.md's lists hold in the sources: the order of packages, the modules, the libraries, the API. */
class LayersTest {
    private static final SourceTree TREE = SourceTree.here();
    private static final ArchitecturePage PAGE = ArchitecturePage.parse(TREE.read("ARCHITECTURE.md"));
    private static final LayerRules RULES = new LayerRules(PAGE);

    @Test
    void thePageSaysWhatTheTestReads() {
        assertThat(PAGE.packages())
                .startsWith("value", "meta")
                .endsWith("server")
                .doesNotHaveDuplicates()
                .hasSize(30);
        assertThat(PAGE.api()).contains("value", "storage.memory", "server").hasSize(14);
        assertThat(PAGE.modules()).containsKeys("apiserver-http", "apiserver-launcher");
        assertThat(PAGE.modules().get("apiserver-launcher").mayImport()).containsAll(PAGE.packages());
        assertThat(PAGE.modules().get("apiserver-junit").mayImport()).isEqualTo(PAGE.api());
        assertThat(PAGE.libraries()).extracting(ArchitecturePage.Library::name).contains("Netty", "Guava");
        assertThat(TREE.main()).extracting(SourceFile::module).contains("apiserver-core", "apiserver-http");
    }

    @Test
    void everyPackageHasAPlace() {
        assertThat(RULES.homes(TREE.main())).isEmpty();
    }

    @Test
    void importsPointUpTheListOnly() {
        assertThat(RULES.order(TREE.main())).isEmpty();
    }

    @Test
    void librariesAreNamedByTheirOwnersOnly() {
        assertThat(RULES.libraries(TREE.main())).isEmpty();
    }

    /** Who may name whom, on made-up sources: what keeps the three tests above able to fail. */
    @ParameterizedTest
    @CsvSource({
        "apiserver-core, meta, import io.apiserver4j.value.Value;, 0",
        "apiserver-core, value, import io.apiserver4j.meta.Kind;, 1",
        "apiserver-core, value, import static io.apiserver4j.meta.Kind.of;, 1",
        "apiserver-core, value, class A { io.apiserver4j.meta.Kind k; }, 1",
        "apiserver-core, value, // io.apiserver4j.meta.Kind, 0",
        "apiserver-core, value, /** {@link io.apiserver4j.meta.Kind} */, 0",
        "apiserver-core, value, class A { String s = \"io.apiserver4j.meta.Kind\"; }, 0",
        "apiserver-core, store.cache, import io.apiserver4j.store.ObjectStore;, 0",
        "apiserver-core, store, import io.apiserver4j.store.cache.CachedStore;, 0",
        "apiserver-core, storage, import io.apiserver4j.store.cache.CachedStore;, 1",
        "apiserver-core, server, import io.apiserver4j.http.HttpServer;, 1",
        "apiserver-core, server, import io.apiserver4j.nowhere.X;, 1",
        "apiserver-core, util, class A {}, 1",
        "apiserver-http, http, import io.apiserver4j.request.ApiRequest;, 0",
        "apiserver-http, http, import io.apiserver4j.store.ObjectStore;, 1",
        "apiserver-http, http, import io.netty.channel.Channel;, 0",
        "apiserver-core, server, import io.netty.channel.Channel;, 1",
        "apiserver-core, server, import java.util.List;, 0",
        "apiserver-core, server, import org.unknown.List;, 1",
        "apiserver-core, verb, class A { com.fasterxml.jackson.core.JsonParser p; }, 1",
        "apiserver-core, codec, import com.fasterxml.jackson.core.JsonParser;, 0",
        "apiserver-core, verb, import com.google.common.collect.ImmutableList;, 0",
        "apiserver-http, http, import io.grpc.Status;, 1",
        "apiserver-etcd, etcd, import io.apiserver4j.storage.KeyValueStore;, 0",
        "apiserver-etcd, etcd, import io.apiserver4j.store.ObjectStore;, 1",
        "apiserver-etcd, etcd, import io.apiserver4j.http.HttpServer;, 1",
        "apiserver-etcd, etcd, import io.grpc.Status;, 0",
        "apiserver-etcd, etcd, import io.etcd.jetcd.api.KeyValue;, 0",
        "apiserver-etcd, etcd, import com.google.protobuf.ByteString;, 0",
        "apiserver-etcd, etcd, import io.netty.channel.Channel;, 1",
        "apiserver-core, verb, import com.google.protobuf.ByteString;, 1",
        "apiserver-junit, junit, import io.apiserver4j.http.HttpServer;, 0",
        "apiserver-junit, junit, import io.apiserver4j.server.ApiServer;, 0",
        "apiserver-junit, junit, import io.apiserver4j.storage.memory.MemoryStore;, 0",
        "apiserver-junit, junit, import io.apiserver4j.admission.plugin.Limits;, 1",
        "apiserver-junit, junit, import io.apiserver4j.verb.GetVerb;, 1",
        "apiserver-launcher, launcher, import io.apiserver4j.controller.harness.OwnerCollector;, 0",
        "apiserver-launcher, http, class A {}, 1"
    })
    void theRulesFindWhatTheyShould(String module, String packageName, String text, int findings) {
        List<SourceFile> source = List.of(SourceFile.of(module, packageName, "A.java", text));
        assertThat(Stream.of(RULES.homes(source), RULES.order(source), RULES.libraries(source))
                        .flatMap(List::stream))
                .hasSize(findings);
    }

    /** What embedders see names nothing they may not see: no internal type of core, no type of a library. */
    @Test
    void signaturesOfTheApiNameOnlyTheApi() throws Exception {
        Set<String> findings = new TreeSet<>();
        Set<Class<?>> api = publicTypes();
        for (Class<?> type : api) {
            for (Class<?> named : signatureTypes(type)) {
                String packageName = named.getPackageName();
                boolean allowed = packageName.startsWith("java.")
                        || packageName.startsWith("javax.")
                        || isApi(packageName) && visible(named);
                if (!allowed) {
                    findings.add(type.getName() + " shows " + named.getName());
                }
            }
        }
        assertThat(api).isNotEmpty();
        assertThat(findings).isEmpty();
    }

    private static boolean isApi(String packageName) {
        return packageName.startsWith("io.apiserver4j.")
                && PAGE.api().contains(packageName.substring("io.apiserver4j.".length()));
    }

    /** Public types of the API packages that are compiled, nested ones too where all around them is public. */
    private static Set<Class<?>> publicTypes() throws Exception {
        Set<Class<?>> types = new LinkedHashSet<>();
        Path classes = Path.of(
                Value.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        for (String packageName : PAGE.api()) {
            Path folder = classes.resolve("io/apiserver4j/" + packageName.replace('.', '/'));
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(".class") && !name.equals("package-info.class")) {
                        String simple = name.substring(0, name.length() - ".class".length());
                        Class<?> type = Class.forName(
                                "io.apiserver4j." + packageName + "." + simple,
                                false,
                                LayersTest.class.getClassLoader());
                        if (visible(type)) {
                            types.add(type);
                        }
                    }
                }
            }
        }
        return types;
    }

    private static boolean visible(Class<?> type) {
        for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
            int modifiers = outer.getModifiers();
            if (!Modifier.isPublic(modifiers) && !Modifier.isProtected(modifiers)) {
                return false;
            }
        }
        return true;
    }

    private static Set<Class<?>> signatureTypes(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (TypeVariable<?> variable : type.getTypeParameters()) {
            collect(found, variable.getBounds());
        }
        for (Method method : type.getDeclaredMethods()) {
            if (shown(method.getModifiers()) && !method.isSynthetic()) {
                collect(found, method.getGenericReturnType());
                collect(found, method.getGenericParameterTypes());
                collect(found, method.getGenericExceptionTypes());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (shown(constructor.getModifiers()) && !constructor.isSynthetic()) {
                collect(found, constructor.getGenericParameterTypes());
                collect(found, constructor.getGenericExceptionTypes());
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (shown(field.getModifiers()) && !field.isSynthetic()) {
                collect(found, field.getGenericType());
            }
        }
        return found;
    }

    private static boolean shown(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static void collect(Set<Class<?>> found, Type... types) {
        for (Type type : types) {
            if (type instanceof Class<?> named) {
                Class<?> element = named;
                while (element.isArray()) {
                    element = element.getComponentType();
                }
                if (!element.isPrimitive()) {
                    found.add(element);
                }
            } else if (type instanceof ParameterizedType generic) {
                collect(found, generic.getRawType());
                collect(found, generic.getActualTypeArguments());
            } else if (type instanceof GenericArrayType array) {
                collect(found, array.getGenericComponentType());
            } else if (type instanceof WildcardType wildcard) {
                collect(found, wildcard.getUpperBounds());
                collect(found, wildcard.getLowerBounds());
            }
        }
    }
}

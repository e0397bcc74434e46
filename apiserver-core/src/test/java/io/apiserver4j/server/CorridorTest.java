// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.authn.AuthResult;
import io.apiserver4j.authn.Authenticator;
import io.apiserver4j.authz.Authorizers;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Headers;
import io.apiserver4j.request.Identity;
import io.apiserver4j.storage.KeyValueStore;
import io.apiserver4j.storage.memory.MemoryStore;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md says of the corridor is what a call goes through. */
class CorridorTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final Pattern STAGE = Pattern.compile("\\*([a-z]+)\\*");
    private static final Pattern TYPE = Pattern.compile("`([a-z.]+)\\.([A-Z][A-Za-z]+)(\\.[a-z][A-Za-z]*)?`");

    private final List<String> steps = new ArrayList<>();
    private final Map<String, List<String>> stacks = new ConcurrentHashMap<>();

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("ARCHITECTURE.md"))) {
            at = at.getParent();
        }
        return at;
    }

    /** The second column of the corridor's table, row by row. */
    private static List<String> table() throws IOException {
        List<String> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(root().resolve("ARCHITECTURE.md"))) {
            inside = line.startsWith("## ") ? line.equals("## The corridor") : inside;
            if (inside && line.matches("\\| \\d+ \\|.*")) {
                rows.add(line.split("\\|")[2].strip());
            }
        }
        return rows;
    }

    private static List<String> stagesOfTable() throws IOException {
        List<String> out = new ArrayList<>();
        for (String row : table()) {
            Matcher stage = STAGE.matcher(row);
            while (stage.find()) {
                out.add(stage.group(1));
            }
        }
        return out;
    }

    /** A memory store that notes who stands on the stack of each of its methods' last call by a request. */
    private KeyValueStore noting(KeyValueStore under) {
        return (KeyValueStore) Proxy.newProxyInstance(
                KeyValueStore.class.getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, values) -> {
                    List<String> types = StackWalker.getInstance()
                            .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                                    .filter(name -> name.startsWith("io.apiserver4j."))
                                    .map(name -> name.substring("io.apiserver4j.".length())
                                            .replaceAll("\\$.*", ""))
                                    .toList());
                    stacks.put(method.getName(), types);
                    try {
                        return method.invoke(under, values);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private ApiServer server(ApiServer.Builder builder) {
        return builder.store(noting(MemoryStore.create()))
                .observer((call, step) -> {
                    if (call.request().path().startsWith(MAPS)) {
                        steps.add(step);
                    }
                })
                .build();
    }

    private static ApiRequest create() {
        byte[] body = "{\"metadata\":{\"name\":\"a\"}}".getBytes(StandardCharsets.UTF_8);
        return ApiRequest.of("POST", MAPS, Headers.of("Content-Type", "application/json"), body);
    }

    @Test
    void theTableNamesTheStagesInOrder() throws IOException {
        try (ApiServer server = server(ApiServer.builder())) {
            assertThat(stagesOfTable()).isEqualTo(server.stages());
        }
    }

    @Test
    void theTableNamesTypesThatExist() throws IOException {
        int found = 0;
        for (String row : table()) {
            Matcher type = TYPE.matcher(row);
            while (type.find()) {
                found++;
                String module = type.group(1).equals("http") ? "apiserver-http" : "apiserver-core";
                String file = "src/main/java/io/apiserver4j/" + type.group(1).replace('.', '/') + "/" + type.group(2)
                        + ".java";
                assertThat(root().resolve(module).resolve(file)).as(row).exists();
                if (type.group(3) != null) {
                    assertThat(Files.readString(root().resolve(module).resolve(file)))
                            .as(row)
                            .contains(" " + type.group(3).substring(1) + "(");
                }
            }
        }
        assertThat(found).isGreaterThan(12);
    }

    @Test
    void aCreateGoesThroughAllOfIt() throws IOException {
        try (ApiServer server = server(ApiServer.builder())) {
            assertThat(server.handle(create()).code()).isEqualTo(201);
            assertThat(steps).isEqualTo(stagesOfTable());
            assertThat(fromDoorToStore("commit"))
                    .containsSubsequence(
                            "server.ApiServer",
                            "server.RecoverStage",
                            "server.ResolveStage",
                            "server.DeadlineStage",
                            "server.AuthenticateStage",
                            "server.AuthorizeStage",
                            "server.Dispatcher",
                            "verb.ResourceEndpoint",
                            "verb.CreateVerb",
                            "verb.ObjectWriter",
                            "store.ObjectStore");
        }
    }

    @Test
    void aWatchGoesThroughTheSameStages() throws IOException {
        try (ApiServer server = server(ApiServer.builder())) {
            assertThat(server.handle(ApiRequest.get(MAPS + "?watch=true")).code())
                    .isEqualTo(200);
            assertThat(steps).isEqualTo(stagesOfTable());
            assertThat(fromDoorToStore("watch"))
                    .containsSubsequence(
                            "server.ApiServer",
                            "server.AuthorizeStage",
                            "server.Dispatcher",
                            "verb.ResourceEndpoint",
                            "verb.WatchVerb",
                            "store.ObjectStore",
                            "store.cache.WatchCache");
        }
    }

    private List<String> fromDoorToStore(String method) {
        List<String> types = new ArrayList<>(stacks.getOrDefault(method, List.of()));
        java.util.Collections.reverse(types);
        return types;
    }

    @Test
    void whoIsUnknownGetsNoFurtherThanAuthentication() throws IOException {
        Authenticator nobody = call -> new AuthResult.Refused("a test");
        try (ApiServer server = server(ApiServer.builder().authenticator(nobody))) {
            assertThat(server.call(create(), new Cancellation()).code()).isEqualTo(401);
            assertThat(steps).isEqualTo(upTo("authenticate"));
        }
    }

    @Test
    void whoMayNotGetsNoFurtherThanAuthorization() throws IOException {
        try (ApiServer server = server(ApiServer.builder().authorizer(Authorizers.masters()))) {
            steps.clear();
            assertThat(server.handle(create(), Identity.of("eve")).code()).isEqualTo(403);
            assertThat(steps).isEqualTo(upTo("authorize"));
        }
    }

    private static List<String> upTo(String stage) throws IOException {
        List<String> all = stagesOfTable();
        return all.subList(0, all.indexOf(stage) + 1);
    }

    @Test
    void aStageOfOnesOwnStandsWhereItIsPut() {
        List<String> seen = new ArrayList<>();
        try (ApiServer server = server(ApiServer.builder()
                .pipeline(pipeline -> pipeline.before("authorize", "mine", (call, next) -> {
                    seen.add(call.requireIdentity().user());
                    return next.handle(call);
                })))) {
            seen.clear();
            server.handle(create(), Identity.of("ada"));
            assertThat(seen).containsExactly("ada");
            assertThat(server.stages().indexOf("mine"))
                    .isEqualTo(server.stages().indexOf("authorize") - 1);
            assertThat(steps).contains("mine");
        }
    }
}

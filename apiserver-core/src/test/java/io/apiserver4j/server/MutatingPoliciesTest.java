// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static io.apiserver4j.server.PolicyWorld.MAPS;
import static io.apiserver4j.server.PolicyWorld.json;
import static io.apiserver4j.server.PolicyWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.server.PolicyWorld.Answer;
import io.apiserver4j.value.ObjectValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutatingPoliciesTest {
    private static final String DENIED = "policy 'p' with binding 'p-b' denied request: ";
    private static PolicyWorld world;

    @BeforeAll
    static void start() {
        world = new PolicyWorld(asked -> false);
    }

    @AfterEach
    void clear() {
        world.clear();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static void policy(String name, String reinvocation, String more, String... mutations) {
        world.policy(
                "Mutating",
                name,
                "'reinvocationPolicy':'" + reinvocation + "'," + more + "'mutations':[" + String.join(",", mutations)
                        + "]",
                "");
    }

    private static String apply(String expression) {
        return "{'patchType':'ApplyConfiguration','applyConfiguration':{'expression':'"
                + expression.replace("\"", "\\\"") + "'}}";
    }

    private static String patch(String expression) {
        return "{'patchType':'JSONPatch','jsonPatch':{'expression':'" + expression.replace("\"", "\\\"") + "'}}";
    }

    private static ObjectValue labels(Answer answer) {
        assertThat(answer.message()).isEmpty();
        return answer.body().objectOrEmpty("metadata").objectOrEmpty("labels");
    }

    @Test
    void configurationsAndPatchesOneAfterTheOther() {
        policy(
                "p",
                "Never",
                "'variables':[{'name':'v','expression':'object.data.a'}],",
                apply("Object{metadata: Object.metadata{labels: {\"added\": variables.v}}}"),
                patch("[JSONPatch{op: \"add\", path: \"/metadata/labels/\" + jsonpatch.escapeKey(\"x/y\"), value: "
                        + "object.metadata.labels.added}, JSONPatch{op: \"test\", path: \"/data/a\", value: \"1\"}]"));

        assertThat(labels(world.tryMap("{'a':'1'}"))).isEqualTo(json("{'added':'1','x/y':'1'}"));
        // a test that fails takes back its patch and nothing else
        assertThat(labels(world.tryMap("{'a':'2'}"))).isEqualTo(json("{'added':'2'}"));
    }

    @Test
    void nobodyOwnsWhatPoliciesSet() {
        policy("p", "Never", "", apply("Object{metadata: Object.metadata{labels: {\"added\": \"yes\"}}}"));

        Answer answer = world.create(MAPS, "{'metadata':{'name':'m','labels':{'own':'1'}}}");

        assertThat(labels(answer)).isEqualTo(json("{'own':'1','added':'yes'}"));
        assertThat(answer.body()
                        .objectOrEmpty("metadata")
                        .arrayOrEmpty("managedFields")
                        .toString())
                .doesNotContain("added")
                .contains("f:own");
    }

    @Test
    void listsAreMergedByTheirKeysAndDefaultsAreFilled() {
        policy(
                "p",
                "Never",
                "'matchConstraints':" + rules("'CREATE'", "", "pods") + ",",
                apply("Object{spec: Object.spec{containers: [Object.spec.containers{name: \"c\", env: "
                        + "[Object.spec.containers.env{name: \"B\", value: \"2\"}], ports: "
                        + "[Object.spec.containers.ports{containerPort: 80}]}]}}"));

        Answer answer = world.send(
                "POST",
                "/api/v1/namespaces/default/pods?dryRun=All",
                "{'metadata':{'name':'m'},'spec':{'containers':[{'name':'b','image':'b'},{'name':'c','image':'c',"
                        + "'env':[{'name':'A','value':'1'}]}]}}");

        assertThat(answer.message()).isEmpty();
        ObjectValue container =
                answer.body().objectOrEmpty("spec").arrayOrEmpty("containers").objectAt(1);
        assertThat(container.get("env"))
                .hasToString("[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\",\"value\":\"2\"}]");
        assertThat(container.get("ports")).hasToString("[{\"containerPort\":80,\"protocol\":\"TCP\"}]");
        assertThat(container.getString("image")).isEqualTo("c");
    }

    /** Code 0: the policy is let in and the write too. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            apply | Object{metadata: Object.metadata{labels: {"a": object.data.no}}} | 403 | Invalid | expression 'Object{metadata: Object.metadata{labels: {"a": object.data.no}}}' resulted in error: no such key: no
            apply | Object{data: Object.wrong{}}                         | 403 | Invalid | type mismatch: unexpected type name "Object.wrong", expected "Object.data", which matches field name path from root Object type
            apply | Object{nope: 1}                                      | 403 | Invalid | error applying patch: failed to convert patch object to typed object: .nope: field not declared in schema
            patch | [JSONPatch{op: "remove", path: "/data/x"}]           | 403 | Invalid | JSON Patch: error in remove for path: '/data/x': Unable to remove nonexistent key: x: missing value
            """)
    void whatCantBeDone(String kind, String expression, int code, String reason, String message) {
        policy("p", "Never", "", kind.equals("apply") ? apply(expression) : patch(expression));

        Answer answer = world.tryMap("{'a':'1'}");

        assertThat(answer.message()).isEqualTo(DENIED + message);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().getString("reason")).isEqualTo(reason);
        assertThat(answer.body().objectOrEmpty("details").arrayOrEmpty("causes").size())
                .isOne();
    }

    @Test
    void nothingIsSetAsAWhole() {
        policy(
                "p",
                "Never",
                "'matchConstraints':" + rules("'CREATE'", "", "pods") + ",",
                apply("Object{spec: Object.spec{nodeSelector: {\"a\": \"b\"}, containers: "
                        + "[Object.spec.containers{name: \"c\", args: [\"x\"]}]}}"));

        Answer answer = world.send(
                "POST",
                "/api/v1/namespaces/default/pods?dryRun=All",
                "{'metadata':{'name':'m'},'spec':{'containers':[{'name':'c','image':'c'}]}}");

        assertThat(answer.message())
                .isEqualTo(DENIED + "error applying patch: invalid ApplyConfiguration: may not mutate atomic arrays,"
                        + " maps or structs: .spec.nodeSelector, .spec.containers[0].args");
    }

    @Test
    void fieldsThatTheKindDoesNotHaveAreNoPatch() {
        policy("p", "Never", "", patch("[JSONPatch{op: \"add\", path: \"/nope\", value: 1}]"));

        Answer answer = world.tryMap("{}");

        assertThat(answer.code()).isEqualTo(500);
        assertThat(answer.message())
                .isEqualTo("Internal error occurred: strict decoding error: unknown field \"nope\"");
    }

    @Test
    void errorsOfOnesThatIgnoreThemLetTheRestBe() {
        policy(
                "p",
                "Never",
                "'failurePolicy':'Ignore',",
                apply("Object{metadata: Object.metadata{labels: {\"a\": object.data.no}}}"),
                apply("Object{metadata: Object.metadata{labels: {\"b\": \"1\"}}}"));

        assertThat(labels(world.tryMap("{'a':'1'}"))).isEqualTo(json("{'b':'1'}"));
    }

    /** The first policy counts how often it sees the second one's label; what it adds itself it sees too. */
    @ParameterizedTest
    @CsvSource({"Never, ", "IfNeeded, yes"})
    void earlierOnesSeeLaterChangesWhereTheyAskForIt(String reinvocation, @Nullable String seen) {
        policy(
                "a",
                reinvocation,
                "",
                apply("Object{metadata: Object.metadata{labels: {?\"seen\": has(object.metadata.labels) && "
                        + "\"later\" in object.metadata.labels ? optional.of(\"yes\") : optional.none()}}}"));
        policy("b", "Never", "", apply("Object{metadata: Object.metadata{labels: {\"later\": \"1\"}}}"));

        assertThat(labels(world.tryMap("{}")).getString("seen")).isEqualTo(seen);
    }

    @Test
    void conditionsAndParams() {
        world.create("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s1','labels':{'p':'1'}}}");
        world.create("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s2','labels':{'p':'1'}}}");
        world.policy(
                "Mutating",
                "p",
                "'reinvocationPolicy':'Never','paramKind':{'apiVersion':'v1','kind':'Secret'},'matchConditions':"
                        + "[{'name':'c','expression':'object.data.a == params.metadata.name || \\\"all\\\" in object.data'}],"
                        + "'mutations':["
                        + patch("[JSONPatch{op: \"add\", path: \"/data/\" + params.metadata.name, value: "
                                + "\"here\"}]")
                        + "]",
                ",'paramRef':{'selector':{'matchLabels':{'p':'1'}},'parameterNotFoundAction':'Deny'}");

        assertThat(world.tryMap("{'a':'s1'}").body().get("data")).isEqualTo(json("{'a':'s1','s1':'here'}"));
        assertThat(world.tryMap("{'a':'','all':''}").body().get("data"))
                .isEqualTo(json("{'a':'','all':'','s1':'here','s2':'here'}"));
    }
}

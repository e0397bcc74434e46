// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static io.apiserver4j.server.PolicyWorld.MAPS;
import static io.apiserver4j.server.PolicyWorld.POLICIES;
import static io.apiserver4j.server.PolicyWorld.json;
import static io.apiserver4j.server.PolicyWorld.rules;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.request.Identity;
import io.apiserver4j.server.PolicyWorld.Answer;
import io.apiserver4j.value.ObjectValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidatingPoliciesTest {
    private static final String DENY = ",'validationActions':['Deny']";
    private static final String DENIED =
            "configmaps \"m\" is forbidden: ValidatingAdmissionPolicy 'p' with binding" + " 'p-b' denied request: ";

    private static PolicyWorld world;

    @BeforeAll
    static void start() {
        world = new PolicyWorld(asked -> asked.identity().user().equals("alice")
                && (asked.verb().equals("juggle")
                        || asked.verb().equals("list") && !asked.selection().isOnly("spec.nodeName", "n")));
    }

    @AfterEach
    void clear() {
        world.clear();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private void policy(String spec, String binding) {
        world.policy("Validating", "p", spec, binding);
    }

    private static String validation(String expression) {
        return "'validations':[{'expression':'" + expression.replace("\"", "\\\"") + "'}]";
    }

    /** Double quotes in the table's expressions stand for those of CEL. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            object.data.size() < 2                                              | {'a':'1'}         |
            object.data.size() < 2                                              | {'a':'1','b':'2'} | failed expression: object.data.size() < 2
            object.data.no == "1"                                               | {'a':'1'}         | expression 'object.data.no == "1"' resulted in error: no such key: no
            oldObject == null && request.operation == "CREATE"                  | {'a':'1'}         |
            request.resource.resource == "configmaps" && request.kind.kind == "ConfigMap" | {'a':'1'} |
            request.userInfo.username == "alice" && "devs" in request.userInfo.groups | {'a':'1'}   |
            request.namespace == "default" && request.name == "m" && request.dryRun | {'a':'1'}     |
            !has(request.subResource) && request.requestKind.version == "v1"    | {'a':'1'}         |
            namespaceObject.metadata.name == "default"                          | {'a':'1'}         |
            namespaceObject.metadata.labels["kubernetes.io/metadata.name"] == "default" | {'a':'1'} |
            authorizer.group("").resource("pods").namespace("x").check("create").allowed() | {'a':'1'} |
            authorizer.group("").resource("pods").check("juggle").allowed()     | {'a':'1'}         | failed expression: authorizer.group("").resource("pods").check("juggle").allowed()
            authorizer.requestResource.check("juggle").reason() == "not this"   | {'a':'1'}         |
            authorizer.serviceAccount("default", "robot").path("/x").check("juggle").allowed() | {'a':'1'} |
            authorizer.group("").resource("pods").check("list").allowed() == false | {'a':'1'}      |
            authorizer.group("").resource("pods").fieldSelector("spec.nodeName=n").check("list").allowed() | {'a':'1'} |
            authorizer.path("").check("get").allowed()                          | {'a':'1'}         | expression 'authorizer.path("").check("get").allowed()' resulted in error: path must not be empty
            authorizer.serviceAccount("default", "A!").path("/x").check("get").allowed() | {'a':'1'} | expression 'authorizer.serviceAccount("default", "A!").path("/x").check("get").allowed()' resulted in error: Invalid service account name
            !authorizer.path("/x").check("get").errored() && authorizer.path("/x").check("get").error() == "" | {'a':'1'} |
            """)
    void expressionsSeeTheRequest(String expression, String data, String refused) {
        policy(validation(expression), DENY);

        Answer answer = world.tryMap(data);

        assertThat(answer.message()).isEqualTo(refused == null ? "" : DENIED + refused);
        assertThat(answer.code()).isEqualTo(refused == null ? 201 : 422);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'message':' said '                                            | said                      | 422 | Invalid
            'message':'said','messageExpression':'object.data.a + \\"!\\"' | 1!                        | 422 | Invalid
            'message':'said','messageExpression':'\\"  \\"'                | said                      | 422 | Invalid
            'message':'said','messageExpression':'string(object.data.no)' | said                      | 422 | Invalid
            'messageExpression':'\\"one\\\\ntwo\\"'                        | failed expression: false  | 422 | Invalid
            'reason':'Forbidden'                                          | failed expression: false  | 403 | Forbidden
            'reason':'RequestEntityTooLarge'                              | failed expression: false  | 413 | RequestEntityTooLarge
            """)
    void messagesAndReasons(String more, String message, int code, String reason) {
        policy("'validations':[{'expression':'false'," + more + "}]", DENY);

        Answer answer = world.tryMap("{'a':'1'}");

        assertThat(answer.message()).isEqualTo(DENIED + message);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().stringOrEmpty("reason")).isEqualTo(reason);
        assertThat(answer.body().objectOrEmpty("details").toString().replace('"', '\''))
                .isEqualTo("{'name':'m','kind':'configmaps','causes':[{'message':'"
                        + (DENIED + message).replace("configmaps \"m\" is forbidden: ", "") + "'}]}");
    }

    @Test
    void whatIsFoundIsAlsoWarnedOfAndRecorded() {
        policy(
                "'validations':[{'expression':'true'},{'expression':'false','message':'a<b'}]",
                ",'validationActions':['Warn','Audit']");

        Answer answer = world.tryMap("{}");

        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.notes().warnings())
                .containsExactly("Validation failed for ValidatingAdmissionPolicy 'p' with binding 'p-b': a<b");
        assertThat(answer.annotations())
                .containsEntry(
                        "validation.policy.admission.k8s.io/validation_failure",
                        "[{\"message\":\"a\\u003cb\",\"policy\":\"p\",\"binding\":\"p-b\",\"expressionIndex\":1,"
                                + "\"validationActions\":[\"Warn\",\"Audit\"]}]");
    }

    @Test
    void variablesAreLazyAndBuildOnEachOther() {
        policy(
                "'variables':[{'name':'n','expression':'object.data.size()'},{'name':'twice','expression':"
                        + "'variables.n * 2'},{'name':'broken','expression':'object.nothing'}],"
                        + "'validations':[{'expression':'variables.twice < 4','messageExpression':"
                        + "'string(variables.twice)'},{'expression':'variables.n != 3 || variables.broken'}]",
                DENY);

        assertThat(world.tryMap("{'a':''}").code()).isEqualTo(201);
        assertThat(world.tryMap("{'a':'','b':''}").message()).isEqualTo(DENIED + "4");
        assertThat(world.tryMap("{'a':'','b':'','c':''}").message()).isEqualTo(DENIED + "6");
    }

    @Test
    void anErrorInAVariableNamesIt() {
        policy("'variables':[{'name':'v','expression':'object.nothing'}]," + validation("variables.v == 1"), DENY);

        assertThat(world.tryMap("{}").message())
                .isEqualTo(
                        DENIED + "expression 'variables.v == 1' resulted in error: composited variable \"v\" fails to"
                                + " evaluate: no such key: nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Fail   | object.data.a == \\"1\\"                   |                      | 422 | yes
            Fail   | object.data.a == \\"2\\"                   |                      | 201 |
            Fail   | object.data.no == \\"1\\"                  |                      | 422 | expression 'object.data.no == "1"' resulted in error: no such key: no
            Ignore | object.data.no == \\"1\\"                  |                      | 201 |
            Fail   | object.data.no == \\"1\\"                  | object.data.x        | 422 | [expression 'object.data.no == "1"' resulted in error: no such key: no, expression 'object.data.x' resulted in error: no such key: x]
            Fail   | object.data.no == \\"1\\"                  | false                | 201 |
            Fail   | object.metadata.name == \\"m\\"            | namespaceObject == null | 422 | yes
            """)
    void conditions(String failurePolicy, String first, String second, int code, String message) {
        String more = second == null ? "" : ",{'name':'y','expression':'" + second + " == true'}";
        if (second != null && second.contains("==")) {
            more = ",{'name':'y','expression':'" + second + "'}";
        }
        policy(
                "'failurePolicy':'" + failurePolicy + "','matchConditions':[{'name':'x','expression':'" + first + "'}"
                        + more + "],'validations':[{'expression':'false','message':'yes'}]",
                DENY);

        Answer answer = world.tryMap("{'a':'1'}");

        assertThat(answer.code()).isEqualTo(code);
        String expected = message == null ? "" : message.replace("'object.data.x'", "'object.data.x == true'");
        assertThat(answer.message()).isEqualTo(message == null ? "" : DENIED + expected);
    }

    @Test
    void auditAnnotations() {
        policy(
                "'failurePolicy':'Ignore','auditAnnotations':[{'key':'n','valueExpression':'string(object.data.size())'},"
                        + "{'key':'none','valueExpression':'null'},{'key':'err','valueExpression':'string(object.x)'}]",
                DENY);

        Answer answer = world.tryMap("{'a':''}");

        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.annotations()).containsEntry("p/n", "1").doesNotContainKeys("p/none", "p/err");
    }

    @Test
    void anAuditAnnotationThatFailsDenies() {
        policy("'auditAnnotations':[{'key':'n','valueExpression':'string(object.x)'}]", DENY);

        assertThat(world.tryMap("{}").message())
                .isEqualTo(DENIED + "expression 'string(object.x)' resulted in error: no such key: x");
    }

    @Test
    void paramsByName() {
        policy(
                "'paramKind':{'apiVersion':'v1','kind':'Secret'},'validations':[{'expression':"
                        + "'params == null || object.data.a == params.metadata.name','messageExpression':'string(params.kind)'}]",
                DENY + ",'paramRef':{'name':'s','parameterNotFoundAction':'Deny'}");

        assertThat(world.tryMap("{'a':''}").message())
                .isEqualTo(DENIED + "failed to configure binding: no params found for policy binding with `Deny`"
                        + " parameterNotFoundAction");
        world.create("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}");
        assertThat(world.tryMap("{'a':''}").message()).isEqualTo(DENIED + "Secret");
        assertThat(world.tryMap("{'a':'s'}").code()).isEqualTo(201);
    }

    @Test
    void customKindsAsParamsAndAllThatASelectorFinds() {
        world.create(
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                "{'metadata':{'name':'limits.example.com'},'spec':{'group':'example.com','scope':'Cluster',"
                        + "'names':{'plural':'limits','kind':'Limit'},'versions':[{'name':'v1','served':true,"
                        + "'storage':true,'schema':{'openAPIV3Schema':{'type':'object',"
                        + "'x-kubernetes-preserve-unknown-fields':true}}}]}}");
        policy(
                "'paramKind':{'apiVersion':'example.com/v1','kind':'Limit'},'validations':[{'expression':"
                        + "'object.data.size() <= params.max','messageExpression':'string(params.max)'}]",
                DENY + ",'paramRef':{'selector':{'matchLabels':{'on':'1'}},'parameterNotFoundAction':'Allow'}");
        String limits = "/apis/example.com/v1/limits";
        world.awaitServed(limits);
        assertThat(world.tryMap("{'a':''}").message()).isEmpty();

        world.create(limits, limit("a", "1", 2));
        world.create(limits, limit("b", "1", 1));
        world.create(limits, limit("c", "0", 0));

        assertThat(world.tryMap("{'a':''}").message()).isEmpty();
        assertThat(world.tryMap("{'a':'','b':''}").message()).isEqualTo(DENIED + "1");
        assertThat(world.tryMap("{'a':'','b':'','c':''}").message()).isEqualTo(DENIED + "2");
    }

    private static String limit(String name, String on, int max) {
        return "{'apiVersion':'example.com/v1','kind':'Limit','metadata':{'name':'" + name + "','labels':{'on':'" + on
                + "'}},'max':" + max + "}";
    }

    @Test
    void aKindThatNobodyServes() {
        policy(
                "'paramKind':{'apiVersion':'x.io/v1','kind':'Y'}," + validation("true"),
                DENY + ",'paramRef':{'name':'s','parameterNotFoundAction':'Allow'}");

        assertThat(world.tryMap("{}").message())
                .isEqualTo("configmaps \"m\" is forbidden: ValidatingAdmissionPolicy 'p' denied request: failed to"
                        + " configure policy: failed to find resource referenced by paramKind: 'x.io/v1, Kind=Y'");
    }

    @Test
    void deletionsConnectionsAndSubresources() {
        policy(
                "'matchConstraints':" + rules("'DELETE'", "", "configmaps") + ","
                        + validation("object == null && oldObject.metadata.name != \"m\""),
                DENY);
        world.create(MAPS, "{'metadata':{'name':'m'}}");
        world.create(MAPS, "{'metadata':{'name':'n'}}");
        world.policy(
                "Validating",
                "q",
                "'matchConstraints':" + rules("'UPDATE'", "", "namespaces/status") + ","
                        + validation("request.subResource == \"status\" && namespaceObject == null && false"),
                DENY);

        assertThat(world.send("DELETE", MAPS + "/m", (String) null).code()).isEqualTo(422);
        assertThat(world.send("DELETE", MAPS + "/n", (String) null).code()).isEqualTo(200);
        assertThat(world.send("DELETE", MAPS, (String) null).code()).isEqualTo(422);
        Answer status = world.send(
                "PATCH",
                "/api/v1/namespaces/default/status",
                json("{'metadata':{'annotations':{'a':'1'}}}"),
                "application/merge-patch+json",
                Identity.of("bob"));
        assertThat(status.message()).startsWith("namespaces \"default\" is forbidden: ValidatingAdmissionPolicy 'q'");
    }

    @Test
    void theyCountAtOnceAndAsLongAsTheyAreThere() {
        assertThat(world.tryMap("{}").code()).isEqualTo(201);
        policy(validation("false"), DENY);
        assertThat(world.tryMap("{}").code()).isEqualTo(422);
        world.send("DELETE", POLICIES + "validatingadmissionpolicybindings/p-b", (String) null);
        assertThat(world.tryMap("{}").code()).isEqualTo(201);
    }

    @Test
    void bindingsNarrowPoliciesDown() {
        policy(validation("false"), DENY + ",'matchResources':{'objectSelector':{'matchLabels':{'x':'y'}}}");

        assertThat(world.tryMap("{}").code()).isEqualTo(201);
        assertThat(world.send("POST", MAPS, "{'metadata':{'name':'m','labels':{'x':'y'}}}")
                        .code())
                .isEqualTo(422);
    }

    @Test
    void budgets() {
        String huge = "[1,2,3,4,5,6,7,8,9,10].all(a,[1,2,3,4,5,6,7,8,9,10].all(b,[1,2,3,4,5,6,7,8,9,10].all(c,"
                + "[1,2,3,4,5,6,7,8,9,10].all(d,[1,2,3,4,5,6,7,8,9,10].all(e,[1,2,3,4,5,6,7,8,9,10].all(f, f < 11))))))";
        policy(validation(huge), DENY);

        assertThat(world.tryMap("{}").message())
                .isEqualTo(DENIED + "expression '" + huge + "' resulted in error: operation cancelled: actual cost"
                        + " limit exceeded");
    }

    @Test
    void whatExpressionsGetWrongAboutTheirKindsIsInTheStatus() {
        String rules = "'matchConstraints':{'resourceRules':[{'operations':['CREATE'],'apiGroups':['apps'],"
                + "'apiVersions':['v1'],'resources':['deployments','deployments/scale']}]},";
        policy(
                rules + "'variables':[{'name':'n','expression':'object.spec.replicas'}],'validations':["
                        + "{'expression':'object.replicas > 1'},{'expression':'variables.n > 1 && has(object.metadata.labels)'"
                        + ",'messageExpression':'string(object.spec.template.spec.containers[0].nam)'}]",
                DENY);

        ObjectValue status = json("{}");
        for (int i = 0; i < 2000 && !status.has("observedGeneration"); i++) {
            status = world.send("GET", POLICIES + "validatingadmissionpolicies/p", (String) null)
                    .body()
                    .objectOrEmpty("status");
        }

        assertThat(status.get("observedGeneration")).hasToString("1");
        assertThat(status.objectOrEmpty("typeChecking")
                        .arrayOrEmpty("expressionWarnings")
                        .objects())
                .extracting(one -> one.stringOrEmpty("fieldRef") + "|" + one.stringOrEmpty("warning"))
                .containsExactly(
                        "spec.validations[0].expression|apps/v1, Kind=Deployment: ERROR: <input>:1:7: undefined field"
                                + " 'replicas'\n | object.replicas > 1\n | ......^\n",
                        "spec.validations[1].messageExpression|apps/v1, Kind=Deployment: ERROR: <input>:1:47: undefined"
                                + " field 'nam'\n | string(object.spec.template.spec.containers[0].nam)\n | "
                                + ".".repeat(46) + "^\n");
    }

    @Test
    void namesAreMadeBeforeValidation() {
        policy(validation("request.name != object.metadata.name"), DENY);

        Answer answer = world.send("POST", MAPS, "{'metadata':{'generateName':'g-'}}");

        assertThat(answer.message()).startsWith("configmaps \"g-").contains("\" is forbidden: ");
    }
}

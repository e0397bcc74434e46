// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldManagerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Kind CONFIG_MAP = new Kind("", "v1", "ConfigMap");
    private static final FieldManager CONFIG_MAPS = manager(CONFIG_MAP, "", ResetFields.NONE);

    private static FieldManager manager(Kind kind, String subresource, ResetFields reset) {
        return new FieldManager(kind, SchemaFacts.builtin().kind(kind), subresource, reset, false, ObjectVersions.NONE);
    }

    private static ObjectValue configMap(String data) {
        return TestSchemas.json("{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'a'},'data':" + data + "}");
    }

    private static List<String> entries(ObjectValue object) {
        List<String> out = new ArrayList<>();
        for (ObjectValue entry :
                object.objectOrEmpty("metadata").arrayOrEmpty("managedFields").objects()) {
            out.add(entry.stringOrEmpty("manager") + " " + entry.getString("operation") + " "
                    + entry.stringOrEmpty("time") + " "
                    + entry.get("fieldsV1").toString().replace('"', '\''));
        }
        return out;
    }

    @Test
    void entriesAreInTheirOrder() {
        ObjectValue object = CONFIG_MAPS.afterUpdate(null, configMap("{'a':'1'}"), "z", NOW.plusSeconds(5));
        object = CONFIG_MAPS.afterUpdate(object, object.withAt(Value.of("2"), "data", "b"), "y", NOW.plusSeconds(9));
        object = CONFIG_MAPS.afterUpdate(object, object.withAt(Value.of("3"), "data", "c"), "x", NOW.plusSeconds(5));
        object = CONFIG_MAPS
                .apply(object, configMap("{'d':'4'}"), "late", false, NOW.plusSeconds(20))
                .object();
        assertThat(entries(object))
                .containsExactly(
                        "late Apply 2026-01-01T00:00:20Z {'f:data':{'f:d':{}}}",
                        "x Update 2026-01-01T00:00:05Z {'f:data':{'f:c':{}}}",
                        "z Update 2026-01-01T00:00:05Z {'f:data':{'.':{},'f:a':{}}}",
                        "y Update 2026-01-01T00:00:09Z {'f:data':{'f:b':{}}}");
        assertThat(object.objectOrEmpty("metadata")
                        .arrayOrEmpty("managedFields")
                        .get(0)
                        .toString())
                .isEqualTo(TestSchemas.json(
                                "{'manager':'late','operation':'Apply','apiVersion':'v1',"
                                        + "'time':'2026-01-01T00:00:20Z','fieldsType':'FieldsV1','fieldsV1':{'f:data':{'f:d':{}}}}")
                        .toString());
    }

    @Test
    void anUpdateThatChangesNothingKeepsObjectAndTimes() {
        ObjectValue object = CONFIG_MAPS.afterUpdate(null, configMap("{'a':'1'}"), "m", NOW);
        ObjectValue again = CONFIG_MAPS.afterUpdate(object, configMap("{'a':'1'}"), "m", NOW.plusSeconds(60));
        assertThat(again).isEqualTo(object);
        ObjectValue reapplied = CONFIG_MAPS
                .apply(object, configMap("{'a':'1'}"), "other", false, NOW)
                .object();
        FieldManager.Applied once =
                CONFIG_MAPS.apply(reapplied, configMap("{'a':'1'}"), "other", false, NOW.plusSeconds(9));
        assertThat(once.changed()).isFalse();
        assertThat(once.object()).isSameAs(reapplied);
    }

    @Test
    void aClientThatDropsTheEntriesDoesNotLoseThem() {
        ObjectValue object = CONFIG_MAPS.afterUpdate(null, configMap("{'a':'1'}"), "m", NOW);
        ObjectValue put = CONFIG_MAPS.afterUpdate(object, configMap("{'a':'1','b':'2'}"), "n", NOW);
        assertThat(entries(put))
                .containsExactly(
                        "m Update 2026-01-01T00:00:00Z {'f:data':{'.':{},'f:a':{}}}",
                        "n Update 2026-01-01T00:00:00Z {'f:data':{'f:b':{}}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        []                          | true
        [{}]                        | true
        [{},{}]                     | false
        [{'manager':'x'}]           | false
        """)
    void entriesCanBeReset(String sent, boolean dropped) {
        ObjectValue object = CONFIG_MAPS.afterUpdate(null, configMap("{'a':'1'}"), "m", NOW);
        ObjectValue update = configMap("{'a':'1'}")
                .withAt(TestSchemas.json("{'v':" + sent + "}").get("v"), "metadata", "managedFields");
        assertThat(ManagedFields.asksForReset(update)).isEqualTo(dropped);
        assertThat(entries(CONFIG_MAPS.afterUpdate(object, update, "m", NOW)))
                .isEqualTo(dropped ? List.of() : entries(object));
    }

    @Test
    void withoutEntriesNothingIsNotedUntilSomebodyApplies() {
        ObjectValue bare = configMap("{'a':'1','b':'1'}");
        assertThat(entries(CONFIG_MAPS.afterUpdate(bare, configMap("{'a':'2'}"), "m", NOW)))
                .isEmpty();
        ObjectValue applied =
                CONFIG_MAPS.apply(bare, configMap("{'a':'1'}"), "m", false, NOW).object();
        assertThat(entries(applied))
                .containsExactly(
                        "m Apply  {'f:data':{'f:a':{}}}",
                        "before-first-apply Update 2026-01-01T00:00:00Z {'f:data':{'.':{},'f:a':{},'f:b':{}}}");
        assertThatThrownBy(() -> CONFIG_MAPS.apply(bare, configMap("{'a':'2'}"), "m", false, NOW))
                .hasMessage("Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.a");
    }

    @Test
    void moreThanTenUpdatersAreCapped() {
        ObjectValue object = CONFIG_MAPS.afterUpdate(null, configMap("{'k0':'0'}"), "m0", NOW);
        for (int i = 1; i < 12; i++) {
            object = CONFIG_MAPS.afterUpdate(
                    object, object.withAt(Value.of("0"), "data", "k" + i), "m" + i, NOW.plusSeconds(i));
        }
        assertThat(entries(object))
                .hasSize(10)
                .startsWith(
                        "ancient-changes Update 2026-01-01T00:00:02Z {'f:data':{'.':{},'f:k0':{},'f:k1':{},'f:k2':{}}}",
                        "m3 Update 2026-01-01T00:00:03Z {'f:data':{'f:k3':{}}}");
    }

    @Test
    void anEmptyManagerIsUnknown() {
        assertThat(entries(CONFIG_MAPS.afterUpdate(null, configMap("{'a':'1'}"), "", NOW)))
                .containsExactly("unknown Update 2026-01-01T00:00:00Z {'f:data':{'.':{},'f:a':{}}}");
    }

    @Test
    void whatAKindAlwaysWritesIsNotOwnedByItsCreator() {
        Kind kind = new Kind("", "v1", "Event");
        Schema schema = SchemaFacts.builtin().kind(kind);
        ObjectValue event = TypedReader.read(
                schema,
                TestSchemas.json("{'apiVersion':'v1','kind':'Event','metadata':{'name':'e'},"
                        + "'involvedObject':{'name':'x'},'source':{'component':'c'},'reason':'r'}"),
                new DecodeFindings());
        ObjectValue created = manager(kind, "", ResetFields.NONE).afterUpdate(null, event, "m", NOW);
        assertThat(entries(created))
                .containsExactly("m Update 2026-01-01T00:00:00Z "
                        + "{'f:involvedObject':{},'f:reason':{},'f:source':{'f:component':{}}}");
    }

    @Test
    void aValueThatDoesNotFitLeavesTheEntriesAlone() {
        Kind kind = new Kind("", "v1", "Pod");
        FieldManager pods = manager(kind, "", ResetFields.NONE);
        ObjectValue pod = TestSchemas.json(
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'}," + "'spec':{'containers':[{'name':'c'}]}}");
        ObjectValue live = pods.afterUpdate(null, pod, "m", NOW);
        ObjectValue broken = live.withAt(TestSchemas.json("{'v':['x']}").get("v"), "spec", "containers");
        assertThat(entries(pods.afterUpdate(live, broken, "n", NOW))).isEqualTo(entries(live));
        assertThat(entries(pods.afterUpdate(null, broken, "n", NOW))).isEmpty();
    }

    @Test
    void fieldsThatAPathCannotChangeAreNotOwned() {
        Kind kind = new Kind("", "v1", "Pod");
        ObjectValue pod = TestSchemas.json("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'p'},"
                + "'spec':{'containers':[{'name':'c','image':'i'}]},'status':{'phase':'x'}}");
        ObjectValue created = manager(kind, "", ResetFields.of(List.of("status", "spec.containers")))
                .afterUpdate(null, pod, "m", NOW);
        assertThat(entries(created)).isEmpty();
        ResetFields resize = ResetFields.allBut(List.of("spec.containers.*.resources"));
        ObjectValue live = manager(kind, "", ResetFields.NONE).afterUpdate(null, pod, "m", NOW);
        ObjectValue resized = live.withAt(
                TestSchemas.json("{'v':[{'name':'c','image':'j','resources':{'limits':{'cpu':'1'}}}]}")
                        .get("v"),
                "spec",
                "containers");
        assertThat(entries(manager(kind, "resize", resize).afterUpdate(live, resized, "r", NOW)))
                .anyMatch(entry -> entry.equals("r Update 2026-01-01T00:00:00Z {'f:spec':{'f:containers':"
                        + "{'k:{\\'name\\':\\'c\\'}':{'f:resources':{'.':{},'f:limits':{'.':{},'f:cpu':{}}}}}}}"));
    }

    @Test
    void timesAreKeptWhereNothingElseChanged() {
        ObjectValue live = CONFIG_MAPS.afterUpdate(null, configMap("{'a':'1'}"), "m", NOW);
        ObjectValue later = CONFIG_MAPS.afterUpdate(null, configMap("{'a':'1'}"), "m", NOW.plusSeconds(1));
        assertThat(ManagedFields.keepTimes(live, later)).isEqualTo(live);
        ObjectValue other = CONFIG_MAPS.afterUpdate(null, configMap("{'a':'2'}"), "m", NOW.plusSeconds(1));
        assertThat(ManagedFields.keepTimes(live, other)).isSameAs(other);
        ObjectValue stranger = CONFIG_MAPS.afterUpdate(null, configMap("{'a':'1'}"), "n", NOW.plusSeconds(1));
        assertThat(ManagedFields.keepTimes(live, stranger)).isSameAs(stranger);
    }

    @Test
    void refusesOtherKindsAndGivenEntries() {
        assertThatThrownBy(() -> CONFIG_MAPS.apply(
                        null, TestSchemas.json("{'apiVersion':'apps/v1','kind':'Deployment'}"), "m", false, NOW))
                .isInstanceOf(ApiException.class)
                .hasMessage("invalid object type: apps/v1, Kind=Deployment");
        assertThatThrownBy(() -> CONFIG_MAPS.apply(null, ObjectValue.EMPTY, "m", false, NOW))
                .hasMessage("invalid object type: /, Kind=");
        ObjectValue broken = configMap("{}")
                .withAt(TestSchemas.json("{'v':[{'operation':'Frob'}]}").get("v"), "metadata", "managedFields");
        assertThatThrownBy(() -> CONFIG_MAPS.apply(broken, configMap("{}"), "m", false, NOW))
                .hasMessage("failed to decode managed fields: operation must be `Apply` or `Update`");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {'operation':'Frob'}                                            | operation must be ``Apply`` or ``Update``
        {'operation':'Apply'}                                           | apiVersion must not be empty
        {'operation':'Apply','apiVersion':'v1'}                         | missing fieldsType in managed fields entry 0
        {'operation':'Apply','apiVersion':'v1','fieldsType':'FieldsV2'} | invalid fieldsType "FieldsV2" in managed fields entry 0
        """)
    void tellsWhatIsWrongWithAnEntry(String entry, String problem) {
        assertThat(ManagedFields.problem(
                        TestSchemas.json("{'v':[" + entry + "]}").get("v")))
                .isEqualTo(problem.replace("``", "`"));
    }

    @Test
    void namesOfManagers() {
        assertThat(ManagerNames.of("given", "agent/1")).isEqualTo("given");
        assertThat(ManagerNames.of("", "agent/1.0 (linux)")).isEqualTo("agent");
        assertThat(ManagerNames.of(null, "no\u0007bell\u200b x")).isEqualTo("nobell x");
        assertThat(ManagerNames.of(null, null)).isEmpty();
        assertThat(ManagerNames.of(null, "\u00e9".repeat(100) + "/")).isEqualTo("\u00e9".repeat(64));
    }
}

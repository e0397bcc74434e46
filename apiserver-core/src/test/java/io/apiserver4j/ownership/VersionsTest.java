// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Entries of several versions of one kind: v2 calls spec.size what v1 calls spec.replicas. */
class VersionsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final class TwoVersions implements ObjectVersions {
        private static Schema in(String version) {
            String name = version.equals("g/v1") ? "replicas" : "size";
            return TestSchemas.custom(
                    TestSchemas.json("{'type':'object','properties':{'spec':{'type':'object','properties':{" + "'"
                            + name + "':{'type':'integer'},'x':{'type':'string'},'y':{'type':'string'}}}}}"));
        }

        @Override
        public @Nullable Schema schema(String apiVersion) {
            return apiVersion.equals("g/v1") || apiVersion.equals("g/v2") ? in(apiVersion) : null;
        }

        @Override
        public ObjectValue convert(ObjectValue object, String apiVersion) {
            boolean first = apiVersion.equals("g/v1");
            return object.with("apiVersion", apiVersion).update("spec", spec -> {
                Value count = spec.get(first ? "size" : "replicas");
                return spec.without(first ? "size" : "replicas").withOrWithout(first ? "replicas" : "size", count);
            });
        }
    }

    private static final TwoVersions VERSIONS = new TwoVersions();

    private static FieldManager manager(String version) {
        return new FieldManager(
                new Kind("g", version, "T"), VERSIONS.schema("g/" + version), "", ResetFields.NONE, true, VERSIONS);
    }

    private static ObjectValue object(String version, String spec) {
        return TestSchemas.json(
                "{'apiVersion':'g/" + version + "','kind':'T','metadata':{'name':'t'},'spec':" + spec + "}");
    }

    private static String entries(ObjectValue object) {
        StringBuilder out = new StringBuilder();
        for (ObjectValue entry :
                object.objectOrEmpty("metadata").arrayOrEmpty("managedFields").objects()) {
            out.append(out.length() > 0 ? "; " : "")
                    .append(entry.getString("manager"))
                    .append(' ')
                    .append(entry.getString("apiVersion"))
                    .append(' ')
                    .append(entry.get("fieldsV1").toString().replace('"', '\''));
        }
        return out.toString();
    }

    @Test
    void conflictsShowAcrossVersions() {
        ObjectValue live = manager("v1")
                .apply(null, object("v1", "{'replicas':1,'x':'a'}"), "m1", false, NOW)
                .object();
        ObjectValue there = VERSIONS.convert(live, "g/v2");
        assertThatThrownBy(() -> manager("v2").apply(there, object("v2", "{'size':2}"), "m2", false, NOW))
                .hasMessage("Apply failed with 1 conflict: conflict with \"m1\": .spec.replicas");
        ObjectValue taken = manager("v2")
                .apply(there, object("v2", "{'size':2}"), "m2", true, NOW)
                .object();
        assertThat(entries(taken)).isEqualTo("m1 g/v1 {'f:spec':{'f:x':{}}}; m2 g/v2 {'f:spec':{'f:size':{}}}");
        ObjectValue updated = manager("v2").afterUpdate(taken, object("v2", "{'size':2,'x':'b'}"), "u", NOW);
        assertThat(entries(updated)).isEqualTo("m2 g/v2 {'f:spec':{'f:size':{}}}; u g/v2 {'f:spec':{'f:x':{}}}");
    }

    @Test
    void anApplierThatChangesVersionDropsWhatItNoLongerSays() {
        ObjectValue live = manager("v1")
                .apply(null, object("v1", "{'replicas':1,'x':'a','y':'a'}"), "m1", false, NOW)
                .object();
        live = manager("v1")
                .apply(live, object("v1", "{'y':'a'}"), "m2", false, NOW)
                .object();
        ObjectValue there = VERSIONS.convert(live, "g/v2");
        ObjectValue after = manager("v2")
                .apply(there, object("v2", "{'x':'a'}"), "m1", false, NOW)
                .object();
        assertThat(after.get("spec")).isEqualTo(TestSchemas.json("{'x':'a','y':'a'}"));
        // m2 changed nothing when it applied, so its entry has no time and comes first
        assertThat(entries(after)).isEqualTo("m2 g/v1 {'f:spec':{'f:y':{}}}; m1 g/v2 {'f:spec':{'f:x':{}}}");
    }

    @Test
    void entriesOfVersionsThatAreGoneFallAway() {
        ObjectValue live = object("v2", "{'x':'a'}")
                .withAt(
                        TestSchemas.json("{'v':[{'manager':'old','operation':'Apply','apiVersion':'g/v0',"
                                        + "'fieldsType':'FieldsV1','fieldsV1':{'f:spec':{'f:x':{}}}}]}")
                                .get("v"),
                        "metadata",
                        "managedFields");
        ObjectValue after = manager("v2").afterUpdate(live, object("v2", "{'x':'a','y':'b'}"), "m", NOW);
        assertThat(entries(after)).isEqualTo("m g/v2 {'f:spec':{'f:y':{}}}");
    }

    @Test
    void aSchemaThatBecameAtomicTakesTheWholeField() {
        Schema schema = TestSchemas.custom(
                TestSchemas.json(
                        "{'type':'object','properties':{'spec':{'type':'object','properties':{"
                                + "'m':{'type':'object','additionalProperties':{'type':'string'},'x-kubernetes-map-type':'atomic'}}}}}"));
        FieldSet before = FieldSet.read(TestSchemas.json("{'f:spec':{'f:m':{'.':{},'f:a':{}}}}"));
        assertThat(SchemaSets.reconciled(before, schema).toWire()).isEqualTo(TestSchemas.json("{'f:spec':{'f:m':{}}}"));
        FieldSet fine = FieldSet.read(TestSchemas.json("{'f:spec':{'f:m':{}}}"));
        assertThat(SchemaSets.reconciled(fine, schema)).isSameAs(fine);
    }
}

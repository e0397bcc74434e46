// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetadataRulesTest {
    private static final ValuePath METADATA = ValuePath.of("metadata");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'a','namespace':'n'} | ``",
                "{'namespace':'n'} | metadata.name: Required value: name or generateName is required",
                "{'name':'a'} | metadata.namespace: Required value",
                "{'name':'a','namespace':'a.b'} | metadata.namespace: Invalid value: \"a.b\": must not contain dots",
                "{'name':'a','namespace':'n','generation':-1} | metadata.generation: Invalid value: -1: must be greater than or equal to 0",
                "{'name':'a','namespace':'n','labels':{'a/':'b'}} | [metadata.labels: Invalid value: \"a/\": name part must be non-empty, metadata.labels: Invalid value: \"a/\": name part must consist of",
                "{'name':'a','namespace':'n','labels':{'a':'-'}} | metadata.labels: Invalid value: \"-\": a valid label must be",
                "{'name':'a','namespace':'n','annotations':{'UP.com/Key':'~ any ~'}} | ``",
                "{'name':'a','namespace':'n','annotations':{'-x':''}} | metadata.annotations: Invalid value: \"-x\": name part must consist of",
                "{'name':'a','namespace':'n','finalizers':['orphan','foregroundDeletion']} | metadata.finalizers: Invalid value: [\"orphan\",\"foregroundDeletion\"]: finalizer orphan and foregroundDeletion cannot be both set",
                "{'name':'a','namespace':'n','managedFields':[{'operation':'Apply','fieldsType':'FieldsV1','manager':'m'}]} | ``",
                "{'name':'a','namespace':'n','managedFields':[{'operation':'Foo','fieldsType':'x'}]} | [metadata.managedFields[0].operation: Unsupported value: \"Foo\": supported values: \"Apply\", \"Update\", metadata.managedFields[0].fieldsType: Invalid value: \"x\": must be `FieldsV1`]",
                "{'name':'a','namespace':'n','managedFields':[{}]} | metadata.managedFields[0].operation: Required value: must not be empty",
            })
    void newObjects(String metadata, String expected) {
        FieldErrors errors = new FieldErrors();
        MetadataRules.onCreate(json(metadata), true, NameRule.DNS_SUBDOMAIN, METADATA, errors);
        if (expected.isEmpty()) {
            assertThat(errors.list()).isEmpty();
        } else {
            assertThat(errors.aggregate()).startsWith(expected);
        }
    }

    @Test
    void objectsWithoutNamespaces() {
        FieldErrors errors = new FieldErrors();
        MetadataRules.onCreate(json("{'name':'a','namespace':'n'}"), false, NameRule.DNS_LABEL, METADATA, errors);
        assertThat(errors.aggregate()).isEqualTo("metadata.namespace: Forbidden: not allowed on this type");
    }

    @Test
    void badPrefixesAreToldBesideTheNamesMadeOfThem() {
        FieldErrors errors = new FieldErrors();
        ObjectValue metadata = json("{'name':'B_x','generateName':'B_'}");
        MetadataRules.onCreate(metadata, false, NameRule.DNS_SUBDOMAIN, METADATA, errors);
        assertThat(errors.list())
                .extracting(FieldError::field)
                .containsExactly("metadata.generateName", "metadata.name");
        errors = new FieldErrors();
        MetadataRules.onCreate(metadata, false, NameRule.PATH_SEGMENT, METADATA, errors);
        assertThat(errors.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'apiVersion':'v1','kind':'Pod','name':'a','uid':'u'}] | ``",
                "[{}] | [o[0].apiVersion: Required value: must not be empty, o[0].kind: Required value: must not be empty, o[0].name: Required value: must not be empty, o[0].uid: Required value: must not be empty]",
                "[{'apiVersion':'a/b/c','kind':'K','name':'a','uid':'u'}] | o[0].apiVersion: Invalid value: \"a/b/c\": must be <group>/<version> or <version>",
                "[{'apiVersion':'a/','kind':'K','name':'a','uid':'u'}] | o[0].apiVersion: Invalid value: \"a/\": must be <group>/<version> or <version>",
                "[{'uid':'u','name':'o','kind':'Event','apiVersion':'v1'}] | o[0]: Invalid value: {\"apiVersion\":\"v1\",\"kind\":\"Event\",\"name\":\"o\",\"uid\":\"u\"}: /v1, Kind=Event is disallowed from being an owner",
                "[{'apiVersion':'v1','kind':'P','name':'a','uid':'u','controller':true},{'controller':true,'apiVersion':'v1','kind':'P','name':'b','uid':'v'}] | o: Invalid value: [{\"apiVersion\":\"v1\",\"kind\":\"P\",\"name\":\"a\",\"uid\":\"u\",\"controller\":true},{\"apiVersion\":\"v1\",\"kind\":\"P\",\"name\":\"b\",\"uid\":\"v\",\"controller\":true}]: Only one reference can have Controller set to true. Found \"true\" in references for P/a and P/b",
                "[{'apiVersion':'v1','kind':'P','name':'a','uid':'u','controller':true},{'controller':false,'apiVersion':'v1','kind':'P','name':'b','uid':'v'}] | ``",
            })
    void owners(String owners, String expected) {
        FieldErrors errors = new FieldErrors();
        MetadataRules.ownerReferences(json("{'o':" + owners + "}").arrayOrEmpty("o"), ValuePath.of("o"), errors);
        assertThat(errors.aggregate()).isEqualTo(expected);
    }

    @Test
    void annotationsHaveASizeTogether() {
        String half = "é".repeat(MetadataRules.MAX_ANNOTATION_BYTES / 4);
        ObjectEditor annotations = ObjectValue.builder().put("a", half).put("b", half.substring(1));
        FieldErrors errors = new FieldErrors();
        MetadataRules.annotations(annotations.build(), ValuePath.of("x"), errors);
        assertThat(errors.list()).isEmpty();
        MetadataRules.annotations(annotations.put("c", "").build(), ValuePath.of("x"), errors);
        assertThat(errors.aggregate()).isEqualTo("x: Too long: may not be more than 262144 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {} | ``",
                "{'generation':2} | {'generation':3} | metadata.generation: Invalid value: 2: must not be decremented",
                "{'name':'b'} | {'name':'a'} | metadata.name: Invalid value: \"b\": field is immutable",
                "{} | {'namespace':'a'} | metadata.namespace: Invalid value: \"\": field is immutable",
                "{'uid':'<b>'} | {'uid':'a'} | metadata.uid: Invalid value: \"\\u003cb\\u003e\": field is immutable",
                "{'creationTimestamp':'2024-01-01T01:00:00+01:00'} | {'creationTimestamp':'2024-01-01T00:00:00Z'} | ``",
                "{'creationTimestamp':null} | {'creationTimestamp':'2024-01-01T00:00:00Z'} | metadata.creationTimestamp: Invalid value: null: field is immutable",
                "{'deletionTimestamp':'2001-01-01T00:00:00Z'} | {} | metadata.deletionTimestamp: Invalid value: \"2001-01-01T00:00:00Z\": field is immutable",
                "{'deletionGracePeriodSeconds':5} | {} | metadata.deletionGracePeriodSeconds: Invalid value: 5: field is immutable",
                "{} | {'deletionGracePeriodSeconds':5} | metadata.deletionGracePeriodSeconds: Invalid value: null: field is immutable",
                "{'finalizers':['b/b','a/a']} | {} | ``",
                "{'labels':{'a':'b'},'finalizers':['no domain']} | {} | ``",
            })
    void changes(String updated, String current, String expected) {
        FieldErrors errors = new FieldErrors();
        ObjectValue with = json(updated).with("resourceVersion", Value.of("1"));
        MetadataRules.onUpdate(with, json(current), METADATA, errors);
        assertThat(errors.aggregate()).isEqualTo(expected);
    }

    @Test
    void changesNeedARevision() {
        FieldErrors errors = new FieldErrors();
        MetadataRules.onUpdate(ObjectValue.EMPTY, ObjectValue.EMPTY, METADATA, errors);
        assertThat(errors.aggregate())
                .isEqualTo("metadata.resourceVersion: Invalid value: \"\": must be specified for an update");
    }

    @Test
    void nothingIsAddedToWhatGoes() {
        String going = "'deletionTimestamp':'2024-01-01T00:00:00Z','resourceVersion':'1'";
        FieldErrors errors = new FieldErrors();
        MetadataRules.onUpdate(
                json("{'finalizers':['z/z','k/k','a/a']," + going + "}"),
                json("{'finalizers':['k/k']," + going + "}"),
                METADATA,
                errors);
        assertThat(errors.aggregate())
                .isEqualTo(
                        "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted,"
                                + " found new finalizers []string{\"a/a\", \"z/z\"}");
        errors = new FieldErrors();
        MetadataRules.onUpdate(json("{" + going + "}"), json("{'finalizers':['k/k']," + going + "}"), METADATA, errors);
        assertThat(errors.list()).isEmpty();
    }

    @Test
    void mostBuiltInKindsWantDomainsOfFinalizers() {
        FieldErrors errors = new FieldErrors();
        MetadataRules.qualifiedFinalizers(
                json("{'finalizers':['example.com/a','kubernetes','orphan','foregroundDeletion','plain']}"),
                METADATA,
                errors);
        assertThat(errors.aggregate())
                .isEqualTo(
                        "metadata.finalizers[4]: Invalid value: \"plain\": name is neither a standard finalizer name nor"
                                + " is it fully qualified");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'matchLabels':{'a':'b'},'matchExpressions':[{'key':'a','operator':'In','values':['b']}]} | ``",
                "{'matchExpressions':[{'key':'a','operator':'In'}]} | s.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
                "{'matchExpressions':[{'key':'a','operator':'Exists','values':['b']}]} | s.matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
                "{'matchExpressions':[{'key':'a','operator':'Like','values':['b']}]} | s.matchExpressions[0].operator: Invalid value: \"Like\": not a valid selector operator",
                "{'matchLabels':{'':'b'}} | [s.matchLabels: Invalid value: \"\": name part must be non-empty, s.matchLabels: ",
                "{'matchExpressions':[{'key':'a','operator':'In','values':['b','-']}]} | s.matchExpressions[0].values[1]: Invalid value: \"-\": a valid label must be",
            })
    void selectorsInObjects(String selector, String expected) {
        FieldErrors errors = new FieldErrors();
        EmbeddedRules.labelSelector(json(selector), EmbeddedRules.Leniency.NONE, ValuePath.of("s"), errors);
        assertThat(errors.aggregate()).startsWith(expected);
        assertThat(errors.isEmpty()).isEqualTo(expected.isEmpty());
    }

    @Test
    void oldObjectsMayKeepInvalidValues() {
        ObjectValue selector = json("{'matchExpressions':[{'key':'a','operator':'In','values':['-']}]}");
        assertThat(EmbeddedRules.hasInvalidValues(selector)).isTrue();
        FieldErrors errors = new FieldErrors();
        EmbeddedRules.labelSelector(selector, EmbeddedRules.Leniency.INVALID_VALUES, ValuePath.of("s"), errors);
        assertThat(errors.list()).isEmpty();
    }

    @Test
    void conditionsAreCompleteAndUnique() {
        FieldErrors errors = new FieldErrors();
        EmbeddedRules.conditions(
                json("{'c':[{'type':'A','status':'True','reason':'R','lastTransitionTime':'2024-01-01T00:00:00Z'},"
                                + "{'type':'A','status':'x','reason':'1','observedGeneration':-1}]}")
                        .arrayOrEmpty("c"),
                ValuePath.of("c"),
                errors);
        assertThat(errors.list())
                .extracting(FieldError::toString)
                .satisfiesExactly(
                        e -> assertThat(e).isEqualTo("c[1]: Duplicate value: \"A\""),
                        e -> assertThat(e)
                                .isEqualTo(
                                        "c[1].status: Unsupported value: \"x\": supported values: \"False\", \"True\","
                                                + " \"Unknown\""),
                        e -> assertThat(e)
                                .isEqualTo(
                                        "c[1].observedGeneration: Invalid value: -1: must be greater than or equal to"
                                                + " zero"),
                        e -> assertThat(e).isEqualTo("c[1].lastTransitionTime: Required value"),
                        e -> assertThat(e)
                                .startsWith("c[1].reason: Invalid value: \"1\": a condition reason must start with"));
    }

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}

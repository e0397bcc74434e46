// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaFactsTest {
    private static final SchemaFacts FACTS = SchemaFacts.builtin();

    static Set<String> packages() {
        return new TreeSet<>(FACTS.packages());
    }

    static Set<Kind> kinds() {
        return FACTS.kinds();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void everyFileLoadsAndLinks(String goPackage) {
        SchemaSet set = FACTS.set(goPackage);
        assertThat(set.names()).isNotEmpty();
        for (String name : set.names()) {
            Schema type = Objects.requireNonNull(set.type(name));
            assertThat(type.name()).isEqualTo(goPackage + "." + name);
            Set<String> members = new HashSet<>();
            Set<String> numbers = new HashSet<>();
            for (SchemaField field : type.fields()) {
                assertThat(members.add(field.name()))
                        .as("%s has %s once", name, field.name())
                        .isTrue();
                assertThat(field.wireNumber() == 0 || numbers.add(field.embedded() + " " + field.wireNumber()))
                        .as("%s has number %d once", name, field.wireNumber())
                        .isTrue();
                checkLinked(type, field);
            }
        }
    }

    private static void checkLinked(Schema owner, SchemaField field) {
        Schema schema = field.schema();
        for (String key : schema.listKeys()) {
            assertThat(schema.items().field(key))
                    .as("key %s of %s.%s", key, owner, field.name())
                    .isNotNull();
        }
        String mergeKey = field.patchMergeKey();
        if (!mergeKey.isEmpty()) {
            assertThat(schema.items().field(mergeKey))
                    .as("merge key of %s.%s", owner, field.name())
                    .isNotNull();
        }
        assertThat(schema.listKeys().isEmpty()).isEqualTo(schema.listKind() != ListKind.MAP);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindHasAShape(Kind kind) {
        Schema schema = Objects.requireNonNull(FACTS.kind(kind));
        assertThat(schema.shape()).isEqualTo(Shape.OBJECT);
        assertThat(schema.linked().zero().size()).isEqualTo(schema.linked().alwaysWritten());
        List<String> names = new ArrayList<>();
        schema.fields().forEach(field -> names.add(field.name()));
        if (!kind.kind().equals("WatchEvent")) {
            assertThat(names).startsWith("kind", "apiVersion");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',v1,Pod,api/core/v1.Pod",
        "'',v1,List,api/core/v1.List",
        "'',v1,Status,apimachinery/pkg/apis/meta/v1.Status",
        "apps,v1,DeploymentList,api/apps/v1.DeploymentList",
        "apps,v1,DeleteOptions,apimachinery/pkg/apis/meta/v1.DeleteOptions",
        "policy,v1,Eviction,api/policy/v1.Eviction",
        "meta.k8s.io,v1,Table,apimachinery/pkg/apis/meta/v1.Table",
        "meta.k8s.io,v1beta1,PartialObjectMetadataList,apimachinery/pkg/apis/meta/v1.PartialObjectMetadataList",
        "batch,v1,WatchEvent,apimachinery/pkg/apis/meta/v1.WatchEvent",
    })
    void kindsAreFound(String group, String version, String kind, String type) {
        assertThat(Objects.requireNonNull(FACTS.kind(new Kind(group, version, kind)))
                        .name())
                .isEqualTo(type);
    }

    @Test
    void unknownNamesAreNotFound() {
        assertThat(FACTS.kind(new Kind("apps", "v1", "Pod"))).isNull();
        assertThat(FACTS.kind(new Kind("example.com", "v1", "DeleteOptions"))).isNull();
        assertThatThrownBy(() -> FACTS.type("api/core/v1.Nothing")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FACTS.type("nowhere.Pod")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fieldsSayWhatTheFilesSay() {
        Schema container = FACTS.type("api/core/v1.Container");
        SchemaField ports = Objects.requireNonNull(container.field("ports"));
        assertThat(ports.schema().listKind()).isEqualTo(ListKind.MAP);
        assertThat(ports.schema().listKeys()).containsExactly("containerPort", "protocol");
        assertThat(ports.schema().isAtomic()).isFalse();
        assertThat(ports.patchStrategy()).isEqualTo("merge");
        assertThat(ports.patchMergeKey()).isEqualTo("containerPort");
        assertThat(ports.wireNumber()).isEqualTo(6);
        SchemaField protocol = Objects.requireNonNull(ports.schema().items().field("protocol"));
        assertThat(protocol.defaultValue()).hasToString("\"TCP\"");
        assertThat(protocol.enumValues()).containsExactly("SCTP", "TCP", "UDP");
        assertThat(protocol.schema().goType()).isEqualTo("v1.Protocol");
        assertThat(Objects.requireNonNull(container.field("command")).schema().isAtomic())
                .isTrue();
        assertThat(ports.schema().goType()).isEqualTo("[]v1.ContainerPort");
        SchemaField name = Objects.requireNonNull(container.field("name"));
        assertThat(name.required()).isTrue();
        assertThat(name.omit()).isEqualTo(SchemaField.Omit.NEVER);
    }

    @Test
    void embeddedFieldsStandAmongTheOthersAndKnowWhereTheyAreFrom() {
        Schema volume = FACTS.type("api/core/v1.Volume");
        assertThat(volume.fields().get(0).name()).isEqualTo("name");
        SchemaField hostPath = Objects.requireNonNull(volume.field("hostPath"));
        assertThat(hostPath.embedded()).isEqualTo(new Embedded("VolumeSource", 2, null));
        Schema named = FACTS.type("api/admissionregistration/v1.NamedRuleWithOperations");
        assertThat(Objects.requireNonNull(named.field("scope")).embedded())
                .isEqualTo(new Embedded("Rule", 2, new Embedded("RuleWithOperations", 2, null)));
    }

    @Test
    void ownershipOfAPartCanDifferFromThatOfItsType() {
        assertThat(FACTS.type("api/core/v1.ObjectReference").isAtomic()).isTrue();
        Schema claim = Objects.requireNonNull(
                FACTS.type("api/core/v1.PersistentVolumeSpec").fieldSchema("claimRef"));
        assertThat(claim.isAtomic()).isFalse();
        assertThat(claim.field("name")).isNotNull();
        Schema selector =
                Objects.requireNonNull(FACTS.type("api/core/v1.PodSpec").fieldSchema("nodeSelector"));
        assertThat(selector.isAtomic()).isTrue();
    }

    @Test
    void recursiveTypesLeadBackToThemselves() {
        Schema props = FACTS.type("apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaProps");
        Schema properties = Objects.requireNonNull(props.fieldSchema("properties"));
        assertThat(properties.items()).isSameAs(props);
        Schema items = Objects.requireNonNull(props.fieldSchema("items"));
        assertThat(items.anyForm()).isEqualTo(AnyForm.SCHEMA_OR_ARRAY);
        assertThat(items.items()).isSameAs(props);
    }

    @Test
    void everyConstantDefaultNamesAField() {
        for (String type : DefaultFacts.types()) {
            Schema schema = FACTS.type(type);
            for (DefaultFacts.Line line : DefaultFacts.of(type)) {
                ConstantDefault constant = ConstantDefault.of(schema, line);
                assertThat(constant.value().isNull()).isFalse();
                assertThat(fits(constant)).as("%s %s", type, line).isTrue();
            }
        }
    }

    private static boolean fits(ConstantDefault constant) {
        Schema schema = constant.field().schema();
        return switch (schema.shape()) {
            case STRING -> constant.value().asString() != null;
            case BOOLEAN -> constant.value().asBoolean() != null;
            case INT32, INT64, INT_OR_STRING -> constant.value().asNumber() != null;
            case OBJECT -> constant.value().asObject() != null;
            case LIST -> constant.value().asArray() != null;
            default -> false;
        };
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.DecodeFindings;
import io.apiserver4j.schema.Schema;
import io.apiserver4j.schema.SchemaFacts;
import io.apiserver4j.schema.TypedReader;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtobufCodecTest {
    private static final SchemaFacts FACTS = SchemaFacts.builtin();
    private static final ProtobufCodec CODEC = new ProtobufCodec(FACTS::kind);

    private static Schema schema(String group, String version, String kind) {
        Schema schema = FACTS.kind(new Kind(group, version, kind));
        assertThat(schema).as(kind).isNotNull();
        return schema;
    }

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(String type, String json) {
        return HexFormat.of().formatHex(ProtobufCodec.encodeMessage(json(json), FACTS.type(type)));
    }

    @Test
    void theEnvelopeAroundAnObject() {
        byte[] bytes = ProtobufCodec.encode(
                json(
                        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"data\":{\"b\":\"2\",\"a\":\"\"},\"immutable\":false}"),
                schema("", "v1", "ConfigMap"));
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("6b387300" + "0a0f" + "0a02" + "7631" + "1209" + "436f6e6669674d6170" + "1223"
                        + "0a10" + "0a00" + "1200" + "1a00" + "2200" + "2a00" + "3200" + "3800" + "4200"
                        + "1205" + "0a0161" + "1200" + "1206" + "0a0162" + "120132" + "2000" + "1a00" + "2200");
        ProtobufEnvelope envelope = ProtobufEnvelope.read(bytes);
        assertThat(envelope.kind()).isEqualTo(new Kind("", "v1", "ConfigMap"));
        assertThat(CODEC.decode(envelope, schema("", "v1", "ConfigMap"), envelope.kind()))
                .hasToString("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{},\"immutable\":false,"
                        + "\"data\":{\"a\":\"\",\"b\":\"2\"}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            api/core/v1.ServicePort  | {"name":"n","port":-1,"targetPort":"x"} | 0a016e120018ffffffffffffffffff0122070801 10001a01782800
            api/core/v1.ServicePort  | {"targetPort":80}                       | 0a00120018002206080010501a002800
            api/core/v1.Volume       | {"name":"n","emptyDir":{}}              | 0a016e120412020a00
            api/core/v1.ResourceRequirements | {"limits":{"cpu":"1"}}         | 0a0a0a0363707512030a0131
            api/core/v1.EventSeries  | {"lastObservedTime":"1970-01-01T00:00:01.000002Z"} | 08001205080110d00f
            api/core/v1.Probe        | {}                                      | 0a001000180020002800 3000
            api/authentication/v1.UserInfo | {"extra":{"a":["x",""]}}          | 0a001200220a0a0161 12050a01780a00
            apimachinery/pkg/apis/meta/v1.APIResource | {"verbs":["get"]}      | 0a0010001a0022050a036765743200 42004a005200
            """)
    void fieldsOfEveryForm(String type, String json, String expected) {
        assertThat(hex(type, json)).isEqualTo(expected.replace(" ", ""));
    }

    @Test
    void formsOfSchemas() {
        String props = "apiextensions-apiserver/pkg/apis/apiextensions/v1.JSONSchemaProps";
        String empty = hex(props, "{}");
        assertThat(hex(props, "{\"additionalProperties\":true}")).contains("f201020801");
        assertThat(hex(props, "{\"additionalProperties\":false}")).contains("f201020800");
        int length = empty.length() / 2;
        assertThat(length).isLessThan(128);
        assertThat(hex(props, "{\"additionalProperties\":{}}"))
                .contains("f201%02x080112%02x%s".formatted(length + 4, length, empty));
        assertThat(hex(props, "{\"items\":[{}]}")).contains("c201%02x12%02x%s".formatted(length + 2, length, empty));
        assertThat(hex(props, "{\"default\":{\"a\":1}}")).contains("42090a07" + "7b2261223a317d");
        assertThat(hex(props, "{\"maximum\":1.5}")).contains("49000000000000f83f");
    }

    @Test
    void everyKindGoesBothWays() {
        long seed = System.nanoTime();
        for (Kind kind : FACTS.kinds()) {
            if (kind.kind().equals("Table")
                    || kind.kind().equals("ConversionReview")
                    || kind.group().contains("apidiscovery")) {
                continue; // kinds without a protobuf form
            }
            Schema schema = schema(kind.group(), kind.version(), kind.kind());
            ObjectValue object = new RandomObjects(seed).object(schema, 5);
            ObjectValue canonical = ProtobufCodec.typed(TypedReader.read(schema, object, new DecodeFindings()), kind);
            byte[] bytes = ProtobufCodec.encode(canonical, schema);
            ProtobufEnvelope envelope = ProtobufEnvelope.read(bytes);
            assertThat(CODEC.decode(envelope, schema, envelope.kind()).toString())
                    .as("seed %d, %s", seed, kind)
                    .isEqualTo(canonical.toString());
        }
    }

    @Test
    void objectsWithinObjectsInTheirOwnEnvelope() {
        byte[] inner = ProtobufCodec.encode(
                json("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"type\":\"t\"}"), schema("", "v1", "Secret"));
        byte[] frame = Framing.frame(MediaType.PROTOBUF, "ADDED", inner);
        ObjectValue event =
                CODEC.decodeMessage(frame, 4, frame.length, FACTS.type("apimachinery/pkg/apis/meta/v1.WatchEvent"));
        assertThat(event)
                .hasToString("{\"type\":\"ADDED\",\"object\":{\"kind\":\"Secret\",\"apiVersion\":\"v1\","
                        + "\"metadata\":{},\"type\":\"t\"}}");
    }

    @Test
    void unknownFieldsAreSteppedOver() {
        // fields 100 to 103 of the wire types 0, 1, 2 and 5 before the name of an object's metadata
        byte[] bytes = HexFormat.of()
                .parseHex("a00605" + "a9060102030405060708" + "b206026162" + "bd0601020304" + "0a03" + "0a016e");
        assertThat(CODEC.decodeMessage(bytes, 0, bytes.length, schema("", "v1", "ConfigMap")))
                .hasToString("{\"metadata\":{\"name\":\"n\"}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0a           | unexpected EOF
            0a05         | unexpected EOF
            0aff         | unexpected EOF
            0affffffffffffffffffff01 | proto: integer overflow
            0affffffffffffffffff01   | proto: negative length found during unmarshaling
            0c           | proto: ConfigMap: wiretype end group for non-group
            02           | proto: ConfigMap: illegal tag 0 (wire type 2)
            0801         | proto: wrong wireType = 0 for field ObjectMeta
            0a02 0801    | proto: wrong wireType = 0 for field Name
            a706         | proto: illegal wireType 7
            """)
    void brokenMessages(String hex, String message) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> CODEC.decodeMessage(bytes, 0, bytes.length, schema("", "v1", "ConfigMap")))
                .isInstanceOf(DecodeException.class)
                .hasMessage(message);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.schema.TypeMismatchException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodecsTest {
    private static final Codecs CODECS = Codecs.builtin();
    private static final Kind CONFIG_MAP = new Kind("", "v1", "ConfigMap");
    private static final Kind WIDGET = new Kind("example.com", "v1", "Widget");

    private final List<String> warnings = new ArrayList<>();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String decode(byte[] body, MediaType type, FieldValidation validation) {
        try {
            return CODECS.decode(body, type, CONFIG_MAP, validation, warnings::add)
                    .object()
                    .toString();
        } catch (ApiException e) {
            assertThat(e.status().code()).isEqualTo(400);
            return e.status().message();
        }
    }

    private String decodeWidget(String body, FieldValidation validation, CustomShape shape) {
        try {
            return CODECS.decodeCustom(bytes(body), MediaType.JSON, WIDGET, validation, warnings::add, shape)
                    .object()
                    .toString();
        } catch (ApiException e) {
            return e.status().message();
        }
    }

    @Test
    void whatTheBodyDoesNotSayIsTakenFromThePath() {
        String whole = "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"}}";
        for (String body : List.of(
                "{\"metadata\":{\"name\":\"a\"}}",
                "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}",
                "{\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"labels\":null}}",
                "{\"kind\":null,\"apiVersion\":\"/\",\"metadata\":{\"name\":\"a\"}}")) {
            assertThat(decode(bytes(body), MediaType.JSON, FieldValidation.STRICT))
                    .isEqualTo(whole);
        }
        assertThat(decode(bytes("metadata: {name: a}\n---\nmore"), MediaType.YAML, FieldValidation.STRICT))
                .isEqualTo(whole);
        assertThat(decode(bytes("null"), MediaType.JSON, FieldValidation.WARN))
                .isEqualTo("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            ^^                                      | the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)
            {                                       | the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input ({)
            [1]                                     | the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: json: cannot unmarshal array into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" } (5b315d)
            {"kind":5}                              | the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: json: cannot unmarshal number into Go struct field .kind of type string ({"kind":5})
            {"apiVersion":"a/b/c","kind":"ConfigMap"} | the object provided is unrecognized (must be of type ConfigMap): unexpected GroupVersion string: a/b/c ({"apiVersion":"a/b/c","kind":" ...)
            {"apiVersion":"v2","kind":"ConfigMap"}  | ConfigMap in version "v2" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "v2" in scheme "pkg/runtime/scheme.go:111"
            {"apiVersion":"x.io/","kind":"A"}       | A in version "" cannot be handled as a ConfigMap: Object 'apiVersion' is missing in '{"apiVersion":"x.io/","kind":"A"}'
            {"kind":"Secret"}                       | Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion
            {"metadata":"x"}                        | ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal string into Go struct field ConfigMap.metadata of type v1.ObjectMeta
            """)
    void bodiesThatAreRefused(String body, String message) {
        assertThat(decode(bytes(body), MediaType.JSON, FieldValidation.STRICT)).isEqualTo(message);
    }

    @Test
    void versionsOfOneKindAreToldApartByTheirVersion() {
        Kind wanted = new Kind("autoscaling", "v2", "HorizontalPodAutoscaler");
        byte[] body = bytes("{\"apiVersion\":\"autoscaling/v1\",\"kind\":\"HorizontalPodAutoscaler\"}");
        ApiException refused = catchThrowableOfType(
                ApiException.class,
                () -> CODECS.decode(body, MediaType.JSON, wanted, FieldValidation.WARN, warnings::add));
        assertThat(refused)
                .hasMessage("the API version in the data (autoscaling/v1) does not match the expected API version "
                        + "(autoscaling/v2)");
    }

    @Test
    void findingsAreWarningsOrFailuresOrNothing() {
        byte[] body = bytes("{\"metadata\":{\"name\":\"a\",\"nope\":1},\"data\":{\"k\":\"1\",\"k\":\"2\"},\"more\":1}");
        assertThat(decode(body, MediaType.JSON, FieldValidation.IGNORE)).endsWith("\"data\":{\"k\":\"2\"}}");
        assertThat(warnings).isEmpty();
        assertThat(decode(body, MediaType.JSON, FieldValidation.WARN)).endsWith("\"data\":{\"k\":\"2\"}}");
        assertThat(warnings)
                .containsExactly(
                        "unknown field \"metadata.nope\"", "duplicate field \"data.k\"", "unknown field \"more\"");
        assertThat(decode(body, MediaType.JSON, FieldValidation.STRICT))
                .isEqualTo("ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: "
                        + "unknown field \"metadata.nope\", duplicate field \"data.k\", unknown field \"more\"");
    }

    @Test
    void yamlFindings() {
        byte[] body = bytes("more: 1\nmetadata:\n  name: a\n  name: b\nmetadata: {name: c}\n");
        assertThat(decode(body, MediaType.YAML, FieldValidation.WARN)).endsWith("{\"name\":\"c\"}}");
        assertThat(warnings)
                .containsExactly(
                        "line 4: key \"name\" already set in map",
                        "line 5: key \"metadata\" already set in map",
                        "unknown field \"more\"");
        assertThat(decode(body, MediaType.YAML, FieldValidation.STRICT))
                .isEqualTo("ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: "
                        + "yaml: unmarshal errors:\n  line 4: key \"name\" already set in map\n"
                        + "  line 5: key \"metadata\" already set in map, unknown field \"more\"");
        assertThat(decode(bytes("a: [b"), MediaType.YAML, FieldValidation.WARN))
                .isEqualTo("the object provided is unrecognized (must be of type ConfigMap): "
                        + "yaml: line 1: did not find expected ',' or ']' (613a205b62)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            6b387300     | empty body (6b387300)
            00112233     | provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] (00112233)
            6b38730012ff | unexpected EOF (6b38730012ff)
            ''           | empty data (<empty>)
            """)
    void brokenEnvelopes(String hex, String message) {
        assertThat(decode(HexFormat.of().parseHex(hex), MediaType.PROTOBUF, FieldValidation.WARN))
                .isEqualTo("the object provided is unrecognized (must be of type ConfigMap): " + message);
    }

    @Test
    void protobufBodiesNeedNoType() {
        byte[] body = HexFormat.of().parseHex("6b387300" + "0a040a001200" + "1209" + "0a030a0161" + "1202" + "0a00");
        assertThat(decode(body, MediaType.PROTOBUF, FieldValidation.STRICT))
                .isEqualTo(
                        "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"data\":{\"\":\"\"}}");
    }

    @Test
    void customKindsMustSayWhatTheyAre() {
        String bare = "{\"metadata\": {\"name\": \"a\"}}";
        assertThat(decodeWidget(bare, FieldValidation.WARN, CustomShape.FREE))
                .isEqualTo("the object provided is unrecognized (must be of type Widget): Object 'Kind' is missing in '"
                        + bare + "' (" + bare + ")");
        assertThat(decodeWidget(bare, FieldValidation.IGNORE, CustomShape.FREE))
                .isEqualTo("Widget in version \"v1\" cannot be handled as a Widget: Object 'Kind' is missing in '"
                        + bare + "'");
        assertThat(decodeWidget("{\"kind\":\"Widget\"}", FieldValidation.WARN, CustomShape.FREE))
                .isEqualTo("the API version in the data () does not match the expected API version (example.com/v1)");
        assertThat(decodeWidget("{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}", FieldValidation.WARN, CustomShape.FREE))
                .isEqualTo("the API version in the data (v1) does not match the expected API version (example.com/v1)");
    }

    @Test
    void customKindsDecideWhatIsUnknown() {
        String body = "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\",\"spec\":{\"x\":1,\"x\":2,\"z\":1}}";
        CustomShape shape = (object, findings) -> {
            findings.unknown("spec.z");
            return object.withoutAt("spec", "z");
        };
        assertThat(decodeWidget(body, FieldValidation.STRICT, shape))
                .isEqualTo("Widget in version \"v1\" cannot be handled as a Widget: strict decoding error: "
                        + "duplicate field \"spec.x\", unknown field \"spec.z\"");
        assertThat(decodeWidget(body, FieldValidation.WARN, shape)).endsWith("\"spec\":{\"x\":2}}");
        assertThat(warnings).containsExactly("duplicate field \"spec.x\"", "unknown field \"spec.z\"");
        CustomShape refusing = (object, findings) -> {
            throw new TypeMismatchException("no");
        };
        assertThat(decodeWidget(body, FieldValidation.IGNORE, refusing))
                .isEqualTo("Widget in version \"v1\" cannot be handled as a Widget: no");
    }

    private static String options(String body) {
        try {
            return CODECS.decodeOptions(
                            bytes(body), MediaType.JSON, "DeleteOptions", new GroupVersion("meta.k8s.io", "v1"))
                    .toString();
        } catch (ApiException e) {
            return e.status().message();
        }
    }

    @Test
    void optionsOfAnyVersion() {
        assertThat(options("{\"bogus\":1,\"gracePeriodSeconds\":0}"))
                .isEqualTo("{\"kind\":\"DeleteOptions\",\"apiVersion\":\"meta.k8s.io/v1\",\"gracePeriodSeconds\":0}");
        assertThat(options("{\"apiVersion\":\"apps/v1\",\"kind\":\"DeleteOptions\"}"))
                .isEqualTo("{\"kind\":\"DeleteOptions\",\"apiVersion\":\"apps/v1\"}");
        assertThat(options("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"}"))
                .isEqualTo("no kind \"ConfigMap\" is registered for version \"v1\" in scheme "
                        + "\"pkg/runtime/scheme.go:111\"");
        assertThat(options("{")).isEqualTo("couldn't get version/kind; json parse error: unexpected end of JSON input");
    }
}

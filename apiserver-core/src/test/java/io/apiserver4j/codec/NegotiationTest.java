// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {
    private static String shown(OutputFormat format) {
        return format.mediaType() + " " + format.form()
                + (format.as() == null ? "" : " " + format.as().version()) + (format.pretty() ? " pretty" : "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            ''                                                              | JSON OBJECT
            */*                                                             | JSON OBJECT
            *                                                               | JSON OBJECT
            application/*                                                   | JSON OBJECT
            application/yaml                                                | YAML OBJECT
            application/vnd.kubernetes.protobuf                             | PROTOBUF OBJECT
            text/html                                                       | none
            Application/JSON                                                | none
            application/json;q=0.1, application/yaml;q=0.9                  | YAML OBJECT
            */*;q=0.9, application/yaml;q=0.1                               | YAML OBJECT
            application/cbor,application/json                               | JSON OBJECT
            application/json;pretty=1                                       | JSON OBJECT pretty
            application/json;pretty=true                                    | JSON OBJECT
            application/json;stream=watch                                   | JSON OBJECT
            application/json;stream=other                                   | none
            application/yaml;stream=watch                                   | none
            application/json;as=Table;v=v1;g=meta.k8s.io                    | JSON TABLE v1
            application/json;as=Table;v=v1beta1;g=meta.k8s.io               | JSON TABLE v1beta1
            application/json;as=Table;v=v2;g=meta.k8s.io                    | none
            application/json;as=Table;v=v2;g=meta.k8s.io,application/json   | JSON OBJECT
            application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io | none
            */*;as=Table;v=v1;g=meta.k8s.io                                 | JSON TABLE v1
            application/yaml;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io | YAML PARTIAL_METADATA_LIST v1
            application/json;as=PartialObjectMetadata                       | none
            application/json;as=PartialObjectMetadata;g=other;v=v1          | none
            application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;v=v1;g=meta.k8s.io | PROTOBUF PARTIAL_METADATA v1
            """)
    void acceptHeaders(String accept, String expected) {
        OutputFormat format = Negotiation.accepted(accept, Offer.BUILT_IN);
        assertThat(format == null ? null : shown(format)).isEqualTo(expected);
    }

    @Test
    void customKindsHaveNoProtobufOfTheirOwn() {
        String protobuf = "application/vnd.kubernetes.protobuf";
        assertThatThrownBy(() -> Negotiation.output(protobuf, null, "", Offer.CUSTOM))
                .isInstanceOf(ApiException.class)
                .hasMessage("only the following media types are accepted: application/json, application/yaml, "
                        + "application/vnd.kubernetes.protobuf");
        assertThat(shown(Negotiation.output(protobuf + ",application/json", null, "", Offer.CUSTOM)))
                .isEqualTo("JSON OBJECT");
        assertThat(shown(Negotiation.output(
                        protobuf + ";as=PartialObjectMetadata;g=meta.k8s.io;v=v1", null, "", Offer.CUSTOM)))
                .isEqualTo("PROTOBUF PARTIAL_METADATA v1");
        assertThat(Negotiation.failure(protobuf, null, "").mediaType()).isEqualTo(MediaType.PROTOBUF);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            -, '', false
            true, '', true
            1, '', true
            yes, '', false
            false, curl/8, false
            '', curl/8, true
            -, Wget/1, true
            -, Mozilla/5.0 (X11), true
            -, kubectl/v1, false
            """)
    void indentedForPeople(String pretty, String agent, boolean expected) {
        assertThat(Negotiation.output("application/json", pretty, agent, Offer.BUILT_IN)
                        .pretty())
                .isEqualTo(expected);
    }

    @Test
    void failuresFallBackToIndentedJson() {
        assertThat(Negotiation.failure("application/json;as=Table;g=meta.k8s.io;v=v1", null, ""))
                .isEqualTo(OutputFormat.INDENTED);
        assertThat(Negotiation.failure("application/yaml", null, "").mediaType())
                .isEqualTo(MediaType.YAML);
    }

    @Test
    void streams() {
        assertThat(Negotiation.stream("*/*", Offer.BUILT_IN).mediaType().watchText())
                .isEqualTo("application/json");
        assertThat(Negotiation.stream("application/vnd.kubernetes.protobuf", Offer.BUILT_IN)
                        .mediaType()
                        .watchText())
                .isEqualTo("application/vnd.kubernetes.protobuf;stream=watch");
        assertThatThrownBy(() -> Negotiation.stream("application/yaml", Offer.BUILT_IN))
                .hasMessage("only the following media types are accepted: application/json;stream=watch, "
                        + "application/vnd.kubernetes.protobuf;stream=watch");
    }

    @Test
    void discoveryShowsTheKind() {
        OutputFormat format = Negotiation.output(
                "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList;profile=local",
                null,
                "",
                (type, as) -> as != null && as.kind().equals("APIGroupDiscoveryList"));
        assertThat(format.form()).isEqualTo(Form.OTHER);
        assertThat(format.profile()).isEqualTo("local");
        assertThat(format.contentType(true))
                .isEqualTo("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
        assertThat(format.contentType(false)).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                        | JSON
            APPLICATION/JSON                          | JSON
            application/json; charset=utf-8           | JSON
            application/json;charset="utf-8";         | JSON
            application/yaml                          | YAML
            application/vnd.kubernetes.protobuf       | PROTOBUF
            """)
    void contentTypes(String header, MediaType expected) {
        assertThat(Negotiation.input(header)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "*/*",
                "garbage",
                "application/json/x",
                "application/json; charset",
                "application/json; a=1; a=2",
                "application/vnd.kubernetes.json",
                "application/cbor"
            })
    void contentTypesThatAreNotKnown(String header) {
        assertThatThrownBy(() -> Negotiation.input(header)).satisfies(thrown -> {
            Status status = ((ApiException) thrown).status();
            assertThat(status.code()).isEqualTo(415);
            assertThat(status.reason()).isEqualTo("UnsupportedMediaType");
            assertThat(status.message())
                    .isEqualTo("the body of the request was in an unknown format - accepted media types include: "
                            + "application/json, application/yaml, application/vnd.kubernetes.protobuf");
            assertThat(status.details()).isNull();
        });
    }

    @Test
    void routesLookAtWholeNamesOnly() {
        RouteTypes.LISTS.check("GET", "", "text/html, application/json;stream=watch;q=0");
        RouteTypes.PATCHES.check("PATCH", "application/merge-patch+json; charset=x", "*/*");
        assertThatThrownBy(() -> RouteTypes.OBJECTS.check("GET", "", "application/*"))
                .hasMessage("406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, "
                        + "application/vnd.kubernetes.protobuf");
        assertThatThrownBy(() -> RouteTypes.LISTS.check("GET", "", "application/cbor-seq"))
                .hasMessageEndingWith(
                        "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch");
        assertThatThrownBy(() -> RouteTypes.PATCHES.check("PATCH", "", "")).hasMessage("415: Unsupported Media Type");
        assertThatThrownBy(() -> RouteTypes.PATCHES.check("PATCH", "application/json", ""))
                .satisfies(thrown ->
                        assertThat(((ApiException) thrown).status().details()).isNotNull());
    }
}

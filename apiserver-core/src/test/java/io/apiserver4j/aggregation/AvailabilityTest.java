// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the objects of the cluster say of a server behind a registration. */
class AvailabilityTest {
    private static final Registration.ServiceReference SERVICE = new Registration.ServiceReference("ns", "svc", 443);
    private static final String PORT = "'ports':[{'name':'https','port':443}]";

    private static ObjectValue json(String text) {
        return JsonReader.readObject(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String slice(String ready, String port) {
        return "{'endpoints':[{'addresses':['10.1.1.1'],'conditions':{" + ready + "}}],'ports':[" + port + "]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "| | ServiceNotFound | service/svc in \"ns\" is not present",
                "'ports':[{'port':80}] | | ServicePortError | service/svc in \"ns\" is not listening on port 443",
                "PORT | | EndpointsNotFound | cannot find endpointslices for service/svc in \"ns\"",
                "PORT | 'ready':false | MissingEndpoints | endpointslices for service/svc in \"ns\" have no addresses with port name \"https\"",
                "PORT | 'ready':true | | ",
            })
    void itIsToldAsTheRealOneDoes(String ports, String ready, String reason, String message) {
        ObjectValue service =
                ports == null ? null : json("{'spec':{'type':'ClusterIP'," + ports.replace("PORT", PORT) + "}}");
        List<ObjectValue> slices =
                ready == null ? List.of() : List.of(json(slice(ready, "{'name':'https','port':8443}")));

        Availability found = Availability.of(SERVICE, service, slices);

        if (reason == null) {
            assertThat(found).isNull();
        } else {
            assertThat(found).isEqualTo(new Availability("False", reason, message));
        }
    }

    @Test
    void onlyAChangeOfTheStatusMovesTheTime() {
        ObjectValue object = json("{'metadata':{'name':'v1.a'}}");

        ObjectValue first = new Availability("False", "A", "a").in(object, "t1");
        ObjectValue second = new Availability("False", "B", "b").in(first, "t2");
        ObjectValue third = new Availability("True", "C", "c").in(second, "t3");

        assertThat(first.objectOrEmpty("status").arrayOrEmpty("conditions").objectAt(0))
                .isEqualTo(json(
                        "{'type':'Available','status':'False','lastTransitionTime':'t1','reason':'A','message':'a'}"));
        assertThat(second.toString()).contains("t1").contains("\"B\"");
        assertThat(third.toString()).contains("t3").doesNotContain("t1");
        assertThat(new Availability("True", "C", "c").in(third, "t4")).isSameAs(third);
    }
}

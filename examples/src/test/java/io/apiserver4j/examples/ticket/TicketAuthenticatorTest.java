// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.examples.ticket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.authn.Anonymous;
import io.apiserver4j.authn.Authenticator;
import io.apiserver4j.authn.AuthenticatorChain;
import io.apiserver4j.authz.AuthorizerChain;
import io.apiserver4j.authz.Authorizers;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Headers;
import io.apiserver4j.server.ApiServer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Goes through the server's door as a client would, without a socket. */
class TicketAuthenticatorTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String SELF = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

    private final TicketAuthenticator tickets =
            new TicketAuthenticator("a secret of ours".getBytes(UTF_8), InstantSource.fixed(NOON));
    private final ApiServer server = server(new AuthenticatorChain(List.of(tickets, new Anonymous())));

    private static ApiServer server(Authenticator authenticator) {
        return ApiServer.builder()
                .authenticator(authenticator)
                .authorizer(new AuthorizerChain(List.of(Authorizers.masters(), Authorizers.discoveryOnly())))
                .build();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ApiResponse call(String method, String path, String token, String body) {
        Headers headers = token.isEmpty()
                ? Headers.of("Content-Type", "application/json")
                : Headers.of("Content-Type", "application/json", "Authorization", "Bearer " + token);
        return server.call(ApiRequest.of(method, path, headers, body.getBytes(UTF_8)), new Cancellation());
    }

    private static String text(ApiResponse response) {
        return new String(((ApiResponse.Complete) response).body(), UTF_8);
    }

    @Test
    void aTicketSaysWhoSomebodyIs() {
        String ticket = tickets.issue("ada", List.of("developers"), NOON.plusSeconds(1));
        ApiResponse answer = call("POST", SELF, ticket, "{}");
        assertThat(answer.code()).isEqualTo(201);
        assertThat(text(answer)).contains("\"username\":\"ada\"").contains("\"developers\",\"system:authenticated\"");
        ApiResponse refused = call("GET", "/api/v1/pods", ticket, "");
        assertThat(refused.code()).isEqualTo(403);
        assertThat(text(refused)).contains("User \\\"ada\\\" cannot list resource \\\"pods\\\"");
    }

    @Test
    void mastersMayDoEverything() {
        String ticket = tickets.issue("root", List.of("system:masters"), NOON.plusSeconds(1));
        assertThat(call("GET", "/api/v1/pods", ticket, "").code()).isEqualTo(200);
    }

    @Test
    void forgedAndOldTicketsAreRefused() {
        String over = tickets.issue("ada", List.of(), NOON);
        String good = tickets.issue("ada", List.of(), NOON.plusSeconds(1));
        String forged = new TicketAuthenticator("guessed".getBytes(UTF_8), InstantSource.fixed(NOON))
                .issue("root", List.of("system:masters"), NOON.plusSeconds(1));
        for (String token : List.of(over, forged, good.substring(0, good.length() - 2), "ticket.", "ticket.!.!")) {
            ApiResponse refused = call("GET", "/api/v1/pods", token, "");
            assertThat(refused.code())
                    .as(token)
                    .isEqualTo(401); // who shows a false ticket is not taken for nobody in particular
        }
        try (ApiServer strict = server(tickets)) {
            Headers headers = Headers.of("Authorization", "Bearer " + forged);
            ApiRequest request = ApiRequest.of("GET", "/version", headers, new byte[0]);
            assertThat(strict.call(request, new Cancellation()).code()).isEqualTo(401);
        }
    }
}

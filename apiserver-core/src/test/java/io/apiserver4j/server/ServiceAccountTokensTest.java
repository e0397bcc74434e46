// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.apiserver4j.authn.Anonymous;
import io.apiserver4j.authn.StaticTokens;
import io.apiserver4j.request.ApiRequest;
import io.apiserver4j.request.ApiResponse;
import io.apiserver4j.request.Cancellation;
import io.apiserver4j.request.Headers;
import io.apiserver4j.value.JsonReader;
import io.apiserver4j.value.ObjectValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of service accounts: given out, taken, and refused. */
class ServiceAccountTokensTest {
    private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static final String REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String ISSUER = ServiceAccountSettings.ISSUER;
    private static final KeyPair KEYS = rsa();
    private static final KeyPair OTHERS = rsa();
    private static Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private static ApiServer server;
    private static String accountUid = "";

    private record Answer(int code, ObjectValue body, Headers headers) {
        String message() {
            return body.stringOrEmpty("message");
        }

        String token() {
            return body.objectOrEmpty("status").stringOrEmpty("token");
        }
    }

    @BeforeAll
    static void start() {
        server = ApiServer.builder()
                .clock(() -> now)
                .authenticator(Anonymous.behind(StaticTokens.parse("alice-token,alice,1001,\"dev,qa\"")))
                .roles()
                .serviceAccounts(new ServiceAccountSettings(
                        List.of(ISSUER, "https://older.example.com"),
                        () -> KEYS,
                        List::of,
                        List.of(ISSUER, "second"),
                        "",
                        Duration.ofHours(2),
                        true,
                        true))
                .bootstrapTokens(true)
                .build();
        accountUid = admin("POST", "/api/v1/namespaces/default/serviceaccounts", "{'metadata':{'name':'robot'}}")
                .body()
                .objectAt("metadata")
                .stringOrEmpty("uid");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void atNoon() {
        now = Instant.parse("2026-03-01T12:00:00Z");
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer answer(ApiResponse response) {
        byte[] body = ((ApiResponse.Complete) response).body();
        return new Answer(response.code(), JsonReader.readObject(body), response.headers());
    }

    private static ApiRequest request(String method, String path, String body, String... headers) {
        Headers all = Headers.of(headers).with("Content-Type", "application/json");
        return ApiRequest.of(method, path, all, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Answer admin(String method, String path, String body) {
        return answer(server.handle(request(method, path, body)));
    }

    private static Answer outside(String token, String method, String path, String body) {
        ApiRequest request = request(method, path, body, "Authorization", "Bearer " + token);
        return answer(server.call(request, new Cancellation()));
    }

    private static Answer who(String token) {
        return outside(token, "POST", WHO, "{}");
    }

    private static Answer requested(String spec) {
        return admin("POST", "/api/v1/namespaces/default/serviceaccounts/robot/token", "{'spec':" + spec + "}");
    }

    private static ObjectValue review(String token, String audiences) {
        return admin("POST", REVIEWS, "{'spec':{'token':'" + token + "','audiences':" + audiences + "}}")
                .body()
                .objectOrEmpty("status");
    }

    private static ObjectValue claims(String token) {
        return JsonReader.readObject(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }

    private static String part(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String payload(String issuer, String audience, String from, String until) {
        return "{'iss':'" + issuer + "','aud':['" + audience + "'],'sub':'system:serviceaccount:default:robot','nbf':"
                + Instant.parse(from).getEpochSecond() + ",'exp':"
                + Instant.parse(until).getEpochSecond()
                + ",'kubernetes.io':{'namespace':'default','serviceaccount':{'name':'robot','uid':'" + accountUid
                + "'}}}";
    }

    private static String good() {
        return payload(ISSUER, ISSUER, "2026-03-01T11:00:00Z", "2026-03-01T13:00:00Z");
    }

    private static String signed(String header, String payload, KeyPair by) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(by.getPrivate());
        String text = part(header) + "." + part(payload);
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    @Test
    void aTokenSaysWhoseItIs() {
        Answer made = requested("{}");

        assertThat(made.code()).isEqualTo(201);
        assertThat(made.body().objectOrEmpty("metadata").stringOrEmpty("uid")).isEqualTo(accountUid);
        ObjectValue claims = claims(made.token());
        assertThat(claims.stringOrEmpty("iss")).isEqualTo(ISSUER);
        assertThat(claims.arrayOrEmpty("aud").strings()).containsExactly(ISSUER, "second");
        assertThat(claims.longOr("exp", 0) - claims.longOr("iat", 0)).isEqualTo(3600);
        assertThat(claims.objectAt("kubernetes.io", "serviceaccount").strings())
                .isEqualTo(Map.of("name", "robot", "uid", accountUid));
        ObjectValue user = who(made.token()).body().objectAt("status", "userInfo");
        assertThat(user.stringOrEmpty("username")).isEqualTo("system:serviceaccount:default:robot");
        assertThat(user.arrayOrEmpty("groups").strings())
                .containsExactly("system:serviceaccounts", "system:serviceaccounts:default", "system:authenticated");
        assertThat(user.objectOrEmpty("extra")
                        .arrayOrEmpty("authentication.kubernetes.io/credential-id")
                        .strings())
                .containsExactly("JTI=" + claims.stringOrEmpty("jti"));
    }

    @Test
    void aTokenEndsAMinuteAfterItsTime() {
        String token = requested("{'expirationSeconds':600}").token();
        now = now.plusSeconds(655);
        assertThat(who(token).code()).isEqualTo(201);
        now = now.plusSeconds(10);
        assertThat(who(token).code()).isEqualTo(401);
        assertThat(review(token, "[]").stringOrEmpty("error"))
                .isEqualTo("[invalid bearer token, service account token has expired]");
    }

    @Test
    void tooLongALifeIsShortened() {
        Answer made = requested("{'expirationSeconds':7201}");
        assertThat(made.body().objectOrEmpty("spec").longOr("expirationSeconds", 0))
                .isEqualTo(7200);
        assertThat(made.headers().firstOrEmpty("Warning"))
                .contains("requested expiration of 7201 seconds shortened to 7200 seconds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'expirationSeconds':599}|422|may not specify a duration less than 10 minutes",
                "{'boundObjectRef':{'kind':'ConfigMap','apiVersion':'v1','name':'x'}}|400|"
                        + "cannot bind token to object of type /v1, Kind=ConfigMap",
                "{'boundObjectRef':{'kind':'Pod','apiVersion':'v1','name':'x'}}|404|pods \"x\" not found",
                "{'boundObjectRef':{'kind':'Node','apiVersion':'v1','name':'x'}}|404|nodes \"x\" not found",
                "{'boundObjectRef':{'kind':'ValidatingWebhookConfiguration','apiVersion':'admissionregistration.k8s.io/v1'}}"
                        + "|400|feature gate APIServerWebhookAuthenticationToken is disabled",
            })
    void whatCannotBeGivenIsRefused(String spec, int code, String text) {
        Answer refused = requested(spec);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.message()).contains(text);
    }

    @Test
    void aBoundTokenDiesWithWhatItIsBoundTo() {
        admin("POST", "/api/v1/nodes", "{'metadata':{'name':'n1'}}");
        String pod = "{'metadata':{'name':'p'},'spec':{'serviceAccountName':'robot','nodeName':'n1',"
                + "'containers':[{'name':'c','image':'i'}]}}";
        assertThat(admin("POST", "/api/v1/namespaces/default/pods", pod).code()).isEqualTo(201);
        admin("POST", SECRETS, "{'metadata':{'name':'s'}}");
        String toPod = requested("{'boundObjectRef':{'kind':'Pod','apiVersion':'v1','name':'p'}}")
                .token();
        String toSecret = requested("{'boundObjectRef':{'kind':'Secret','apiVersion':'v1','name':'s'}}")
                .token();
        String toNode = requested("{'boundObjectRef':{'kind':'Node','apiVersion':'v1','name':'n1'}}")
                .token();

        ObjectValue extra = who(toPod).body().objectAt("status", "userInfo", "extra");
        assertThat(extra.arrayOrEmpty("authentication.kubernetes.io/pod-name").strings())
                .containsExactly("p");
        assertThat(extra.arrayOrEmpty("authentication.kubernetes.io/node-name").strings())
                .containsExactly("n1");
        assertThat(who(toSecret).code()).isEqualTo(201);
        assertThat(who(toNode).code()).isEqualTo(201);
        admin("DELETE", SECRETS + "/s", "{}");
        admin("DELETE", "/api/v1/namespaces/default/pods/p", "{'gracePeriodSeconds':0}");
        admin("DELETE", "/api/v1/nodes/n1", "{}");
        for (String token : List.of(toPod, toSecret, toNode)) {
            assertThat(who(token).code()).isEqualTo(401);
            assertThat(review(token, "[]").stringOrEmpty("error"))
                    .isEqualTo("[invalid bearer token, service account token has been invalidated]");
        }
    }

    @Test
    void whatKubeletsAskForLastsLonger() {
        String pod = "{'metadata':{'name':'q'},'spec':{'serviceAccountName':'robot',"
                + "'containers':[{'name':'c','image':'i'}]}}";
        admin("POST", "/api/v1/namespaces/default/pods", pod);
        Answer made =
                requested("{'expirationSeconds':3607,'boundObjectRef':{'kind':'Pod','apiVersion':'v1','name':'q'}}");
        ObjectValue claims = claims(made.token());
        assertThat(claims.longOr("exp", 0) - claims.longOr("iat", 0)).isEqualTo(7200); // the longest life here
        assertThat(claims.objectOrEmpty("kubernetes.io").longOr("warnafter", 0) - claims.longOr("iat", 0))
                .isEqualTo(3607);
        assertThat(made.body().objectOrEmpty("status").stringOrEmpty("expirationTimestamp"))
                .isEqualTo("2026-03-01T13:00:07Z");
    }

    @Test
    void aTokenCountsForItsAudiencesOnly() {
        String token = requested("{'audiences':['vault','other']}").token();
        assertThat(who(token).code()).isEqualTo(401);
        assertThat(review(token, "['x','vault']").arrayOrEmpty("audiences").strings())
                .containsExactly("vault");
        assertThat(review(token, "['x']").stringOrEmpty("error"))
                .isEqualTo("[invalid bearer token, token audiences [\"vault\" \"other\"] is invalid for the target"
                        + " audiences [\"x\"]]");
        assertThat(review("alice-token", "['x']").stringOrEmpty("error")).isEqualTo("invalid bearer token");
        assertThat(review("alice-token", "['second','x']")
                        .arrayOrEmpty("audiences")
                        .strings())
                .containsExactly("second");
    }

    @Test
    void tokensOfFurtherIssuersAreTaken() throws Exception {
        String header = "{'alg':'RS256'}";
        String older = payload("https://older.example.com", "second", "2026-03-01T11:00:00Z", "2026-03-01T13:00:00Z");
        assertThat(who(signed(header, older, KEYS)).code()).isEqualTo(201);
        assertThat(who(signed(header, good(), KEYS)).code()).isEqualTo(201);
    }

    @Test
    void forgedTokensAreRefusedAndToldNothing() throws Exception {
        String text = part("{'alg':'HS256'}") + "." + part(good());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEYS.getPublic().getEncoded(), "HmacSHA256"));
        byte[] confused = mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        String rs = "{'alg':'RS256'}";
        String right = signed(rs, good(), KEYS);
        String[] parts = right.split("\\.", -1);

        List<String> forged = new ArrayList<>(List.of(
                part("{'alg':'none'}") + "." + part(good()) + ".",
                part("{'alg':'None'}") + "." + part(good()) + "." + parts[2],
                text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(confused),
                signed(rs, good(), OTHERS),
                signed("{'alg':'RS256','kid':'nobody'}", good(), KEYS),
                signed("{'alg':'PS256'}", good(), KEYS),
                signed("{'alg':'ES256'}", good(), KEYS),
                signed("{'alg':'RS256','crit':['x'],'x':1}", good(), KEYS),
                signed("{'alg':'RS256','b64':false,'crit':['b64']}", good(), KEYS),
                parts[0] + "." + part(good().replace("robot", "admin")) + "." + parts[2],
                parts[0] + "." + parts[1] + "." + parts[2].substring(4),
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1],
                right + "." + parts[2],
                right + ".",
                signed(
                        rs,
                        payload("https://evil.example.com", ISSUER, "2026-03-01T11:00:00Z", "2026-03-01T13:00:00Z"),
                        KEYS),
                signed(rs, payload(ISSUER, "elsewhere", "2026-03-01T11:00:00Z", "2026-03-01T13:00:00Z"), KEYS),
                signed(rs, payload(ISSUER, ISSUER, "2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z"), KEYS),
                signed(rs, payload(ISSUER, ISSUER, "2026-03-01T12:02:00Z", "2026-03-01T13:00:00Z"), KEYS),
                signed(rs, good().replace(accountUid, "00000000-0000-0000-0000-000000000001"), KEYS),
                signed(rs, good().replace("robot", "nobody"), KEYS),
                signed(rs, "[" + good() + "]", KEYS),
                signed(rs, "{'iss':['" + ISSUER + "']}", KEYS),
                part(rs) + "." + part("[".repeat(30_000)) + ".AAAA",
                part("{'a':" + "[".repeat(30_000)) + "." + part(good()) + ".AAAA",
                "x".repeat(1 << 19),
                "..",
                ".",
                "alice-toke",
                "alice-token2"));
        assertThat(who(right).code()).isEqualTo(201);
        for (String token : forged) {
            String start = token.substring(0, Math.min(token.length(), 60));
            Answer refused = who(token);
            assertThat(refused.code()).as(start).isEqualTo(401);
            assertThat(refused.message()).as(start).isEqualTo("Unauthorized");
            assertThat(refused.body().has("details")).as(start).isFalse();
            assertThat(outside(token, "GET", "/healthz", "").code()).as(start).isEqualTo(401);
            assertThat(review(token, "[]").isTrue("authenticated")).as(start).isFalse();
        }
    }

    @Test
    void tokensOfSecretsCountWhileTheSecretHoldsThem() throws Exception {
        String claim = "kubernetes.io/serviceaccount/";
        String payload = "{'iss':'kubernetes/serviceaccount','sub':'system:serviceaccount:default:robot','" + claim
                + "namespace':'default','" + claim + "secret.name':'legacy','" + claim
                + "service-account.name':'robot','" + claim + "service-account.uid':'" + accountUid + "'}";
        String token = signed("{'alg':'RS256'}", payload, KEYS);
        assertThat(who(token).code()).isEqualTo(401);
        String data = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        admin("POST", SECRETS, "{'metadata':{'name':'legacy'},'data':{'token':'" + data + "'}}");
        assertThat(who(token).code()).isEqualTo(201);
        admin("PUT", SECRETS + "/legacy", "{'metadata':{'name':'legacy'},'data':{'token':'eA=='}}");
        assertThat(who(token).code()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "usage-bootstrap-authentication, true, 201",
        "usage-bootstrap-authentication, false, 401",
        "token-secret, 0123456789abcdee, 401",
        "token-id, abcdee, 401",
        "expiration, 2026-03-01T11:59:59Z, 401",
        "expiration, never, 401",
        "auth-extra-groups, system:masters, 401",
    })
    void bootstrapTokensCountWhileTheirSecretSaysSo(String key, String value, int code) {
        String secrets = "/api/v1/namespaces/kube-system/secrets";
        ObjectValue data = JsonReader.readObject(("{'token-id':'abcdef','token-secret':'0123456789abcdef',"
                        + "'usage-bootstrap-authentication':'true','expiration':'2026-03-01T13:00:00Z',"
                        + "'auth-extra-groups':'system:bootstrappers:x'}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));
        admin("DELETE", secrets + "/bootstrap-token-abcdef", "{}");
        admin(
                "POST",
                secrets,
                "{'metadata':{'name':'bootstrap-token-abcdef'},'type':'bootstrap.kubernetes.io/token','stringData':"
                        + data.with(key, value) + "}");
        Answer answer = who("abcdef.0123456789abcdef");
        assertThat(answer.code()).isEqualTo(code);
        if (code == 201) {
            ObjectValue user = answer.body().objectAt("status", "userInfo");
            assertThat(user.stringOrEmpty("username")).isEqualTo("system:bootstrap:abcdef");
            assertThat(user.arrayOrEmpty("groups").strings())
                    .containsExactly("system:bootstrappers", "system:bootstrappers:x", "system:authenticated");
            assertThat(who("abcdef.0123456789abcdee").code()).isEqualTo(401);
        }
    }

    @Test
    void othersFindTheKeys() {
        Answer document = admin("GET", "/.well-known/openid-configuration", "");
        assertThat(document.body().stringOrEmpty("jwks_uri")).isEqualTo("https://127.0.0.1:6443/openid/v1/jwks");
        assertThat(document.body()
                        .arrayOrEmpty("id_token_signing_alg_values_supported")
                        .strings())
                .containsExactly("RS256");
        assertThat(document.headers().firstOrEmpty("Cache-Control")).isEqualTo("public, max-age=3600");
        Answer keys = admin("GET", "/openid/v1/jwks", "");
        assertThat(keys.headers().firstOrEmpty("Content-Type")).isEqualTo("application/jwk-set+json");
        ObjectValue key = keys.body().arrayOrEmpty("keys").objectAt(0);
        assertThat(key.stringOrEmpty("kty") + key.stringOrEmpty("use") + key.stringOrEmpty("alg"))
                .isEqualTo("RSAsigRS256");
        assertThat(JsonReader.readObject(Base64.getUrlDecoder()
                                .decode(requested("{}").token().split("\\.", -1)[0]))
                        .stringOrEmpty("kid"))
                .isEqualTo(key.stringOrEmpty("kid"));
        assertThat(outside(requested("{}").token(), "GET", "/openid/v1/jwks", "")
                        .code())
                .isEqualTo(200);
        assertThat(outside("alice-token", "GET", "/openid/v1/jwks", "").code()).isEqualTo(403);
    }
}

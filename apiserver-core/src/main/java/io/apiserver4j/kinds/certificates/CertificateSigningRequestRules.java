// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.certificates;

import io.apiserver4j.kinds.Choice;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRule;
import io.apiserver4j.request.Identity;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectEditor;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CertificateSigningRequests: asked for once and never changed; approved or denied through one subresource, answered with a
 * certificate through another. Who asked is written down by the server.
 */
public final class CertificateSigningRequestRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final ValuePath CERTIFICATE = ValuePath.of("status", "certificate");
    private static final ValuePath CONDITIONS = ValuePath.of("status", "conditions");
    private static final int MIN_EXPIRATION = 600;
    private static final String LEGACY_SIGNER = "kubernetes.io/legacy-unknown";
    private static final Choice USAGES = Choice.of(
            "signing",
            "digital signature",
            "content commitment",
            "key encipherment",
            "key agreement",
            "data encipherment",
            "cert sign",
            "crl sign",
            "encipher only",
            "decipher only",
            "any",
            "server auth",
            "client auth",
            "code signing",
            "email protection",
            "s/mime",
            "ipsec end system",
            "ipsec tunnel",
            "ipsec user",
            "timestamping",
            "ocsp signing",
            "microsoft sgc",
            "netscape sgc");
    private static final Set<String> FROM_IDENTITY = Set.of("username", "uid", "groups", "extra");

    @Override
    public ObjectValue prepareForCreate(ObjectValue object, StrategyContext context) {
        return object.with("spec", asked(object.objectOrEmpty("spec"), context.identity()));
    }

    private static ObjectValue asked(ObjectValue spec, Identity identity) {
        ObjectEditor out = ObjectValue.builder();
        for (ObjectValue.Member member : spec) {
            if (!FROM_IDENTITY.contains(member.key())) {
                out.put(member.key(), member.value());
            }
        }
        identity.toUserInfo().forEach(member -> out.put(member.key(), member.value()));
        return out.build();
    }

    @Override
    public ObjectValue prepareForUpdate(ObjectValue updated, ObjectValue current, StrategyContext context) {
        ObjectValue out = updated.with("spec", current.objectOrEmpty("spec"));
        ArrayValue conditions = RequestConditions.of(updated);
        switch (context.subresource()) {
            case "status" -> {
                conditions = RequestConditions.preserved(conditions, current, RequestConditions.APPROVED);
                conditions = RequestConditions.preserved(conditions, current, RequestConditions.DENIED);
                conditions = RequestConditions.timed(conditions, current, context.now());
                return withConditions(out, updated.objectOrEmpty("status"), conditions);
            }
            case "approval" -> {
                conditions = RequestConditions.timed(conditions, current, context.now());
                return withConditions(out, current.objectOrEmpty("status"), conditions);
            }
            default -> {
                return out;
            }
        }
    }

    private static ObjectValue withConditions(ObjectValue object, ObjectValue status, ArrayValue conditions) {
        ObjectEditor out = ObjectValue.builder();
        if (!conditions.isEmpty()) {
            out.put("conditions", conditions);
        }
        Value certificate = status.get("certificate");
        return object.with(
                "status", out.putIfPresent("certificate", certificate).build());
    }

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        check(object, ObjectValue.EMPTY, errors);
        RequestConditions.notBoth(object, ObjectValue.EMPTY, errors);
    }

    private static void check(ObjectValue object, ObjectValue current, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        ObjectValue before = current.objectOrEmpty("spec");
        String request = spec.stringOrEmpty("request");
        String problem = CertificateRequest.problem(bytes(request));
        if (problem != null) {
            errors.invalidShown(SPEC.field("request"), request.isEmpty() ? "null" : FieldErrors.json(request), problem);
        }
        usages(
                spec.arrayOrEmpty("usages").strings(),
                before.arrayOrEmpty("usages").strings(),
                SPEC.field("usages"),
                errors);
        String signer = spec.stringOrEmpty("signerName");
        if (signer.equals(LEGACY_SIGNER) && !before.stringOrEmpty("signerName").equals(LEGACY_SIGNER)) {
            errors.invalid(
                    SPEC.field("signerName"), signer, "the legacy signerName is not allowed via this API version");
        } else {
            SignerNames.check(signer, SPEC.field("signerName"), errors);
        }
        long expiration = spec.longOr("expirationSeconds", MIN_EXPIRATION);
        if (expiration < MIN_EXPIRATION) {
            errors.invalid(
                    SPEC.field("expirationSeconds"),
                    expiration,
                    "may not specify a duration less than 600 seconds (10 minutes)");
        }
        RequestConditions.check(object, current, errors);
        certificate(certificateOf(object), certificateOf(current), errors);
    }

    private static void usages(List<String> usages, List<String> before, ValuePath path, FieldErrors errors) {
        if (usages.isEmpty()) {
            errors.required(path, "");
        }
        for (int i = 0; i < usages.size() && before.stream().allMatch(USAGES::has); i++) {
            USAGES.check(usages.get(i), path.index(i), errors);
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < usages.size() && before.stream().distinct().count() == before.size(); i++) {
            if (!seen.add(usages.get(i))) {
                errors.duplicate(path.index(i), usages.get(i));
            }
        }
    }

    private static void certificate(String now, String before, FieldErrors errors) {
        if (now.equals(before) || certificateProblem(before) != null) {
            return;
        }
        String problem = certificateProblem(now);
        if (problem != null) {
            errors.invalid(CERTIFICATE, "<certificate data>", problem);
        }
    }

    private static @Nullable String certificateProblem(String text) {
        if (text.isEmpty()) {
            return null;
        }
        List<PemBlock> blocks = PemBlock.all(bytes(text));
        for (PemBlock block : blocks) {
            if (!block.isCertificate()) {
                return "only CERTIFICATE PEM blocks are allowed, found " + GoText.quote(block.type());
            }
            if (block.hasHeaders()) {
                return "no PEM block headers are permitted";
            }
            if (block.bytes().length == 0) {
                return "found CERTIFICATE PEM block containing 0 certificates";
            }
            if (block.certificate() == null) {
                return "x509: malformed certificate";
            }
        }
        return blocks.isEmpty() ? "must contain at least one CERTIFICATE PEM block" : null;
    }

    private static String certificateOf(ObjectValue object) {
        return object.objectOrEmpty("status").stringOrEmpty("certificate");
    }

    private static byte[] bytes(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        check(updated, current, errors);
        for (String type : RequestConditions.LASTING) {
            if (count(updated, type) < count(current, type)) {
                errors.forbidden(CONDITIONS, "updates may not remove a condition of type " + GoText.quote(type));
            }
        }
        if (!context.subresource().equals("approval")) {
            for (String type : List.of(RequestConditions.APPROVED, RequestConditions.DENIED)) {
                if (count(updated, type) > count(current, type)) {
                    errors.forbidden(CONDITIONS, "updates may not add a condition of type " + GoText.quote(type));
                }
            }
        }
        String before = certificateOf(current);
        if (!before.equals(certificateOf(updated))) {
            if (!context.subresource().equals("status")) {
                errors.forbidden(CERTIFICATE, "updates may not set certificate content");
            } else if (!before.isEmpty()) {
                errors.forbidden(CERTIFICATE, "updates may not modify existing certificate content");
            }
        }
        RequestConditions.notBoth(updated, current, errors);
    }

    private static int count(ObjectValue object, String type) {
        return RequestConditions.of(object, type).size();
    }

    @Override
    public NameRule nameRule() {
        return NameRule.PATH_SEGMENT;
    }

    @Override
    public List<String> resetFields(String subresource) {
        return switch (subresource) {
            case "status" -> List.of("spec", "status.conditions");
            case "approval" -> List.of("spec", "status.certificate");
            default -> List.of("spec", "status");
        };
    }
}

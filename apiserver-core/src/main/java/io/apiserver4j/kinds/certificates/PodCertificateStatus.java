// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.certificates;

import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.Timestamp;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import io.apiserver4j.view.ConditionView;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.jspecify.annotations.Nullable;

/**
 * The status of a PodCertificateRequest: it changes once, to issued, denied or failed. An issued certificate has to be for the
 * requested key, begin about now, and last as the request allows.
 */
final class PodCertificateStatus {
    private static final ValuePath STATUS = ValuePath.of("status");
    private static final ValuePath CHAIN = STATUS.field("certificateChain");
    private static final int MAX_CHAIN = 100 * 1024;
    private static final List<String> ENDS = List.of("Issued", "Denied", "Failed");
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration REFRESH_MARGIN = Duration.ofMinutes(10);
    private static final int DNS_NAME = 2;

    private PodCertificateStatus() {}

    static void check(ObjectValue updated, ObjectValue current, Instant now, FieldErrors errors) {
        ObjectValue status = updated.objectOrEmpty("status");
        ArrayValue conditions = status.arrayOrEmpty("conditions");
        ends(conditions, errors);
        EmbeddedRules.conditions(conditions, STATUS.field("conditions"), errors);
        if (!errors.isEmpty()) {
            return;
        }
        boolean same = plain(status).equals(plain(current.objectOrEmpty("status")));
        if (ENDS.stream().anyMatch(end -> ConditionView.isTrue(current, end))) {
            unchanged(same, "immutable after PodCertificateRequest is issued, denied, or failed", errors);
        } else if (ConditionView.isTrue(updated, "Denied") || ConditionView.isTrue(updated, "Failed")) {
            unchanged(
                    plain(status).without("conditions").isEmpty(),
                    "non-condition status fields must be empty when denying or failing the PodCertificateRequest",
                    errors);
        } else if (ConditionView.isTrue(updated, "Issued")) {
            issued(status, current.objectOrEmpty("spec"), now, errors);
        } else {
            unchanged(
                    same, "status is immutable unless transitioning to \"Issued\", \"Denied\", or \"Failed\"", errors);
        }
    }

    private static void ends(ArrayValue conditions, FieldErrors errors) {
        int known = 0;
        for (int i = 0; i < conditions.size(); i++) {
            String type = conditions.objectAt(i).stringOrEmpty("type");
            String status = conditions.objectAt(i).stringOrEmpty("status");
            ValuePath path = STATUS.field("conditions").field("[" + i + "]");
            if (!ENDS.contains(type)) {
                errors.notSupported(path.field("type"), type, ENDS);
                continue;
            }
            if (++known > 1) {
                errors.invalid(
                        path.field("type"),
                        type,
                        "There may be at most one condition with type \"Issued\", \"Denied\", or \"Failed\"");
            }
            if (!status.equals("True")) {
                errors.notSupported(path.field("status"), status, List.of("True"));
            }
        }
    }

    /** The status without what is empty. */
    private static ObjectValue plain(ObjectValue status) {
        ObjectValue out = status;
        for (ObjectValue.Member member : status) {
            boolean empty = member.value().isNull()
                    || ArrayValue.EMPTY.equals(member.value())
                    || "".equals(member.value().asString());
            out = empty ? out.without(member.key()) : out;
        }
        return out;
    }

    private static void unchanged(boolean fits, String detail, FieldErrors errors) {
        if (!fits) {
            errors.invalidOmitted(STATUS, detail);
        }
    }

    private static void issued(ObjectValue status, ObjectValue spec, Instant now, FieldErrors errors) {
        String chain = status.stringOrEmpty("certificateChain");
        if (GoText.byteLength(chain) > MAX_CHAIN) {
            errors.tooLong(CHAIN, MAX_CHAIN);
            return;
        }
        List<PemBlock> blocks = PemBlock.all(chain);
        if (blocks.isEmpty()) {
            errors.invalid(CHAIN, chain, "issued certificate chain must contain at least one certificate");
            return;
        }
        if (!blocks.get(0).isCertificate()) {
            errors.invalid(CHAIN, chain, "issued certificate chain must consist entirely of CERTIFICATE PEM blocks");
            return;
        }
        X509Certificate leaf = blocks.get(0).certificate();
        if (leaf == null) {
            errors.invalid(CHAIN, chain, "leaf certificate does not parse as valid X.509");
            return;
        }
        int before = errors.size();
        names(leaf, errors);
        SubjectPublicKeyInfo key = requestedKey(spec);
        if (key == null || !isFor(leaf, key)) {
            errors.invalid(CHAIN, chain, "leaf certificate was not issued to the requested public key");
            return;
        }
        times(status, errors);
        if (errors.size() > before) {
            return;
        }
        String problem = timeProblem(status, leaf, spec, now, errors);
        if (problem == null) {
            others(blocks, chain, errors);
        }
    }

    private static void names(X509Certificate leaf, FieldErrors errors) {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            if (names == null) {
                return;
            }
            for (List<?> name : names) {
                if (name.get(0).equals(DNS_NAME)) {
                    dnsName(String.valueOf(name.get(1)), errors);
                }
            }
        } catch (CertificateParsingException e) {
            errors.invalid(CHAIN, "", "leaf certificate does not parse as valid X.509");
        }
    }

    private static void dnsName(String name, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.invalid(CHAIN, name, "leaf certificate should not contain empty DNSName");
        }
        if (name.contains("..")) {
            errors.invalid(CHAIN, name, "leaf certificate's DNSName should not contain '..'");
        }
        if (name.startsWith(".") || name.endsWith(".")) {
            errors.invalid(CHAIN, name, "leaf certificate's DNSName should not start or end with '.'");
        }
    }

    private static @Nullable SubjectPublicKeyInfo requestedKey(ObjectValue spec) {
        String stub = spec.stringOrEmpty("stubPKCS10Request");
        if (stub.isEmpty()) {
            return CertificateRequest.publicKey(Base64.getMimeDecoder().decode(spec.stringOrEmpty("pkixPublicKey")));
        }
        CertificateRequest request =
                CertificateRequest.parse(Base64.getMimeDecoder().decode(stub));
        return request == null ? null : request.publicKey();
    }

    private static boolean isFor(X509Certificate leaf, SubjectPublicKeyInfo key) {
        try {
            return Arrays.equals(leaf.getPublicKey().getEncoded(), key.getEncoded());
        } catch (IOException e) {
            return false;
        }
    }

    private static void times(ObjectValue status, FieldErrors errors) {
        String consistent = "must be present and consistent with the issued certificate";
        required(status, "notBefore", consistent, errors);
        required(status, "notAfter", consistent, errors);
        required(
                status, "beginRefreshAt", "must be present and in the range [notbefore+10min, notafter-10min]", errors);
    }

    private static void required(ObjectValue status, String name, String detail, FieldErrors errors) {
        if (status.getString(name) == null) {
            errors.required(STATUS.field(name), detail);
        }
    }

    /** What is wrong with the times, told already; null where nothing is. */
    private static @Nullable String timeProblem(
            ObjectValue status, X509Certificate leaf, ObjectValue spec, Instant now, FieldErrors errors) {
        Instant start = leaf.getNotBefore().toInstant();
        Instant end = leaf.getNotAfter().toInstant();
        Instant refresh = Timestamp.parse(status.stringOrEmpty("beginRefreshAt"));
        if (!Timestamp.parse(status.stringOrEmpty("notBefore")).equals(start)) {
            return told(
                    status, "notBefore", "must be set to the NotBefore time encoded in the leaf certificate", errors);
        }
        if (!start.isAfter(now.minus(SKEW)) || !start.isBefore(now.plus(SKEW))) {
            return told(
                    status, "notBefore", "must be set to within 5 minutes of kube-apiserver's current time", errors);
        }
        if (!Timestamp.parse(status.stringOrEmpty("notAfter")).equals(end)) {
            return told(status, "notAfter", "must be set to the NotAfter time encoded in the leaf certificate", errors);
        }
        Duration lifetime = Duration.between(start, end);
        long most = spec.longOr("maxExpirationSeconds", 0);
        String problem = lifetime.compareTo(Duration.ofHours(1)) < 0
                ? "leaf certificate lifetime must be >= 1 hour"
                : lifetime.getSeconds() > most
                        ? "leaf certificate lifetime must be <= spec.maxExpirationSeconds (" + most + ")"
                        : null;
        if (problem != null) {
            errors.invalid(CHAIN, lifetime.toNanos(), problem);
            return problem;
        }
        if (refresh.isBefore(start.plus(REFRESH_MARGIN))) {
            return told(status, "beginRefreshAt", "must be at least 10 minutes after status.notBefore", errors);
        }
        return refresh.isAfter(end.minus(REFRESH_MARGIN))
                ? told(status, "beginRefreshAt", "must be at least 10 minutes before status.notAfter", errors)
                : null;
    }

    private static String told(ObjectValue status, String name, String problem, FieldErrors errors) {
        errors.invalid(STATUS.field(name), status.stringOrEmpty(name), problem);
        return problem;
    }

    private static void others(List<PemBlock> blocks, String chain, FieldErrors errors) {
        for (PemBlock block : blocks.subList(1, blocks.size())) {
            if (!block.isCertificate()) {
                // Kubernetes' own spelling
                errors.invalid(CHAIN, chain, "issued certificate chain must consist entirely of CERTFICATE PEM blocks");
                return;
            }
            if (block.certificate() == null) {
                errors.invalid(CHAIN, chain, "intermediate certificate does not parse as valid X.509");
                return;
            }
        }
    }
}

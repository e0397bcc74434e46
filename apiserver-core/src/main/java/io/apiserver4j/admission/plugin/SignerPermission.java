// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.admission.AdmissionRequest;
import io.apiserver4j.admission.AdmissionRequest.Operation;
import io.apiserver4j.admission.ValidatingPlugin;
import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who approves, signs or attests for a signer must have the right to, by its name or by its domain ({@code example.com/*}):
 * the plugins CertificateApproval, CertificateSigning and ClusterTrustBundleAttest.
 */
final class SignerPermission implements ValidatingPlugin {
    private static final String GROUP = "certificates.k8s.io";

    private final String name;
    private final String verb;
    private final String refusal;
    private final Authorizer authorizer;
    private final Concern concern;

    /** Finds the signer that a write is about; null where it is about none. */
    private interface Concern {
        @Nullable
        String signerOf(AdmissionRequest request);
    }

    private SignerPermission(String name, String verb, String refusal, Authorizer authorizer, Concern concern) {
        this.name = name;
        this.verb = verb;
        this.refusal = refusal;
        this.authorizer = authorizer;
        this.concern = concern;
    }

    /** The plugins by name. */
    static Map<String, SignerPermission> all(Authorizer authorizer) {
        String approval = "CertificateApproval";
        String signing = "CertificateSigning";
        String attest = "ClusterTrustBundleAttest";
        return Map.of(
                approval,
                new SignerPermission(
                        approval,
                        "approve",
                        "user not permitted to approve requests with signerName ",
                        authorizer,
                        SignerPermission::approved),
                signing,
                new SignerPermission(
                        signing,
                        "sign",
                        "user not permitted to sign requests with signerName ",
                        authorizer,
                        SignerPermission::signed),
                attest,
                new SignerPermission(
                        attest,
                        "attest",
                        "user not permitted to attest for signerName ",
                        authorizer,
                        SignerPermission::attested));
    }

    private static @Nullable String approved(AdmissionRequest request) {
        ObjectValue old = request.oldObject();
        return old != null && isPart(request, "certificatesigningrequests", "approval") ? signer(old) : null;
    }

    private static @Nullable String signed(AdmissionRequest request) {
        ObjectValue old = request.oldObject();
        ObjectValue object = request.object();
        if (old == null || object == null) {
            return null;
        }
        boolean certificate = isPart(request, "certificatesigningrequests", "status")
                && (differs(old, object, "certificate") || differs(old, object, "conditions"));
        boolean pod = isPart(request, "podcertificaterequests", "status");
        return certificate || pod ? signer(old) : null;
    }

    private static @Nullable String attested(AdmissionRequest request) {
        ObjectValue object = request.object();
        if (object == null || !request.isFor(GROUP, "clustertrustbundles")) {
            return null;
        }
        String signer = signer(object);
        return signer.isEmpty() ? null : signer;
    }

    private static boolean differs(ObjectValue old, ObjectValue object, String member) {
        Value before = old.objectOrEmpty("status").get(member);
        Value after = object.objectOrEmpty("status").get(member);
        return before == null ? after != null : !before.equals(after);
    }

    private static boolean isPart(AdmissionRequest request, String resource, String subresource) {
        return request.operation() == Operation.UPDATE
                && request.subresource().equals(subresource)
                && request.definition().plural().equals(resource)
                && request.definition().group().equals(GROUP);
    }

    private static String signer(ObjectValue object) {
        return object.objectOrEmpty("spec").stringOrEmpty("signerName");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void validate(AdmissionRequest request) {
        String signer = concern.signerOf(request);
        if (signer != null && !may(request, signer) && !may(request, domain(signer))) {
            throw request.forbidden(refusal + GoText.quote(signer));
        }
    }

    private static String domain(String signer) {
        int slash = signer.indexOf('/');
        return (slash < 0 ? signer : signer.substring(0, slash)) + "/*";
    }

    private boolean may(AdmissionRequest request, String signer) {
        return authorizer
                .authorize(
                        new AccessAttributes(request.identity(), verb, true, GROUP, "*", "signers", "", "", signer, ""))
                .isAllowed();
    }
}

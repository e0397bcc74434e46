// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authn;

import io.apiserver4j.request.Call;
import io.apiserver4j.request.Identity;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Knows callers by client certificates that one of our authorities signed: the common name is the user, organizations are
 * the groups. The fingerprint goes into the extra facts, as in kube-apiserver.
 */
public final class ClientCertificates implements Authenticator {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int REMEMBERED = 4096;

    private final Set<TrustAnchor> anchors;
    private final InstantSource clock;
    private final Map<X509Certificate, Remembered> verified = new ConcurrentHashMap<>();

    private record Remembered(Identity identity, Date until) {}

    /** Trusts these authorities. */
    public ClientCertificates(List<X509Certificate> authorities, InstantSource clock) {
        this.anchors = new HashSet<>();
        authorities.forEach(authority -> anchors.add(new TrustAnchor(authority, null)));
        this.clock = clock;
    }

    @Override
    public AuthResult authenticate(Call call) {
        List<X509Certificate> chain = call.request().peer().certificates();
        if (chain.isEmpty()) {
            return AuthResult.NO_OPINION;
        }
        X509Certificate leaf = chain.get(0);
        Date now = Date.from(clock.instant());
        Remembered known = verified.get(leaf);
        if (known != null && now.before(known.until())) {
            return new AuthResult.Known(known.identity());
        }
        try {
            verify(chain, now);
            Identity identity = identity(leaf);
            if (verified.size() > REMEMBERED) {
                verified.clear();
            }
            verified.put(leaf, new Remembered(identity, leaf.getNotAfter()));
            return new AuthResult.Known(identity);
        } catch (GeneralSecurityException | InvalidNameException e) {
            return new AuthResult.Refused("client certificate: " + e.getMessage());
        }
    }

    private void verify(List<X509Certificate> chain, Date now) throws GeneralSecurityException {
        X509Certificate leaf = chain.get(0);
        leaf.checkValidity(now);
        List<String> usages = leaf.getExtendedKeyUsage();
        if (usages != null && !usages.contains(CLIENT_AUTH) && !usages.contains("2.5.29.37.0")) {
            throw new GeneralSecurityException("the certificate is not made for clients");
        }
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(now);
        List<X509Certificate> path = new ArrayList<>(chain);
        path.removeIf(one -> one.getSubjectX500Principal().equals(one.getIssuerX500Principal()) && path.size() > 1);
        CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
        CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
    }

    private static Identity identity(X509Certificate leaf) throws GeneralSecurityException, InvalidNameException {
        String user = "";
        List<String> groups = new ArrayList<>();
        LdapName name = new LdapName(leaf.getSubjectX500Principal().getName());
        for (Rdn part : name.getRdns()) {
            String value = String.valueOf(part.getValue());
            if (part.getType().equalsIgnoreCase("CN")) {
                user = value;
            } else if (part.getType().equalsIgnoreCase("O")) {
                groups.add(value);
            }
        }
        groups.add(Identity.AUTHENTICATED);
        String fingerprint =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded()));
        return new Identity(
                user,
                "",
                groups,
                Map.of("authentication.kubernetes.io/credential-id", List.of("X509SHA256=" + fingerprint)));
    }
}

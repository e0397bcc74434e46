// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.kinds.InternalForm;
import io.apiserver4j.meta.EmbeddedRules;
import io.apiserver4j.meta.FieldRules;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.MetadataRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The rules of volumes that are made of files with content from elsewhere: keys of objects, fields of the pod, tokens.
 */
final class ProjectedRules {
    private static final String MODE = "must be a number between 0 and 0777 (octal), both inclusive";
    private static final String CONFLICT = "conflicting duplicate paths";
    private static final List<String> KEY_TYPES =
            List.of("RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519");
    private static final long DAY = 24 * 60 * 60;

    private ProjectedRules() {}

    private static void mode(Part holder, String field) {
        holder.between(field, 0, 0777, MODE);
    }

    /** A volume of the keys of a secret or a config map. */
    static void keys(Part source, String field) {
        source.require(field.equals("secret") ? "secretName" : "name");
        mode(source, "defaultMode");
        source.parts("items").forEach(ProjectedRules::key);
    }

    private static void key(Part item) {
        item.requireAll("key", "path");
        PathRules.notReserved(item.text("path"), item.at("path"), item.errors());
        mode(item, "mode");
    }

    /** A volume of fields of the pod. */
    static void downwardApi(Part source) {
        mode(source, "defaultMode");
        for (Part file : source.parts("items")) {
            file(new Part(file.tree(), source.path(), source.errors()));
        }
    }

    /** A file with a field of the pod; told of without its place in the list. */
    private static void file(Part file) {
        file.require("path");
        PathRules.notReserved(file.text("path"), file.at("path"), file.errors());
        if (file.has("fieldRef")) {
            EnvRules.volumeFieldReference(file.part("fieldRef"));
            if (file.has("resourceFieldRef")) {
                file.errors()
                        .invalid(
                                file.path(),
                                "resource",
                                "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        } else if (file.has("resourceFieldRef")) {
            EnvRules.resourceReference(file.part("resourceFieldRef"), true);
        } else {
            file.errors().required(file.path(), "one of fieldRef and resourceFieldRef is required");
        }
        mode(file, "mode");
    }

    /** A volume of several sources, whose files may not lie in each other's places. */
    static void projected(Part volume, Leniency leniency) {
        mode(volume, "defaultMode");
        Set<String> paths = new HashSet<>();
        for (Part source : volume.parts("sources")) {
            int kinds = 0;
            for (String field : List.of("secret", "configMap")) {
                if (source.has(field)) {
                    kinds++;
                    Part object = source.part(field);
                    object.require("name");
                    for (Part item : object.parts("items")) {
                        key(item);
                        take(volume, item.text("path"), object.text("name"), paths);
                    }
                }
            }
            if (source.has("downwardAPI")) {
                kinds++;
                Part fields = source.part("downwardAPI");
                for (Part item : fields.parts("items")) {
                    file(new Part(item.tree(), fields.path(), fields.errors()));
                    take(volume, item.text("path"), item.text("path"), paths);
                }
            }
            if (source.has("serviceAccountToken")) {
                kinds++;
                token(volume, source.part("serviceAccountToken"), leniency);
            }
            if (source.has("clusterTrustBundle")) {
                kinds++;
                trustBundle(source.part("clusterTrustBundle"));
                String path = source.part("clusterTrustBundle").text("path");
                if (!paths.add(path)) {
                    volume.errors().invalid(volume.path(), path, CONFLICT);
                }
            }
            if (source.has("podCertificate")) {
                kinds++;
                certificate(volume, source.part("podCertificate"), paths);
            }
            if (kinds > 1) {
                source.errors().forbidden(source.path(), "may not specify more than 1 volume type per source");
            }
        }
    }

    private static void take(Part volume, String path, String shown, Set<String> paths) {
        if (!path.isEmpty() && !paths.add(path)) {
            volume.errors().invalid(volume.path(), shown, CONFLICT);
        }
    }

    private static void token(Part volume, Part token, Leniency leniency) {
        Long seconds = token.number("expirationSeconds");
        if (seconds == null) {
            token.errors().required(token.at("expirationSeconds"), "");
        } else if (seconds < 600) {
            token.invalid("expirationSeconds", "may not specify a duration less than 10 minutes");
        } else if (seconds > 1L << 32) {
            token.invalid("expirationSeconds", "may not specify a duration larger than 2^32 seconds");
        }
        String path = token.text("path");
        if (path.isEmpty()) {
            volume.errors().required(volume.at("path"), "");
        } else if (!leniency.tokenPaths()) {
            PathRules.notReserved(path, volume.at("path"), volume.errors());
        }
    }

    private static void trustBundle(Part bundle) {
        boolean named = bundle.has("name");
        boolean signed = bundle.has("signerName");
        if (named && signed) {
            bundle.invalidAs("core.ClusterTrustBundleProjection", "only one of name and signerName may be used");
        } else if (named) {
            String name = bundle.text("name");
            if (name.isEmpty()) {
                bundle.errors().required(bundle.at("name"), "must be a valid object name");
            }
            for (String problem : bundleName(name)) {
                bundle.errors().invalid(bundle.at("name"), name, "not a valid clustertrustbundlename: " + problem);
            }
            if (bundle.has("labelSelector")) {
                bundle.errors()
                        .invalidShown(
                                bundle.at("labelSelector"),
                                InternalForm.shown("wire", bundle.tree().get("labelSelector")),
                                "labelSelector must be unset if name is specified");
            }
        } else if (signed) {
            if (bundle.text("signerName").isEmpty()) {
                bundle.errors().required(bundle.at("signerName"), "must be a valid signer name");
            }
            signerName(bundle);
            EmbeddedRules.labelSelector(
                    bundle.tree().objectOrEmpty("labelSelector"),
                    EmbeddedRules.Leniency.NONE,
                    bundle.at("labelSelector"),
                    bundle.errors());
        } else {
            bundle.errors().required(bundle.path(), "either name or signerName must be specified");
        }
        bundle.require("path");
        PathRules.notReserved(bundle.text("path"), bundle.at("path"), bundle.errors());
    }

    /** A bundle of a signer has the signer in its name, with colons for slashes. */
    private static List<String> bundleName(String name) {
        int colon = name.lastIndexOf(':');
        return NameRules.dns1123Subdomain(name.substring(colon + 1));
    }

    private static void certificate(Part volume, Part certificate, Set<String> paths) {
        signerName(certificate);
        if (certificate.has("userAnnotations")) {
            ObjectValue annotations = certificate.tree().objectOrEmpty("userAnnotations");
            long bytes = 0;
            for (ObjectValue.Member one : annotations) {
                FieldRules.domainPrefixedKey(
                        certificate.at("userAnnotations"), one.key().toLowerCase(Locale.ROOT), certificate.errors());
                String value = one.value().asString();
                bytes += GoText.byteLength(one.key()) + (value == null ? 0 : GoText.byteLength(value));
            }
            if (bytes > MetadataRules.MAX_ANNOTATION_BYTES) {
                certificate.errors().tooLong(certificate.at("userAnnotations"), MetadataRules.MAX_ANNOTATION_BYTES);
            }
        }
        if (!KEY_TYPES.contains(certificate.text("keyType"))) {
            certificate.errors().notSupported(certificate.at("keyType"), certificate.text("keyType"), KEY_TYPES);
        }
        Long seconds = certificate.number("maxExpirationSeconds");
        if (seconds != null) {
            String host = certificate.text("signerName").split("/", 2)[0];
            boolean own = host.equals("kubernetes.io") || host.endsWith(".kubernetes.io");
            long most = own ? DAY : 91 * DAY;
            if (seconds < 3600) {
                certificate.invalid("maxExpirationSeconds", "if provided, maxExpirationSeconds must be >= 3600");
            }
            if (seconds > most) {
                certificate.invalid("maxExpirationSeconds", "if provided, maxExpirationSeconds must be <= " + most);
            }
        }
        boolean any = false;
        for (String field : List.of("credentialBundlePath", "keyPath", "certificateChainPath")) {
            String path = certificate.text(field);
            if (!path.isEmpty()) {
                any = true;
                PathRules.notReserved(path, certificate.at(field), certificate.errors());
                take(volume, path, path, paths);
            }
        }
        if (!any) {
            certificate
                    .errors()
                    .required(
                            certificate.path(),
                            "specify at least one of credentialBundlePath, keyPath, and certificateChainPath");
        }
    }

    private static void signerName(Part holder) {
        SignerNameRules.check(holder.text("signerName"), holder.at("signerName"), holder.errors());
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules of single sources of volumes, most of which are the same in pods and in persistent volumes. */
public final class VolumeSourceRules {
    private static final Pattern IQN = Pattern.compile("iqn\\.\\d{4}-\\d{2}\\.([a-zA-Z0-9\\-.]+)(:[^,;*&$|\\s]+)$");
    private static final Pattern EUI = Pattern.compile("^eui.[a-zA-Z0-9]{16}$");
    private static final Pattern NAA = Pattern.compile("^naa.[a-zA-Z0-9]{32}$");

    private VolumeSourceRules() {}

    /** Checks a source by the name of its field in a pod; those made of files ({@code projected} and such) not. */
    public static void check(String field, Part source) {
        switch (field) {
            case "emptyDir" -> emptyDir(source);
            case "hostPath" -> hostPath(source);
            case "gitRepo" -> {
                source.require("repository");
                PathRules.descending(source.text("directory"), source.at("directory"), source.errors());
            }
            case "gcePersistentDisk" -> disk(source, "pdName");
            case "awsElasticBlockStore" -> disk(source, "volumeID");
            case "nfs" -> nfs(source);
            case "iscsi" -> iscsi(source, "must be valid format starting with iqn, eui, or naa");
            case "glusterfs" -> source.requireAll("endpoints", "path");
            case "flocker" -> flocker(source);
            case "persistentVolumeClaim" -> source.require("claimName");
            case "rbd" -> {
                requireList(source, "monitors");
                source.require("image");
            }
            case "cinder" -> {
                source.require("volumeID");
                secret(source);
            }
            case "cephfs" -> requireList(source, "monitors");
            case "quobyte" -> quobyte(source);
            case "fc" -> fibreChannel(source);
            case "flexVolume" -> flex(source);
            case "azureFile" -> source.requireAll("secretName", "shareName");
            case "vsphereVolume" -> source.require("volumePath");
            case "photonPersistentDisk" -> source.require("pdID");
            case "portworxVolume" -> source.require("volumeID");
            case "azureDisk" -> azureDisk(source);
            case "storageos" -> {
                source.requireLabel("volumeName");
                if (!source.text("volumeNamespace").isEmpty()) {
                    source.label("volumeNamespace");
                }
                secret(source);
            }
            case "scaleIO" -> source.requireAll("gateway", "system", "volumeName");
            case "csi" -> csi(source);
            default -> {}
        }
    }

    private static void requireList(Part source, String field) {
        if (source.tree().arrayOrEmpty(field).isEmpty()) {
            source.errors().required(source.at(field), "");
        }
    }

    private static void secret(Part source) {
        if (source.has("secretRef")) {
            source.part("secretRef").require("name");
        }
    }

    private static void emptyDir(Part source) {
        String limit = source.text("sizeLimit");
        if (!limit.isEmpty() && Quantity.parse(limit).sign() < 0) {
            source.forbid("sizeLimit", "SizeLimit field must be a valid resource quantity");
        }
    }

    private static void hostPath(Part source) {
        if (!source.require("path")) {
            return;
        }
        PathRules.noBacksteps(source.text("path"), source.at("path"), source.errors());
        source.choice(
                "type",
                List.of(
                        "",
                        "BlockDevice",
                        "CharDevice",
                        "Directory",
                        "DirectoryOrCreate",
                        "File",
                        "FileOrCreate",
                        "Socket"));
    }

    private static void disk(Part source, String id) {
        source.require(id);
        source.between("partition", 0, 255, NameRules.rangeError(1, 255));
    }

    private static void nfs(Part source) {
        source.requireAll("server", "path");
        if (!source.text("path").startsWith("/")) {
            source.invalidText("path", "must be an absolute path");
        }
    }

    /** A target of iSCSI; persistent volumes tell of names that begin with no known word in other words. */
    public static void iscsi(Part source, String unknownStart) {
        source.require("targetPortal");
        if (source.require("iqn")) {
            String problem = iscsiName(source.text("iqn"), unknownStart);
            if (!problem.isEmpty()) {
                source.invalid("iqn", problem);
            }
        }
        source.between("lun", 0, 255);
        if ((source.isTrue("chapAuthDiscovery") || source.isTrue("chapAuthSession")) && !source.has("secretRef")) {
            source.errors().required(source.at("secretRef"), "");
        }
        if (source.has("initiatorName")) {
            String problem = iscsiName(source.text("initiatorName"), unknownStart);
            if (!problem.isEmpty()) {
                source.errors().invalid(source.at("initiatorname"), source.text("initiatorName"), problem);
            }
        }
    }

    private static String iscsiName(String name, String unknownStart) {
        String broken = "must be valid format";
        if (name.startsWith("iqn")) {
            return IQN.matcher(name).find() ? "" : broken;
        }
        if (name.startsWith("eui")) {
            return EUI.matcher(name).find() ? "" : broken;
        }
        if (name.startsWith("naa")) {
            return NAA.matcher(name).find() ? "" : broken;
        }
        return unknownStart;
    }

    private static void flocker(Part source) {
        boolean named = !source.text("datasetName").isEmpty();
        boolean identified = !source.text("datasetUUID").isEmpty();
        if (!named && !identified) {
            source.errors().required(source.path(), "one of datasetName and datasetUUID is required");
        }
        if (named && identified) {
            source.errors()
                    .invalid(
                            source.path(),
                            "resource",
                            "datasetName and datasetUUID can not be specified simultaneously");
        }
        if (source.text("datasetName").contains("/")) {
            source.invalid("datasetName", "must not contain '/'");
        }
    }

    private static void quobyte(Part source) {
        String registry = source.text("registry");
        String form = "must be a host:port pair or multiple pairs separated by commas";
        if (registry.isEmpty()) {
            source.errors().required(source.at("registry"), form);
        } else if (source.text("tenant").length() >= 65) {
            source.errors()
                    .required(source.at("tenant"), "must be a UUID and may not exceed a length of 64 characters");
        } else {
            for (String pair : registry.split(",", -1)) {
                if (!isHostAndPort(pair)) {
                    source.invalid("registry", form);
                }
            }
        }
        source.require("volume");
    }

    private static boolean isHostAndPort(String pair) {
        if (pair.startsWith("[")) {
            int end = pair.indexOf(']');
            return end > 0 && pair.startsWith(":", end + 1) && pair.lastIndexOf(':') == end + 1;
        }
        int colon = pair.indexOf(':');
        return colon >= 0 && colon == pair.lastIndexOf(':') && pair.indexOf('[') < 0 && pair.indexOf(']') < 0;
    }

    private static void fibreChannel(Part source) {
        List<String> names = source.texts("targetWWNs");
        boolean identified = !source.texts("wwids").isEmpty();
        if (names.isEmpty() && !identified) {
            source.errors().required(source.at("targetWWNs"), "must specify either targetWWNs or wwids, but not both");
        }
        if (!names.isEmpty() && identified) {
            source.errors()
                    .invalidShown(
                            source.at("targetWWNs"),
                            FieldErrors.json(names),
                            "targetWWNs and wwids can not be specified simultaneously");
        }
        if (!names.isEmpty()) {
            if (source.has("lun")) {
                source.between("lun", 0, 255);
            } else {
                source.errors().required(source.at("lun"), "lun is required if targetWWNs is specified");
            }
        }
    }

    private static void flex(Part source) {
        source.require("driver");
        for (String key : source.tree().objectOrEmpty("options").strings().keySet()) {
            int slash = key.indexOf('/');
            String domain = "." + (slash < 0 ? key : key.substring(0, slash)).toLowerCase(Locale.ROOT);
            if (domain.endsWith(".kubernetes.io") || domain.endsWith(".k8s.io")) {
                source.errors()
                        .invalid(
                                source.at("options").key(key), key, "kubernetes.io and k8s.io namespaces are reserved");
            }
        }
    }

    private static void azureDisk(Part source) {
        source.requireAll("diskName", "diskURI");
        source.choice("cachingMode", List.of("None", "ReadOnly", "ReadWrite"));
        source.choice("kind", List.of("Dedicated", "Managed", "Shared"));
        String uri = source.text("diskURI");
        if (!source.has("kind")) {
            return;
        }
        if (source.text("kind").equals("Managed")) {
            if (!uri.startsWith("/subscriptions/")) {
                source.errors()
                        .notSupported(
                                source.at("diskURI"),
                                uri,
                                List.of("/subscriptions/{sub-id}/resourcegroups/{group-name}/providers"
                                        + "/microsoft.compute/disks/{disk-id}"));
            }
        } else if (!uri.startsWith("https://")) {
            source.errors()
                    .notSupported(
                            source.at("diskURI"),
                            uri,
                            List.of("https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"));
        }
    }

    private static void csi(Part source) {
        driver(source, "driver");
        if (source.has("nodePublishSecretRef")) {
            Part secret = source.part("nodePublishSecretRef");
            if (secret.require("name")) {
                String name = secret.text("name");
                source.errors().invalidAll(source.at("name"), name, NameRules.dns1123Subdomain(name));
            }
        }
    }

    /** The name of a driver of CSI. */
    public static void driver(Part holder, String field) {
        if (!holder.require(field)) {
            return;
        }
        String name = holder.text(field);
        if (GoText.byteLength(name) > 63) {
            holder.errors().tooLong(holder.at(field), 63);
        }
        holder.told(field, NameRules.dns1123Subdomain(name.toLowerCase(Locale.ROOT)));
    }
}

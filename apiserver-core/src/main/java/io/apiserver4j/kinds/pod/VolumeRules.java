// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.value.ObjectValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of the volumes of a pod: each has a name of its own and one source. */
final class VolumeRules {
    /**
     * A kind of source.
     *
     * @param field its field
     * @param told what the message about a second source calls it; Kubernetes has some slips here
     * @param checked what messages about its fields call it
     */
    private record Source(String field, String told, String checked) {
        Source(String field) {
            this(field, field, field);
        }
    }

    private static final List<Source> SOURCES = List.of(
            new Source("emptyDir"),
            new Source("hostPath"),
            new Source("gitRepo"),
            new Source("gcePersistentDisk", "gcePersistentDisk", "persistentDisk"),
            new Source("awsElasticBlockStore"),
            new Source("secret"),
            new Source("nfs"),
            new Source("iscsi"),
            new Source("glusterfs"),
            new Source("flocker"),
            new Source("persistentVolumeClaim"),
            new Source("rbd"),
            new Source("cinder"),
            new Source("cephfs", "cephFS", "cephfs"),
            new Source("quobyte"),
            new Source("downwardAPI", "downwarAPI", "downwardAPI"),
            new Source("fc"),
            new Source("flexVolume"),
            new Source("configMap"),
            new Source("azureFile"),
            new Source("vsphereVolume"),
            new Source("photonPersistentDisk"),
            new Source("portworxVolume"),
            new Source("azureDisk"),
            new Source("storageos"),
            new Source("projected"),
            new Source("scaleIO"),
            new Source("csi"),
            new Source("ephemeral"),
            new Source("image"));

    private VolumeRules() {}

    /**
     * Checks the volumes of a spec; answers the valid ones by name.
     *
     * @param pod the name of the pod, from which names of claims are made; empty for templates
     */
    static Map<String, ObjectValue> check(Part spec, String pod, Leniency leniency) {
        List<Part> volumes = spec.parts("volumes");
        Set<String> made = new HashSet<>();
        for (Part volume : volumes) {
            if (!pod.isEmpty() && volume.has("ephemeral")) {
                made.add(pod + "-" + volume.text("name"));
            }
        }
        Map<String, ObjectValue> valid = new HashMap<>();
        for (Part volume : volumes) {
            FieldErrors found = new FieldErrors();
            String name = volume.text("name");
            Part told = new Part(volume.tree(), volume.path(), found);
            source(told, pod, leniency);
            told.requireLabel("name");
            if (valid.containsKey(name)) {
                found.duplicate(told.at("name"), name);
            }
            if (found.isEmpty()) {
                valid.put(name, volume.tree());
            }
            spec.errors().addAll(found);
            Part claim = volume.part("persistentVolumeClaim");
            if (made.contains(claim.text("claimName"))) {
                claim.invalid("claimName", "must not reference a PVC that gets created for an ephemeral volume");
            }
        }
        return valid;
    }

    private static void source(Part volume, String pod, Leniency leniency) {
        boolean found = false;
        for (Source source : SOURCES) {
            if (!volume.has(source.field())) {
                continue;
            }
            boolean first = !found;
            found = true;
            if (!first) {
                volume.forbid(source.told(), "may not specify more than 1 volume type");
            } else {
                one(source.field(), volume.partAs(source.field(), source.checked()), leniency);
            }
            if (source.field().equals("iscsi")) {
                initiator(volume);
            } else if (source.field().equals("ephemeral") && first && !pod.isEmpty()) {
                claimName(volume, pod);
            }
        }
        if (!found) {
            volume.errors().required(volume.path(), "must specify a volume type");
        }
    }

    private static void one(String field, Part source, Leniency leniency) {
        switch (field) {
            case "projected" -> ProjectedRules.projected(source, leniency);
            case "downwardAPI" -> ProjectedRules.downwardApi(source);
            case "secret", "configMap" -> ProjectedRules.keys(source, field);
            case "ephemeral" -> {
                if (source.has("volumeClaimTemplate")) {
                    ClaimSpecRules.template(source.part("volumeClaimTemplate"));
                } else {
                    source.errors().required(source.at("volumeClaimTemplate"), "");
                }
            }
            case "image" -> {
                if (!leniency.emptyImages()) {
                    source.require("reference");
                }
                source.requireChoice("pullPolicy", List.of("Always", "IfNotPresent", "Never"));
            }
            default -> VolumeSourceRules.check(field, source);
        }
    }

    private static void initiator(Part volume) {
        Part iscsi = volume.part("iscsi");
        String name = volume.text("name");
        if (iscsi.has("initiatorName") && GoText.byteLength(name + ":" + iscsi.text("targetPortal")) > 64) {
            volume.invalidText(
                    "name",
                    "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if"
                            + " iscsi.initiatorName is specified.");
        }
    }

    private static void claimName(Part volume, String pod) {
        String name = volume.text("name");
        if (name.isEmpty()) {
            return;
        }
        String claim = pod + "-" + name;
        for (String problem : NameRules.dns1123Subdomain(claim)) {
            volume.invalid("name", "PVC name " + GoText.quote(claim) + ": " + problem);
        }
    }
}

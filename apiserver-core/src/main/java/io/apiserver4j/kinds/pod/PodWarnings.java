// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.pod;

import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.IpRules;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What clients are warned of in pods and templates of pods that are valid: what is out of use, and what is likely a
 * slip.
 */
public final class PodWarnings {
    private static final Map<String, String> NODE_LABELS = Map.of(
            "beta.kubernetes.io/arch", "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
            "beta.kubernetes.io/os", "deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "failure-domain.beta.kubernetes.io/region",
                    "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
            "failure-domain.beta.kubernetes.io/zone",
                    "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
            "beta.kubernetes.io/instance-type",
                    "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
            "app.kubernetes.io/created-by", "deprecated since v1.9",
            "scheduler.alpha.kubernetes.io/preferAvoidPods",
                    "deprecated since v1.22; use Taints and Tolerations instead",
            "node-role.kubernetes.io/master", "use \"node-role.kubernetes.io/control-plane\" instead");

    private static final Map<String, String> ANNOTATIONS = new LinkedHashMap<>();
    private static final Map<String, String> VOLUMES = new LinkedHashMap<>();

    static {
        ANNOTATIONS.put(
                "scheduler.alpha.kubernetes.io/critical-pod",
                "non-functional in v1.16+; use the \"priorityClassName\" field instead");
        ANNOTATIONS.put(
                "security.alpha.kubernetes.io/sysctls", "non-functional in v1.11+; use the \"sysctls\" field instead");
        ANNOTATIONS.put(
                "security.alpha.kubernetes.io/unsafe-sysctls",
                "non-functional in v1.11+; use the \"sysctls\" field instead");
        VOLUMES.put("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+");
        VOLUMES.put("gitRepo", "deprecated in v1.11, and disabled by default in v1.33+");
        VOLUMES.put("scaleIO", "deprecated in v1.16, non-functional in v1.22+");
        VOLUMES.put("flocker", "deprecated in v1.22, non-functional in v1.25+");
        VOLUMES.put("storageos", "deprecated in v1.22, non-functional in v1.25+");
        VOLUMES.put("quobyte", "deprecated in v1.22, non-functional in v1.25+");
        VOLUMES.put("glusterfs", "deprecated in v1.25, non-functional in v1.26+");
        VOLUMES.put("ephemeral", "");
        VOLUMES.put("cephfs", "deprecated in v1.28, non-functional in v1.31+");
        VOLUMES.put("rbd", "deprecated in v1.28, non-functional in v1.31+");
    }

    private final List<String> warnings = new ArrayList<>();
    private final ObjectValue annotations;
    private final ValuePath annotationPath;
    private final Part spec;
    private final boolean isTemplate;

    private PodWarnings(ObjectValue holder, ValuePath path, boolean isTemplate) {
        this.annotations = holder.objectAt("metadata", "annotations");
        this.annotationPath = path.fields("metadata", "annotations");
        this.spec = new Part(holder.objectOrEmpty("spec"), path.field("spec"), new FieldErrors());
        this.isTemplate = isTemplate;
    }

    /** The warnings of a new pod. */
    public static List<String> ofPod(ObjectValue pod) {
        return new PodWarnings(pod, ValuePath.ROOT, false).all();
    }

    /** The warnings of a template at a path. */
    public static List<String> ofTemplate(ObjectValue template, ValuePath path) {
        return new PodWarnings(template, path, true).all();
    }

    private List<String> all() {
        nodeLabels();
        ANNOTATIONS.forEach((key, text) -> {
            if (annotations.has(key)) {
                warn(annotationPath.key(key), text);
            }
        });
        volumes();
        warnings.addAll(OverlappingPaths.warnings(spec.parts("volumes")));
        duplicates("hostAliases", "ip");
        duplicates("imagePullSecrets", "name");
        for (Part secret : spec.parts("imagePullSecrets")) {
            if (secret.text("name").isEmpty()) {
                warn(secret.at("name"), "invalid empty name \"\"");
            }
        }
        fractions(spec.tree().objectOrEmpty("overhead"), spec.at("overhead"), "memory");
        fractions(spec.tree().objectOrEmpty("overhead"), spec.at("overhead"), "ephemeral-storage");
        if (!spec.part("securityContext").has("seccompProfile")) {
            seccomp(AnnotationRules.SECCOMP_POD);
        }
        List<Part> containers = PodSpecRules.containers(spec);
        containers.forEach(this::container);
        warnings.addAll(PortWarnings.of(containers));
        Long grace = spec.number("terminationGracePeriodSeconds");
        if (grace != null && grace < 0) {
            warn(
                    spec.at("terminationGracePeriodSeconds"),
                    "must be >= 0; negative values are invalid and will be treated as 1");
        }
        selectors();
        addresses();
        return warnings;
    }

    private void warn(ValuePath path, String text) {
        warnings.add(path + ": " + text);
    }

    private void nodeLabels() {
        for (ObjectValue.Member label : spec.tree().objectOrEmpty("nodeSelector")) {
            String text = NODE_LABELS.get(label.key());
            if (text != null) {
                warn(spec.at("nodeSelector").key(label.key()), text);
            }
        }
        Part nodes = spec.part("affinity").part("nodeAffinity");
        for (Part term :
                nodes.part("requiredDuringSchedulingIgnoredDuringExecution").parts("nodeSelectorTerms")) {
            warnings.addAll(ofNodeTerm(term.tree(), false, term.path()));
        }
        for (Part preferred : nodes.parts("preferredDuringSchedulingIgnoredDuringExecution")) {
            Part term = preferred.part("preference");
            warnings.addAll(ofNodeTerm(term.tree(), true, term.path()));
        }
        for (Part constraint : spec.parts("topologySpreadConstraints")) {
            String key = constraint.text("topologyKey");
            if (NODE_LABELS.containsKey(key)) {
                warn(constraint.at("topologyKey"), key + " is " + NODE_LABELS.get(key));
            }
            nullSelector(constraint);
        }
    }

    /** The text about a label of nodes that is out of use, or null. */
    public static @Nullable String ofNodeLabel(String key) {
        return NODE_LABELS.get(key);
    }

    /** The warnings of one term of a selector of nodes; values are looked at where rules do not. */
    public static List<String> ofNodeTerm(ObjectValue term, boolean withValues, ValuePath path) {
        List<String> out = new ArrayList<>();
        for (Part expression : new Part(term, path, new FieldErrors()).parts("matchExpressions")) {
            String key = expression.text("key");
            if (NODE_LABELS.containsKey(key)) {
                out.add(expression.at("key") + ": " + key + " is " + NODE_LABELS.get(key));
            }
            List<String> values = withValues ? expression.texts("values") : List.of();
            for (int i = 0; i < values.size(); i++) {
                for (String problem : NameRules.labelValue(values.get(i))) {
                    out.add(expression.at("values").index(i) + ": " + values.get(i) + " is invalid, " + problem);
                }
            }
        }
        return out;
    }

    private void nullSelector(Part holder) {
        if (!holder.has("labelSelector")) {
            warn(holder.at("labelSelector"), "a null labelSelector results in matching no pod");
        }
    }

    private void volumes() {
        for (Part volume : spec.parts("volumes")) {
            VOLUMES.forEach((field, text) -> {
                if (!volume.has(field)) {
                    return;
                }
                if (field.equals("ephemeral")) {
                    Part claim = volume.part(field)
                            .part("volumeClaimTemplate")
                            .part("spec")
                            .part("resources");
                    fractions(claim.tree().objectOrEmpty("requests"), claim.at("requests"), "storage");
                    fractions(claim.tree().objectOrEmpty("limits"), claim.at("limits"), "storage");
                } else {
                    warn(volume.at(field.equals("storageos") ? "storageOS" : field), text);
                }
            });
        }
    }

    private void duplicates(String list, String field) {
        Set<String> seen = new HashSet<>();
        for (Part item : spec.parts(list)) {
            String text = item.text(field);
            if (!seen.add(text)) {
                warn(item.at(field), "duplicate " + field + " " + GoText.quote(text));
            }
        }
    }

    private void fractions(ObjectValue amounts, ValuePath path, String name) {
        String text = amounts.getString(name);
        if (text == null) {
            return;
        }
        Quantity amount = Quantity.parse(text);
        if (amount.milliValue() % 1000 != 0) {
            warn(
                    path.key(name),
                    "fractional byte value " + GoText.quote(amount.toString()) + " is invalid, must be an integer");
        }
    }

    private void seccomp(String key) {
        if (annotations.has(key)) {
            warn(annotationPath.key(key), "non-functional in v1.27+; use the \"seccompProfile\" field instead");
        }
    }

    private void container(Part container) {
        Part context = container.part("securityContext");
        if (!context.has("seccompProfile")) {
            seccomp(AnnotationRules.SECCOMP_CONTAINER + container.text("name"));
        }
        if (!context.has("appArmorProfile")) {
            appArmor(AnnotationRules.APP_ARMOR + container.text("name"));
        }
        Part resources = container.part("resources");
        for (String name : List.of("memory", "ephemeral-storage")) {
            for (String side : List.of("limits", "requests")) {
                fractions(resources.tree().objectOrEmpty(side), resources.at(side), name);
            }
        }
        variables(container);
    }

    /** A profile that only an annotation names; for pods it becomes the field, unless it cannot be one. */
    private void appArmor(String key) {
        if (!annotations.has(key)) {
            return;
        }
        ObjectValue profile = AppArmorFields.ofAnnotation(annotations.stringOrEmpty(key));
        Value ofPod = spec.tree().at("securityContext", "appArmorProfile");
        boolean windows = spec.tree().objectOrEmpty("os").stringOrEmpty("name").equals("windows");
        if (profile != null && profile.equals(ofPod) || windows && !isTemplate) {
            return;
        }
        warn(annotationPath.key(key), "deprecated since v1.30; use the \"appArmorProfile\" field instead");
    }

    private void variables(Part container) {
        Set<String> seen = new HashSet<>();
        for (Part variable : container.parts("env")) {
            String name = variable.text("name");
            String reference = "$(" + name + ")";
            String value = variable.text("value");
            boolean hides = variable.has("valueFrom") || value.equals(reference) || !value.contains(reference);
            if (!seen.add(name) && hides) {
                warn(
                        variable.path(),
                        "hides previous definition of " + GoText.quote(name)
                                + ", which may be dropped when using apply");
            }
        }
    }

    private void selectors() {
        for (String kind : List.of("podAffinity", "podAntiAffinity")) {
            Part affinity = spec.part("affinity").part(kind);
            affinity.parts("requiredDuringSchedulingIgnoredDuringExecution").forEach(this::nullSelector);
            affinity.parts("preferredDuringSchedulingIgnoredDuringExecution")
                    .forEach(term -> nullSelector(term.part("podAffinityTerm")));
        }
    }

    private void addresses() {
        List<String> servers = spec.part("dnsConfig").texts("nameservers");
        for (int i = 0; i < servers.size(); i++) {
            warnings.addAll(
                    IpRules.ipWarnings(spec.part("dnsConfig").at("nameservers").index(i), servers.get(i)));
        }
        for (Part alias : spec.parts("hostAliases")) {
            warnings.addAll(IpRules.ipWarnings(alias.at("ip"), alias.text("ip")));
        }
    }
}

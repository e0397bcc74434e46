// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.expression;

import io.apiserver4j.cel.CelCompileException;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelType;
import io.apiserver4j.meta.GroupVersion;
import io.apiserver4j.meta.Kind;
import io.apiserver4j.resource.Catalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.resource.VersionDefinition;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks the expressions of a ValidatingAdmissionPolicy against the types of the kinds that it is about, as the status
 * controller of Kubernetes does: what it finds changes nothing for requests. Used once.
 */
public final class TypeCheck {
    private static final int MOST_KINDS = 10;
    private static final Comparator<Kind> ORDER =
            Comparator.comparing(Kind::group).thenComparing(Kind::version).thenComparing(Kind::kind);

    private final Catalog catalog;
    private final Map<Kind, CelEnvironment> environments = new LinkedHashMap<>();

    private TypeCheck(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The warnings for {@code status.typeChecking.expressionWarnings}; empty where all is well. */
    public static ArrayValue warnings(ObjectValue policy, Catalog catalog) {
        TypeCheck check = new TypeCheck(catalog);
        ObjectValue spec = policy.objectOrEmpty("spec");
        check.prepare(spec);
        return check.environments.isEmpty() ? ArrayValue.EMPTY : check.run(spec);
    }

    private void prepare(ObjectValue spec) {
        List<ObjectValue> variables = spec.arrayOrEmpty("variables").objects();
        ObjectValue params = spec.getObject("paramKind");
        CelType paramType = params == null ? null : paramType(params);
        for (Kind kind : kinds(spec)) {
            CelType type = KindTypes.of(catalog, kind, "object." + kind.kind());
            if (type != null) {
                CelEnvironment base = AdmissionVariables.ofPolicy(params != null, true)
                        .with(AdmissionVariables.OBJECT, type)
                        .with(AdmissionVariables.OLD_OBJECT, type);
                if (paramType != null) {
                    base = base.with(AdmissionVariables.PARAMS, paramType);
                }
                environments.put(kind, Composition.compile(variables, base).in(base));
            }
        }
    }

    private @Nullable CelType paramType(ObjectValue params) {
        Kind kind = GroupVersion.parse(params.stringOrEmpty("apiVersion")).kind(params.stringOrEmpty("kind"));
        return KindTypes.of(catalog, kind, "params." + kind.kind());
    }

    /** The kinds that rules name without stars, at most ten. */
    private Iterable<Kind> kinds(ObjectValue spec) {
        TreeSet<Kind> out = new TreeSet<>(ORDER);
        for (ObjectValue rule : spec.objectOrEmpty("matchConstraints")
                .arrayOrEmpty("resourceRules")
                .objects()) {
            List<String> groups = rule.arrayOrEmpty("apiGroups").strings();
            List<String> versions = rule.arrayOrEmpty("apiVersions").strings();
            if (groups.stream().anyMatch(TypeCheck::hasStar)
                    || versions.stream().anyMatch(TypeCheck::hasStar)) {
                continue;
            }
            for (String group : groups) {
                for (String version : versions) {
                    for (String resource : rule.arrayOrEmpty("resources").strings()) {
                        Kind kind = hasStar(resource) || resource.contains("/") ? null : kind(group, version, resource);
                        if (kind != null && out.add(kind) && out.size() == MOST_KINDS) {
                            return out;
                        }
                    }
                }
            }
        }
        return out;
    }

    private static boolean hasStar(String text) {
        return text.contains("*");
    }

    private @Nullable Kind kind(String group, String version, String resource) {
        ResourceDefinition definition = catalog.find(group, version, resource);
        VersionDefinition found = definition == null ? null : definition.version(version);
        return found == null ? null : found.kind();
    }

    private ArrayValue run(ObjectValue spec) {
        List<Value> warnings = new ArrayList<>();
        ArrayValue validations = spec.arrayOrEmpty("validations");
        for (int i = 0; i < validations.size(); i++) {
            String at = "spec.validations[" + i + "].";
            check(at + "expression", validations.objectAt(i).stringOrEmpty("expression"), warnings);
            check(at + "messageExpression", validations.objectAt(i).stringOrEmpty("messageExpression"), warnings);
        }
        return ArrayValue.of(warnings);
    }

    private void check(String field, String expression, List<Value> warnings) {
        if (expression.isEmpty()) {
            return;
        }
        List<String> texts = new ArrayList<>(0);
        environments.forEach((kind, environment) -> {
            try {
                environment.compile(expression);
            } catch (CelCompileException e) {
                texts.add(kind + ": " + e.issues() + "\n");
            }
        });
        if (!texts.isEmpty()) {
            warnings.add(ObjectValue.builder()
                    .put("fieldRef", field)
                    .put("warning", String.join("\n", texts))
                    .build());
        }
    }
}

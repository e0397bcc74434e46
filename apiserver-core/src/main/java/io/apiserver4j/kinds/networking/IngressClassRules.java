// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.kinds.networking;

import io.apiserver4j.kinds.FieldChecks;
import io.apiserver4j.kinds.KindRules;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.FieldRules;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.resource.StrategyContext;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.ValuePath;
import java.util.List;

/** Ingress classes: a controller, which stays, and parameters. */
public final class IngressClassRules implements KindRules {
    private static final ValuePath SPEC = ValuePath.of("spec");
    private static final int LONGEST_CONTROLLER = 250;
    private static final List<String> SCOPES = List.of("Cluster", "Namespace");

    @Override
    public void validate(ObjectValue object, StrategyContext context, FieldErrors errors) {
        ObjectValue spec = object.objectOrEmpty("spec");
        String controller = spec.stringOrEmpty("controller");
        if (GoText.byteLength(controller) > LONGEST_CONTROLLER) {
            errors.tooLong(SPEC.field("controller"), LONGEST_CONTROLLER);
        }
        FieldRules.domainPrefixedPath(SPEC.field("controller"), controller, errors);
        ObjectValue parameters = spec.getObject("parameters");
        if (parameters != null) {
            parameters(parameters, SPEC.field("parameters"), errors);
        }
    }

    @Override
    public void validateUpdate(ObjectValue updated, ObjectValue current, StrategyContext context, FieldErrors errors) {
        FieldChecks.immutableTexts(
                updated.objectOrEmpty("spec"), current.objectOrEmpty("spec"), SPEC, errors, "controller");
        validate(updated, context, errors);
    }

    private static void parameters(ObjectValue parameters, ValuePath path, FieldErrors errors) {
        IngressPathRules.group(parameters.getString("apiGroup"), path.field("apiGroup"), errors);
        for (String member : List.of("kind", "name")) {
            String text = parameters.stringOrEmpty(member);
            if (!text.isEmpty()) {
                errors.invalidAll(path.field(member), text, NameRules.pathSegmentName(text));
            }
        }
        scope(parameters, path, errors);
        // rules that are declared with the type come after those that are written by hand
        for (String member : List.of("kind", "name")) {
            if (parameters.stringOrEmpty(member).isEmpty()) {
                errors.required(path.field(member), "");
            }
        }
    }

    private static void scope(ObjectValue parameters, ValuePath path, FieldErrors errors) {
        String scope = parameters.getString("scope");
        String namespace = parameters.getString("namespace");
        if (scope == null) {
            errors.required(path.field("scope"), "");
        } else if (!SCOPES.contains(scope)) {
            errors.notSupported(path.field("scope"), scope, SCOPES);
        } else if (scope.equals("Cluster")) {
            if (namespace != null) {
                errors.forbidden(path.field("namespace"), "`parameters.scope` is set to 'Cluster'");
            }
        } else if (namespace == null) {
            errors.required(path.field("namespace"), "`parameters.scope` is set to 'Namespace'");
        } else {
            errors.invalidAll(path.field("namespace"), namespace, NameRules.dns1123Label(namespace));
        }
    }
}

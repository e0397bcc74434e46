// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.expression;

import io.apiserver4j.cel.CelAuthorizer;
import io.apiserver4j.cel.CelEnvironment;
import io.apiserver4j.cel.CelType;
import java.util.LinkedHashMap;
import java.util.Map;

/** The variables of expressions about requests, with their types; as Kubernetes v1.37 declares them. */
public final class AdmissionVariables {
    static final String OBJECT = "object";
    static final String OLD_OBJECT = "oldObject";
    static final String PARAMS = "params";
    static final String REQUEST = "request";
    static final String NAMESPACE = "namespaceObject";
    static final String AUTHORIZER = "authorizer";
    static final String VARIABLES = "variables";
    static final String VARIABLES_TYPE = "kubernetes.variables";
    static final String REQUEST_RESOURCE = "authorizer.requestResource";

    private static final CelType STRINGS = CelType.list(CelType.STRING);
    private static final CelType TEXTS = CelType.map(CelType.STRING, CelType.STRING);
    private static final CelEnvironment[] OF_WEBHOOKS = new CelEnvironment[4];
    private static final CelEnvironment[] OF_POLICIES = new CelEnvironment[4];
    private static final CelEnvironment[] OF_MUTATIONS = new CelEnvironment[4];

    static {
        for (int i = 0; i < OF_WEBHOOKS.length; i++) {
            OF_WEBHOOKS[i] = make((i & 1) != 0, (i & 2) != 0);
            OF_POLICIES[i] = OF_WEBHOOKS[i].with(VARIABLES, CelType.object(VARIABLES_TYPE, Map.of()));
            OF_MUTATIONS[i] = OF_POLICIES[i].constructing();
        }
    }

    private AdmissionVariables() {}

    /** The environment of a webhook's conditions; always the same one. */
    public static CelEnvironment ofWebhook() {
        return OF_WEBHOOKS[2];
    }

    /**
     * The environment of a policy that has no variables of its own; always the same one for the same answers.
     *
     * @param params whether there may be a parameter
     * @param authorizer whether expressions may ask what somebody may do
     */
    public static CelEnvironment ofPolicy(boolean params, boolean authorizer) {
        return OF_POLICIES[(params ? 1 : 0) + (authorizer ? 2 : 0)];
    }

    /** The environment of a policy's mutations, which can make objects and patches; they may ask what somebody may do. */
    public static CelEnvironment ofMutation(boolean params) {
        return OF_MUTATIONS[(params ? 1 : 0) + 2];
    }

    private static CelEnvironment make(boolean params, boolean authorizer) {
        Map<String, CelType> types = new LinkedHashMap<>();
        types.put(OBJECT, CelType.DYN);
        types.put(OLD_OBJECT, CelType.DYN);
        types.put(NAMESPACE, namespaceType());
        types.put(REQUEST, requestType());
        if (params) {
            types.put(PARAMS, CelType.DYN);
        }
        if (authorizer) {
            types.put(AUTHORIZER, CelAuthorizer.AUTHORIZER);
            types.put(REQUEST_RESOURCE, CelAuthorizer.RESOURCE_CHECK);
        }
        return CelEnvironment.of(types);
    }

    private static CelType object(String name, Object... namesAndTypes) {
        Map<String, CelType> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.put((String) namesAndTypes[i], (CelType) namesAndTypes[i + 1]);
        }
        return CelType.object(name, fields);
    }

    private static CelType requestType() {
        CelType kind = object(
                "kubernetes.GroupVersionKind",
                "group",
                CelType.STRING,
                "version",
                CelType.STRING,
                "kind",
                CelType.STRING);
        CelType resource = object(
                "kubernetes.GroupVersionResource",
                "group",
                CelType.STRING,
                "version",
                CelType.STRING,
                "resource",
                CelType.STRING);
        CelType user = object(
                "kubernetes.UserInfo",
                "username",
                CelType.STRING,
                "uid",
                CelType.STRING,
                "groups",
                STRINGS,
                "extra",
                CelType.map(CelType.STRING, STRINGS));
        return object(
                "kubernetes.AdmissionRequest",
                "kind",
                kind,
                "resource",
                resource,
                "subResource",
                CelType.STRING,
                "requestKind",
                kind,
                "requestResource",
                resource,
                "requestSubResource",
                CelType.STRING,
                "name",
                CelType.STRING,
                "namespace",
                CelType.STRING,
                "operation",
                CelType.STRING,
                "userInfo",
                user,
                "dryRun",
                CelType.BOOL,
                "options",
                CelType.DYN);
    }

    private static CelType namespaceType() {
        CelType metadata = object(
                "kubernetes.NamespaceMetadata",
                "name",
                CelType.STRING,
                "generateName",
                CelType.STRING,
                "namespace",
                CelType.STRING,
                "labels",
                TEXTS,
                "annotations",
                TEXTS,
                "UID",
                CelType.STRING,
                "creationTimestamp",
                CelType.TIMESTAMP,
                "deletionGracePeriodSeconds",
                CelType.INT,
                "deletionTimestamp",
                CelType.TIMESTAMP,
                "generation",
                CelType.INT,
                "resourceVersion",
                CelType.STRING,
                "finalizers",
                STRINGS);
        CelType condition = object(
                "kubernetes.NamespaceCondition",
                "status",
                CelType.STRING,
                "type",
                CelType.STRING,
                "lastTransitionTime",
                CelType.TIMESTAMP,
                "message",
                CelType.STRING,
                "reason",
                CelType.STRING);
        CelType status =
                object("kubernetes.NamespaceStatus", "conditions", CelType.list(condition), "phase", CelType.STRING);
        CelType spec = object("kubernetes.NamespaceSpec", "finalizers", STRINGS);
        return object("kubernetes.Namespace", "metadata", metadata, "spec", spec, "status", status);
    }
}

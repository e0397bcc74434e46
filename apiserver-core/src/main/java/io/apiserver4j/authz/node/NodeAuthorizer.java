// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz.node;

import io.apiserver4j.authz.AccessAttributes;
import io.apiserver4j.authz.Authorizer;
import io.apiserver4j.authz.Decision;
import io.apiserver4j.authz.NodeIdentity;
import io.apiserver4j.authz.PolicyRule;
import io.apiserver4j.authz.RbacBootstrap;
import io.apiserver4j.authz.RuleReview;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.request.Identity;
import java.util.List;
import java.util.Set;

/**
 * Allows nodes what they need for their pods (mode Node), and has no opinion of the rest and of everybody else. What is not
 * told apart by node is allowed by the rules of the role system:node.
 */
public final class NodeAuthorizer implements Authorizer {
    private static final Decision ALLOWED = Decision.allow("");
    private static final Decision NOTHING = Decision.noOpinion("");
    private static final String LEASES = "kube-node-lease";
    private static final Set<String> READING = Set.of("get", "list", "watch");
    private static final Set<String> OWNING = Set.of("get", "create", "update", "patch", "delete");

    private final NodeGraph graph;

    private static final class Rules {
        private static final List<PolicyRule> OF_NODES = RbacBootstrap.items().stream()
                .filter(item ->
                        item.resource().equals("clusterroles") && item.name().equals("system:node"))
                .flatMap(item -> PolicyRule.ofRole(item.object()).stream())
                .toList();
    }

    /** An authorizer by what belongs to nodes. */
    public NodeAuthorizer(NodeGraph graph) {
        this.graph = graph;
    }

    @Override
    public RuleReview rules(Identity identity, String namespace) {
        return NodeIdentity.nodeOf(identity) == null
                ? RuleReview.NOTHING
                : new RuleReview(List.of(), true, "node authorizer does not support user rule resolution");
    }

    @Override
    public String name() {
        return "node";
    }

    @Override
    public Decision authorize(AccessAttributes asked) {
        String node = NodeIdentity.nodeOf(asked.identity());
        if (node == null) {
            return NOTHING;
        }
        if (node.isEmpty()) {
            return no("unknown node for user " + GoText.quote(asked.identity().user()));
        }
        return asked.resourceRequest() ? resource(node, asked) : byRules(asked);
    }

    private Decision resource(String node, AccessAttributes asked) {
        String namespace = asked.namespace();
        String name = asked.name();
        return switch (asked.group().isEmpty() ? asked.resource() : asked.resource() + "." + asked.group()) {
            case "secrets" -> readInNamespace(node, asked, () -> graph.hasSecret(node, namespace, name));
            case "configmaps" -> readInNamespace(node, asked, () -> graph.hasConfigMap(node, namespace, name));
            case "persistentvolumeclaims" ->
                asked.subresource().equals("status")
                        ? status(node, asked, () -> graph.hasClaim(node, namespace, name))
                        : get(node, asked, () -> graph.hasClaim(node, namespace, name));
            case "persistentvolumes" -> get(node, asked, () -> graph.hasVolume(node, name));
            case "resourceclaims.resource.k8s.io" ->
                get(node, asked, () -> graph.hasResourceClaim(node, namespace, name));
            case "volumeattachments.storage.k8s.io" ->
                get(node, asked, () -> graph.isNamed(node, "volumeattachments.storage.k8s.io", "", name));
            case "serviceaccounts" -> account(node, asked);
            case "leases.coordination.k8s.io" -> lease(node, asked);
            case "csinodes.storage.k8s.io" -> csiNode(node, asked);
            case "resourceslices.resource.k8s.io" -> slice(node, asked);
            case "podcertificaterequests.certificates.k8s.io" -> certificateRequest(node, asked);
            case "nodes" -> node(node, asked);
            case "pods" -> pod(node, asked);
            default -> byRules(asked);
        };
    }

    private static Decision byRules(AccessAttributes asked) {
        for (PolicyRule rule : Rules.OF_NODES) {
            if (rule.allows(asked)) {
                return ALLOWED;
            }
        }
        return NOTHING;
    }

    private static Decision no(String why) {
        return Decision.noOpinion(why);
    }

    /** Whether an object belongs to a node; asked when everything else is right. */
    private interface Belongs {
        boolean yes();
    }

    private static Decision related(String node, AccessAttributes asked, Belongs belongs) {
        if (asked.name().isEmpty()) {
            return no("No Object name found");
        }
        return belongs.yes() ? ALLOWED : no("no relationship found between node '" + node + "' and this object");
    }

    private static Decision readInNamespace(String node, AccessAttributes asked, Belongs belongs) {
        if (!READING.contains(asked.verb())) {
            return no("can only read resources of this type");
        }
        if (!asked.subresource().isEmpty()) {
            return no("cannot read subresource");
        }
        if (asked.namespace().isEmpty()) {
            return no("can only read namespaced object of this type");
        }
        return related(node, asked, belongs);
    }

    private static Decision status(String node, AccessAttributes asked, Belongs belongs) {
        return asked.verb().equals("update") || asked.verb().equals("patch")
                ? related(node, asked, belongs)
                : no("can only get/update/patch this type");
    }

    private static Decision get(String node, AccessAttributes asked, Belongs belongs) {
        if (!asked.verb().equals("get")) {
            return no("can only get individual resources of this type");
        }
        return asked.subresource().isEmpty() ? related(node, asked, belongs) : no("cannot get subresource");
    }

    private Decision account(String node, AccessAttributes asked) {
        Belongs belongs = () -> graph.hasAccount(node, asked.namespace(), asked.name());
        if (asked.verb().equals("get") && asked.subresource().isEmpty()) {
            return related(node, asked, belongs);
        }
        if (!asked.verb().equals("create") || asked.name().isEmpty()) {
            return no("can only create tokens for individual service accounts");
        }
        return asked.subresource().equals("token")
                ? related(node, asked, belongs)
                : no("can only create token subresource of serviceaccount");
    }

    private static Decision lease(String node, AccessAttributes asked) {
        if (!OWNING.contains(asked.verb())) {
            return no("can only get, create, update, patch, or delete a node lease");
        }
        if (!asked.namespace().equals(LEASES)) {
            return no("can only access leases in the \"" + LEASES + "\" system namespace");
        }
        return asked.verb().equals("create") || asked.name().equals(node)
                ? ALLOWED
                : no("can only access node lease with the same name as the requesting node");
    }

    private static Decision csiNode(String node, AccessAttributes asked) {
        if (!OWNING.contains(asked.verb())) {
            return no("can only get, create, update, patch, or delete a CSINode");
        }
        if (!asked.subresource().isEmpty()) {
            return no("cannot authorize CSINode subresources");
        }
        return asked.verb().equals("create") || asked.name().equals(node)
                ? ALLOWED
                : no("can only access CSINode with the same name as the requesting node");
    }

    private Decision slice(String node, AccessAttributes asked) {
        if (!asked.subresource().isEmpty()) {
            return no("cannot authorize ResourceSlice subresources");
        }
        return switch (asked.verb()) {
            case "create" -> ALLOWED; // the plugin NodeRestriction sees what is created
            case "get", "update", "patch", "delete" ->
                related(node, asked, () -> graph.isNamed(node, "resourceslices.resource.k8s.io", "", asked.name()));
            case "watch", "list", "deletecollection" ->
                asked.selection().isOnly("spec.nodeName", node)
                        ? ALLOWED
                        : no("can only list/watch/deletecollection resourceslices with nodeName field selector");
            default ->
                no("only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update,"
                        + " patch, delete, deletecollection");
        };
    }

    private Decision certificateRequest(String node, AccessAttributes asked) {
        if (!asked.subresource().isEmpty()) {
            return no("cannot authorize PodCertificateRequest subresources");
        }
        return switch (asked.verb()) {
            case "create" -> ALLOWED; // the plugin NodeRestriction sees what is created
            case "get" ->
                related(
                        node,
                        asked,
                        () -> graph.isNamed(
                                node, "podcertificaterequests.certificates.k8s.io", asked.namespace(), asked.name()));
            case "list", "watch" ->
                asked.selection().isOnly("spec.nodeName", node)
                        ? ALLOWED
                        : no("can only list/watch podcertificaterequests with spec.nodeName field selector");
            default -> no("can only get, create, list, or watch podcertificaterequests");
        };
    }

    private static Decision node(String node, AccessAttributes asked) {
        String verb = asked.verb();
        if (asked.subresource().isEmpty()) {
            switch (verb) {
                case "create", "update", "patch" -> {
                    return ALLOWED;
                }
                case "get", "list", "watch" -> {
                    if (asked.name().equals(node)) {
                        return ALLOWED;
                    }
                    String what = asked.name().isEmpty() ? "all nodes" : "'" + asked.name() + "'";
                    return no("node '" + node + "' cannot read " + what + ", only its own Node object");
                }
                default -> {
                    return NOTHING;
                }
            }
        }
        boolean tells = asked.subresource().equals("status") && (verb.equals("update") || verb.equals("patch"));
        return tells ? ALLOWED : NOTHING;
    }

    private Decision pod(String node, AccessAttributes asked) {
        Belongs belongs = () -> graph.hasPod(node, asked.namespace(), asked.name());
        String verb = asked.verb();
        return switch (asked.subresource()) {
            case "" ->
                switch (verb) {
                    case "get" -> get(node, asked, belongs);
                    case "list", "watch" -> pods(node, asked, belongs);
                    case "create", "delete" -> ALLOWED;
                    default -> NOTHING;
                };
            case "status" -> verb.equals("update") || verb.equals("patch") ? ALLOWED : NOTHING;
            case "eviction" -> verb.equals("create") ? ALLOWED : NOTHING;
            default -> NOTHING;
        };
    }

    private static Decision pods(String node, AccessAttributes asked, Belongs belongs) {
        if (asked.selection().isOnly("spec.nodeName", node)) {
            return ALLOWED;
        }
        return asked.name().isEmpty()
                ? no("can only list/watch pods with spec.nodeName field selector")
                : related(node, asked, belongs);
    }
}

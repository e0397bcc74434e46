// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.authz;

import io.apiserver4j.meta.ApiException;
import io.apiserver4j.meta.FieldErrors;
import io.apiserver4j.meta.FieldRules;
import io.apiserver4j.meta.GoText;
import io.apiserver4j.meta.NameRules;
import io.apiserver4j.request.Identity;
import io.apiserver4j.value.ValuePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * May somebody act as somebody else. There are narrow ways, which need {@code impersonate:<way>} for whom and {@code
 * impersonate-on:<way>:<verb>} for what, and the old one, which needs {@code impersonate} only. The way that a caller
 * succeeded with last is tried first; where none is open, the first refusal is told. Safe for use by several threads.
 */
public final class Impersonation {
    private static final String NODE = "system:node:";
    private static final String ACCOUNT = "system:serviceaccount:";
    private static final String NODE_NAME = "authentication.kubernetes.io/node-name";
    private static final String AUTHN = "authentication.k8s.io";
    private static final int REMEMBERED = 10_000;
    private static final int MANY = 4;

    private static final List<Way> WAYS = List.of(
            new Way("associated-node", (wanted, caller) -> nameOnly(wanted) && isOwnNode(wanted, caller)),
            new Way("arbitrary-node", (wanted, caller) -> nameOnly(wanted) && node(wanted.user()) != null),
            new Way("serviceaccount", (wanted, caller) -> nameOnly(wanted) && account(wanted.user()) != null),
            new Way("user-info", (wanted, caller) -> node(wanted.user()) == null && account(wanted.user()) == null),
            new Way("", (wanted, caller) -> true));

    private final Authorizer authorizer;
    private final Map<String, Way> lastWays = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Way> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** A way to act as somebody, and whether it is open to a caller for whom it wants to be; the old way has no name. */
    private record Way(String name, BiPredicate<Identity, Identity> fits) {
        boolean narrow() {
            return !name.isEmpty();
        }

        String verb() {
            return narrow() ? "impersonate:" + name : "impersonate";
        }

        /** The group of users and groups, which the old way has in the core. */
        String group() {
            return narrow() ? AUTHN : "";
        }
    }

    /** Asks an authorizer. */
    public Impersonation(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /**
     * The identity that a call goes on with.
     *
     * @param wanted as the headers say
     * @param asked what the caller wants to do, with the caller's own identity
     * @throws ApiException 403 where the caller may not
     */
    public Identity actAs(Identity wanted, AccessAttributes asked) {
        String caller = asked.identity().user();
        Way last;
        synchronized (lastWays) {
            last = lastWays.get(caller);
        }
        List<Way> order = new ArrayList<>(WAYS);
        if (last != null) {
            order.remove(last);
            order.add(0, last);
        }
        ApiException first = null;
        for (Way way : order) {
            if (!way.fits().test(wanted, asked.identity())) {
                continue;
            }
            try {
                Identity acting = go(way, wanted, asked);
                synchronized (lastWays) {
                    lastWays.put(caller, way);
                }
                return acting;
            } catch (ApiException e) {
                first = first == null ? e : first;
            }
        }
        if (first == null) {
            throw new IllegalStateException("the old way fits always");
        }
        throw first;
    }

    private Identity go(Way way, Identity wanted, AccessAttributes asked) {
        Identity caller = way.name().equals("associated-node") ? withKeysOnly(asked.identity()) : asked.identity();
        if (way.narrow()) {
            require(asked.as(caller, "impersonate-on:" + way.name() + ":" + asked.verb()));
        }
        List<String> groups = user(way, wanted, caller);
        if (!wanted.uid().isEmpty()) {
            require(asking(caller, way, AUTHN, "uids", "", wanted.uid()));
        }
        groups(way, wanted.groups(), caller);
        extra(way, wanted.extra(), caller);
        return new Identity(wanted.user(), wanted.uid(), completed(wanted.user(), groups), wanted.extra());
    }

    /** What a node's own agent is called by does not matter, only by which kinds of facts. */
    private static Identity withKeysOnly(Identity caller) {
        return new Identity(
                caller.user(),
                caller.uid(),
                caller.groups(),
                Map.of(
                        "authentication.kubernetes.io/associated-node-keys",
                        List.copyOf(new TreeSet<>(caller.extra().keySet()))));
    }

    private static List<String> completed(String user, List<String> groups) {
        String missing;
        if (user.equals(Identity.ANONYMOUS.user())) {
            missing = Identity.UNAUTHENTICATED;
        } else if (!groups.contains(Identity.UNAUTHENTICATED)) {
            missing = Identity.AUTHENTICATED;
        } else {
            return groups;
        }
        if (groups.contains(missing)) {
            return groups;
        }
        List<String> out = new ArrayList<>(groups);
        out.add(missing);
        return out;
    }

    /** Checks the name; gives the groups that come with it. */
    private List<String> user(Way way, Identity wanted, Identity caller) {
        String node = way.narrow() ? node(wanted.user()) : null;
        String[] account = account(wanted.user());
        if (node != null) {
            String shown = way.name().equals("associated-node") ? "*" : node;
            require(asking(caller, way, way.group(), "nodes", "", shown));
            return List.of("system:nodes");
        }
        if (account == null) {
            require(asking(caller, way, way.group(), "users", "", wanted.user()));
            return wanted.groups();
        }
        require(new AccessAttributes(
                caller, way.verb(), true, way.group(), "v1", "serviceaccounts", "", account[0], account[1], ""));
        return wanted.groups().isEmpty()
                ? List.of("system:serviceaccounts", "system:serviceaccounts:" + account[0])
                : wanted.groups();
    }

    private void groups(Way way, List<String> groups, Identity caller) {
        AccessAttributes none = asking(caller, way, way.group(), "groups", "", "");
        if (way.narrow() && groups.contains("")) {
            throw none.forbidden("impersonating the empty string group is not allowed")
                    .asException();
        }
        if (way.narrow() && groups.contains(Identity.MASTERS)) {
            throw asking(caller, way, way.group(), "groups", "", Identity.MASTERS)
                    .forbidden("impersonating the system:masters group is not allowed")
                    .asException();
        }
        if (way.narrow() && groups.size() >= MANY && may(asking(caller, way, way.group(), "groups", "", "*"))) {
            return;
        }
        groups.forEach(group -> require(asking(caller, way, way.group(), "groups", "", group)));
    }

    private void extra(Way way, Map<String, List<String>> extra, Identity caller) {
        if (way.narrow()) {
            String wrong = wrongExtra(extra);
            if (!wrong.isEmpty()) {
                throw asking(caller, way, AUTHN, "userextras", "", "")
                        .forbidden(wrong)
                        .asException();
            }
            int values = extra.values().stream().mapToInt(List::size).sum();
            boolean many = extra.size() >= MANY || values >= MANY;
            if (many && may(asking(caller, way, AUTHN, "userextras", "*", "*"))) {
                return;
            }
        }
        extra.forEach((key, values) ->
                values.forEach(value -> require(asking(caller, way, AUTHN, "userextras", key, value))));
    }

    private static String wrongExtra(Map<String, List<String>> extra) {
        for (Map.Entry<String, List<String>> entry : extra.entrySet()) {
            String key = entry.getKey();
            if (key.isEmpty()) {
                return "impersonating the empty string key in extra is not allowed";
            }
            FieldErrors errors = new FieldErrors();
            FieldRules.domainPrefixedPath(ValuePath.of("extra", "key"), key, errors);
            if (!errors.isEmpty()) {
                return "impersonating an invalid key in extra is not allowed: " + errors.aggregate();
            }
            if (!key.equals(key.toLowerCase(Locale.ROOT))) {
                return "impersonating a non-lowercase key in extra is not allowed: " + GoText.quote(key);
            }
            if (entry.getValue().contains("")) {
                return "impersonating the empty string value in extra is not allowed";
            }
        }
        return "";
    }

    private static AccessAttributes asking(
            Identity caller, Way way, String group, String resource, String subresource, String name) {
        return new AccessAttributes(caller, way.verb(), true, group, "v1", resource, subresource, "", name, "");
    }

    private boolean may(AccessAttributes asked) {
        return authorizer.authorize(asked).isAllowed();
    }

    private void require(AccessAttributes asked) {
        Decision decision = authorizer.authorize(asked);
        if (!decision.isAllowed()) {
            throw asked.forbidden(decision.reason()).asException();
        }
    }

    private static boolean nameOnly(Identity wanted) {
        return wanted.uid().isEmpty()
                && wanted.groups().isEmpty()
                && wanted.extra().isEmpty();
    }

    private static boolean isOwnNode(Identity wanted, Identity caller) {
        String node = node(wanted.user());
        return node != null
                && account(caller.user()) != null
                && caller.extra().getOrDefault(NODE_NAME, List.of()).equals(List.of(node));
    }

    /** The name of the node that a user is, or null. */
    private static @Nullable String node(String user) {
        if (!user.startsWith(NODE)) {
            return null;
        }
        String name = user.substring(NODE.length());
        return NameRules.dns1123Subdomain(name).isEmpty() ? name : null;
    }

    /** Namespace and name of the account that a user is, or null. */
    private static String @Nullable [] account(String user) {
        if (!user.startsWith(ACCOUNT)) {
            return null;
        }
        String[] parts = user.substring(ACCOUNT.length()).split(":", -1);
        boolean good = parts.length == 2
                && NameRules.dns1123Label(parts[0]).isEmpty()
                && NameRules.dns1123Subdomain(parts[1]).isEmpty();
        return good ? parts : null;
    }
}

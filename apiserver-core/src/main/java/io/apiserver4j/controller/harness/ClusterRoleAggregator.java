// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.controller.harness;

import io.apiserver4j.controller.Controller;
import io.apiserver4j.controller.Following;
import io.apiserver4j.controller.LocalClient;
import io.apiserver4j.controller.WorkQueue;
import io.apiserver4j.meta.LabelSelector;
import io.apiserver4j.meta.ObjectMeta;
import io.apiserver4j.resource.LiveCatalog;
import io.apiserver4j.resource.ResourceDefinition;
import io.apiserver4j.store.StoredObject;
import io.apiserver4j.store.Stores;
import io.apiserver4j.store.cache.ObjectEvent;
import io.apiserver4j.value.ArrayValue;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Fills cluster roles that gather the rules of others (view, edit, admin), as the controller manager does. All state is
 * touched by the executor's one thread only.
 */
public final class ClusterRoleAggregator implements Controller {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String MANAGER = "clusterrole-aggregation-controller";

    private final LiveCatalog catalog;
    private final Stores stores;
    private final LocalClient client;
    private final ScheduledExecutorService executor;
    private final WorkQueue<String> queue;
    private final Map<String, List<LabelSelector>> gathering = new LinkedHashMap<>();
    private @Nullable Following following;

    /** An aggregator over these stores; the executor has one thread. */
    public ClusterRoleAggregator(
            LiveCatalog catalog, Stores stores, LocalClient client, ScheduledExecutorService executor) {
        this.catalog = catalog;
        this.stores = stores;
        this.client = client;
        this.executor = executor;
        queue = new WorkQueue<>(executor, name -> {
            settle(name);
            return null;
        });
    }

    @Override
    public String name() {
        return "clusterrole-aggregation";
    }

    private ResourceDefinition definition() {
        ResourceDefinition found = catalog.current().find("clusterroles." + GROUP);
        if (found == null) {
            throw new IllegalStateException("nothing serves cluster roles");
        }
        return found;
    }

    @Override
    public void start() {
        following = new Following(stores, definition(), executor, this::changed).start();
    }

    private void changed(ObjectEvent.Type type, StoredObject role) {
        String name = role.header().name();
        List<ObjectValue> selectors = type == ObjectEvent.Type.DELETED
                ? List.of()
                : role.tree()
                        .objectOrEmpty("aggregationRule")
                        .arrayOrEmpty("clusterRoleSelectors")
                        .objects();
        if (selectors.isEmpty()) {
            gathering.remove(name);
        } else {
            gathering.put(name, selectors.stream().map(LabelSelector::ofObject).toList());
        }
        gathering.keySet().forEach(queue::add);
    }

    private void settle(String name) {
        StoredObject found = stores.of(definition()).get("", name);
        List<LabelSelector> selectors = gathering.get(name);
        if (found == null || selectors == null) {
            return;
        }
        ArrayValue rules = gathered(name, selectors);
        if (found.tree().arrayOrEmpty("rules").equals(rules)) {
            return;
        }
        ObjectValue applied = ObjectValue.builder()
                .put("apiVersion", GROUP + "/v1")
                .put("kind", "ClusterRole")
                .put("metadata", ObjectValue.of("name", Value.of(name)))
                .put("rules", rules)
                .build();
        LocalClient.Answer answer = client.send(
                "PATCH",
                "/apis/" + GROUP + "/v1/clusterroles/" + name + "?force=true&fieldManager=" + MANAGER,
                applied,
                "application/apply-patch+yaml");
        if (!answer.isSuccess() && answer.code() != 404) {
            throw new IllegalStateException(answer.message()); // tried again by the queue
        }
    }

    private ArrayValue gathered(String name, List<LabelSelector> selectors) {
        List<Value> rules = new ArrayList<>();
        List<StoredObject> all = stores.of(definition()).current(""); // by name, as the store has them
        for (LabelSelector selector : selectors) {
            for (StoredObject role : all) {
                ObjectMeta meta = ObjectMeta.of(role.tree());
                if (meta.name().equals(name) || !selector.matches(meta.labels())) {
                    continue;
                }
                role.tree().arrayOrEmpty("rules").items().stream()
                        .filter(rule -> !rules.contains(rule))
                        .forEach(rules::add);
            }
        }
        return ArrayValue.of(rules);
    }

    @Override
    public void close() {
        Following open = following;
        if (open != null) {
            open.close();
        }
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.crd;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.apiserver4j.resource.RemoteConversion;
import io.apiserver4j.value.ObjectValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The way to one version by a webhook. Lists and watches, which show the same object again and again, remember what became
 * of it; single objects are always asked about.
 */
final class RemoteVersion implements RemoteConversion {
    private static final int REMEMBERED = 5_000;

    private final ConversionWebhook webhook;
    private final String apiVersion;
    private final CustomVersion form;
    private final Cache<ObjectValue, ObjectValue> known =
            CacheBuilder.newBuilder().maximumSize(REMEMBERED).softValues().build();

    /** The way to a version, whose schema says what is kept of what the webhook gives. */
    RemoteVersion(ConversionWebhook webhook, String apiVersion, CustomVersion form) {
        this.webhook = webhook;
        this.apiVersion = apiVersion;
        this.form = form;
    }

    @Override
    public ObjectValue apply(ObjectValue object) {
        return isThere(object) ? object : convert(List.of(object)).get(0);
    }

    private boolean isThere(ObjectValue object) {
        return apiVersion.equals(object.getString("apiVersion"));
    }

    private List<ObjectValue> convert(List<ObjectValue> objects) {
        List<ObjectValue> out = new ArrayList<>(objects.size());
        for (ObjectValue converted : webhook.convert(objects, apiVersion)) {
            out.add(SortedTree.of(form.converted(converted, apiVersion)));
        }
        return out;
    }

    @Override
    public List<ObjectValue> applyAll(List<ObjectValue> objects) {
        List<ObjectValue> out = new ArrayList<>(objects);
        List<ObjectValue> missing = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            ObjectValue object = objects.get(i);
            ObjectValue converted = isThere(object) ? object : known.getIfPresent(object);
            if (converted != null) {
                out.set(i, converted);
            } else {
                missing.add(object);
                places.add(i);
            }
        }
        if (!missing.isEmpty()) {
            List<ObjectValue> converted = convert(missing);
            for (int i = 0; i < missing.size(); i++) {
                known.put(missing.get(i), converted.get(i));
                out.set(places.get(i), converted.get(i));
            }
        }
        return out;
    }

    @Override
    public Executor executor() {
        return webhook.executor();
    }
}

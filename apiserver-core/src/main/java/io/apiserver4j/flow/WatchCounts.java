// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.flow;

import io.apiserver4j.request.Call;
import io.apiserver4j.request.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many watches are open on what. Selectors are not looked at, but for pods of one node. */
final class WatchCounts {
    private final Map<Place, Integer> counts = new ConcurrentHashMap<>();
    private final AtomicInteger all = new AtomicInteger();

    /** Equality by hand: a record's own is linked at run time, which costs a start milliseconds. */
    private record Place(String group, String resource, String namespace, String name) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place that
                    && resource.equals(that.resource)
                    && namespace.equals(that.namespace)
                    && name.equals(that.name)
                    && group.equals(that.group);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * (31 * resource.hashCode() + namespace.hashCode()) + name.hashCode()) + group.hashCode();
        }
    }

    /** Counts a watch until the result is run, which may happen several times. */
    Runnable open(Call call, Target.OfResource target) {
        String fields = call.request().query().firstOrEmpty("fieldSelector");
        if (target.resource().equals("pods") && isOfOneNode(fields)) {
            return () -> {};
        }
        Place place = new Place(target.group(), target.resource(), target.namespace(), target.name());
        counts.merge(place, 1, Integer::sum);
        all.incrementAndGet();
        AtomicInteger open = new AtomicInteger(1);
        return () -> {
            if (open.compareAndSet(1, 0)) {
                all.decrementAndGet();
                counts.computeIfPresent(place, (p, count) -> count == 1 ? null : count - 1);
            }
        };
    }

    private static boolean isOfOneNode(String fields) {
        return fields.startsWith("spec.nodeName=") && fields.length() > "spec.nodeName=".length();
    }

    /** How many watches may have to be told of a write. */
    int interested(Target.OfResource target) {
        if (all.get() == 0) {
            return 0;
        }
        int count = of(target, "", "");
        if (!target.namespace().isEmpty()) {
            count += of(target, target.namespace(), "");
        }
        return target.name().isEmpty() ? count : count + of(target, target.namespace(), target.name());
    }

    private int of(Target.OfResource target, String namespace, String name) {
        return counts.getOrDefault(new Place(target.group(), target.resource(), namespace, name), 0);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.admission.plugin;

import io.apiserver4j.meta.Quantity;
import io.apiserver4j.value.ObjectValue;
import io.apiserver4j.view.PodResources;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a limit range.
 *
 * @param type what it limits: containers, pods or claims
 * @param ratio how many times the request a limit may be
 */
record Limit(String type, Map<String, Quantity> min, Map<String, Quantity> max, Map<String, Quantity> ratio) {
    static final String CONTAINER = "Container";
    static final String POD = "Pod";
    static final String CLAIM = "PersistentVolumeClaim";

    static Limit of(ObjectValue item) {
        return new Limit(
                item.stringOrEmpty("type"),
                PodResources.amounts(item.objectOrEmpty("min")),
                PodResources.amounts(item.objectOrEmpty("max")),
                PodResources.amounts(item.objectOrEmpty("maxLimitRequestRatio")));
    }

    /** Tells what breaks this limit, in the order least, most, ratio. */
    void check(Map<String, Quantity> requests, Map<String, Quantity> limits, List<String> problems) {
        min.forEach((name, least) -> checkMin(name, least, requests.get(name), limits.get(name), problems));
        max.forEach((name, most) -> checkMax(name, most, requests.get(name), limits.get(name), problems));
        ratio.forEach((name, most) -> checkRatio(name, most, requests.get(name), limits.get(name), problems));
    }

    /** The same where there are requests only. */
    void checkRequests(Map<String, Quantity> requests, List<String> problems) {
        min.forEach((name, least) -> checkMin(name, least, requests.get(name), null, problems));
        max.forEach((name, most) -> {
            Quantity request = requests.get(name);
            String bound = "maximum " + name + " usage per " + type + " is " + most;
            if (request == null) {
                problems.add(bound + ".  No request is specified");
            } else if (request.compareTo(most) > 0) {
                problems.add(bound + ", but request is " + request);
            }
        });
    }

    private void checkMin(
            String name, Quantity least, @Nullable Quantity request, @Nullable Quantity limit, List<String> problems) {
        String bound = "minimum " + name + " usage per " + type + " is " + least;
        if (request == null) {
            problems.add(bound + ".  No request is specified");
        } else if (request.compareTo(least) < 0) {
            problems.add(bound + ", but request is " + request);
        } else if (limit != null && limit.compareTo(least) < 0) {
            problems.add(bound + ", but limit is " + limit);
        }
    }

    private void checkMax(
            String name, Quantity most, @Nullable Quantity request, @Nullable Quantity limit, List<String> problems) {
        String bound = "maximum " + name + " usage per " + type + " is " + most;
        if (limit == null) {
            problems.add(bound + ".  No limit is specified");
        } else if (limit.compareTo(most) > 0) {
            problems.add(bound + ", but limit is " + limit);
        } else if (request != null && request.compareTo(most) > 0) {
            problems.add(bound + ", but request is " + request);
        }
    }

    private void checkRatio(
            String name, Quantity most, @Nullable Quantity request, @Nullable Quantity limit, List<String> problems) {
        String bound = name + " max limit to request ratio per " + type + " is " + most;
        if (request == null || request.isZero()) {
            problems.add(bound + ", but no request is specified or request is 0");
        } else if (limit == null || limit.isZero()) {
            problems.add(bound + ", but no limit is specified or limit is 0");
        } else {
            double provided = limit.approximate() / request.approximate();
            if (provided > most.approximate()) {
                problems.add(bound + ", but provided ratio is " + String.format(Locale.ROOT, "%f", provided));
            }
        }
    }
}

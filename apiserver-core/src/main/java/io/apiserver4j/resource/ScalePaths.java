// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.resource;

import java.util.Arrays;
import java.util.List;

/**
 * Where a kind keeps what its scale shows.
 *
 * @param replicas the wanted number
 * @param statusReplicas the observed number
 * @param selector the label selector as an object or a text; empty where there is none
 * @param lenient true where a missing number reads as zero
 */
public record ScalePaths(List<String> replicas, List<String> statusReplicas, List<String> selector, boolean lenient) {
    /** The paths of built-in workloads. */
    public static final ScalePaths STANDARD = new ScalePaths(
            List.of("spec", "replicas"), List.of("status", "replicas"), List.of("spec", "selector"), true);

    /** The paths of a custom kind, as its definition writes them ({@code .spec.replicas}). */
    public static ScalePaths of(String replicas, String statusReplicas, String selector) {
        return new ScalePaths(names(replicas), names(statusReplicas), names(selector), false);
    }

    private static List<String> names(String path) {
        return path.isEmpty()
                ? List.of()
                : Arrays.asList((path.startsWith(".") ? path.substring(1) : path).split("\\."));
    }

    /** A path as definitions write it. */
    public static String text(List<String> path) {
        return "." + String.join(".", path);
    }
}

// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The objects of the benchmarks, as clients send them. */
final class Bodies {
    private static final String WORDS = "the quick brown fox jumps over the lazy dog 0123456789 ";

    private Bodies() {}

    private static String filler(int size) {
        return WORDS.repeat(size / WORDS.length() + 1).substring(0, size);
    }

    /** A ConfigMap that takes 2.4 kB where it is stored. */
    static byte[] configMap(String name) {
        return ("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                        + "\",\"labels\":{\"app\":\"bench\"}},\"data\":{\"mode\":\"production\",\"region\":\"eu-west-1\","
                        + "\"blob\":\"" + filler(1800) + "\"}}")
                .getBytes(UTF_8);
    }

    /** A Pod of two containers that takes 5 to 6 kB where it is stored, most of it structure. */
    static byte[] pod(String name) {
        return ("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name
                        + "\",\"labels\":{\"app\":\"bench\",\"tier\":\"backend\",\"pod-template-hash\":\"6d4cf56db6\"},"
                        + "\"annotations\":{\"bench/text\":\"" + filler(400) + "\"}},\"spec\":{\"nodeName\":\"node-1\","
                        + "\"terminationGracePeriodSeconds\":30,\"containers\":[" + container("main", 8080) + ","
                        + container("proxy", 9090) + "]}}")
                .getBytes(UTF_8);
    }

    private static String container(String name, int port) {
        return "{\"name\":\"" + name + "\",\"image\":\"registry.example.com/team/service:v1.2.3\","
                + "\"args\":[\"--port=" + port + "\",\"--log-level=info\"],"
                + "\"ports\":[{\"name\":\"http-" + port + "\",\"containerPort\":" + port + "}],"
                + "\"env\":[{\"name\":\"MODE\",\"value\":\"production\"},{\"name\":\"REGION\",\"value\":\"eu-west-1\"},"
                + "{\"name\":\"POD_NAME\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.name\"}}}],"
                + "\"resources\":{\"limits\":{\"cpu\":\"1\",\"memory\":\"512Mi\"},\"requests\":{\"cpu\":\"250m\","
                + "\"memory\":\"256Mi\"}},\"livenessProbe\":{\"httpGet\":{\"path\":\"/healthz\",\"port\":" + port
                + "}},"
                + "\"readinessProbe\":{\"httpGet\":{\"path\":\"/ready\",\"port\":" + port + "}}}";
    }

    /** What a node's agent says of a pod, as a strategic merge patch. */
    static byte[] podStatus(long round) {
        return ("{\"status\":{\"phase\":\"Running\",\"podIP\":\"10.1.0.7\",\"conditions\":[{\"type\":\"Ready\",\"status\":\""
                        + (round % 2 == 0 ? "True" : "False")
                        + "\",\"lastTransitionTime\":\"2026-01-01T00:00:00Z\"},{\"type\":\"Initialized\",\"status\":"
                        + "\"True\"}],\"message\":\"round " + round + "\"}}")
                .getBytes(UTF_8);
    }

    /** A Deployment as somebody applies it. */
    static byte[] deployment(String name, long replicas) {
        return ("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"" + name
                        + "\",\"labels\":{\"app\":\"bench\"}},\"spec\":{\"replicas\":" + replicas
                        + ",\"selector\":{\"matchLabels\":{\"app\":\"bench\"}},\"template\":{\"metadata\":{\"labels\":"
                        + "{\"app\":\"bench\"}},\"spec\":{\"containers\":[" + container("main", 8080) + ","
                        + container("proxy", 9090) + "]}}}}")
                .getBytes(UTF_8);
    }
}

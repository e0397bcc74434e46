// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLParameters;

/** What `kubectl top` asks for, from a plain web server: the metrics of two nodes and a pod. */
final class MetricsBackend implements AutoCloseable {
    private static final String GROUP_VERSION = "metrics.k8s.io/v1beta1";

    /** Who asked, as the front proxy's headers say, with the path. */
    record Asked(String path, String user, List<String> groups, String token) {}

    final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpsServer server;

    MetricsBackend(Credential serving, X509Certificate clients) throws IOException, GeneralSecurityException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Clients.tls(clients, serving)) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters chosen = getSSLContext().getDefaultSSLParameters();
                chosen.setNeedClientAuth(true);
                parameters.setSSLParameters(chosen);
            }
        });
        server.setExecutor(threads);
        server.createContext("/apis/" + GROUP_VERSION, this::answer);
        server.createContext("/apis/" + GROUP_VERSION + "/hangs", exchange -> {
            awaitRelease();
            send(exchange, 200, "{}");
        });
        server.createContext("/apis/" + GROUP_VERSION + "/stream", this::stream);
        server.createContext("/", exchange -> send(exchange, 404, "404 page not found"));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(new Asked(
                path,
                exchange.getRequestHeaders().getFirst("X-Remote-User"),
                exchange.getRequestHeaders().get("X-Remote-Group"),
                exchange.getRequestHeaders().getFirst("Authorization")));
        String below = exchange.getRequestURI().getPath().substring(("/apis/" + GROUP_VERSION).length());
        switch (below) {
            case "" ->
                send(
                        exchange,
                        200,
                        "{'kind':'APIResourceList','apiVersion':'v1','groupVersion':'metrics.k8s.io/v1beta1','resources':["
                                + "{'name':'nodes','singularName':'','namespaced':false,'kind':'NodeMetrics','verbs':['get','list']},"
                                + "{'name':'pods','singularName':'','namespaced':true,'kind':'PodMetrics','verbs':['get','list']}]}");
            case "/nodes" -> send(exchange, 200, list("NodeMetrics", node("one", "250m") + "," + node("two", "1")));
            case "/pods", "/namespaces/default/pods" ->
                send(
                        exchange,
                        200,
                        list(
                                "PodMetrics",
                                "{'metadata':{'name':'web','namespace':'default'},'timestamp':'2026-11-24T12:00:00Z','window':'30s',"
                                        + "'containers':[{'name':'c','usage':{'cpu':'12m','memory':'34Mi'}}]}"));
            default -> send(exchange, 404, "{'kind':'Status','apiVersion':'v1','status':'Failure','code':404}");
        }
    }

    private static String node(String name, String cpu) {
        return "{'metadata':{'name':'" + name + "'},'timestamp':'2026-11-24T12:00:00Z','window':'30s',"
                + "'usage':{'cpu':'" + cpu + "','memory':'512Mi'}}";
    }

    private static String list(String kind, String items) {
        return "{'kind':'" + kind + "List','apiVersion':'" + GROUP_VERSION + "','metadata':{},'items':[" + items + "]}";
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write("first\n".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        awaitRelease();
        exchange.getResponseBody().write("second\n".getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    private void awaitRelease() throws IOException {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Lets answers go that are held back. */
    void release() {
        released.countDown();
    }

    private static void send(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }
}

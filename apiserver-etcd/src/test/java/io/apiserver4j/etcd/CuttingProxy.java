// Copyright the apiserver4j authors.
// SPDX-License-Identifier: Apache-2.0
package io.apiserver4j.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy before an etcd whose connections can be cut, half closed, or left hanging. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean hanging;

    CuttingProxy(String endpoint) throws IOException {
        target = URI.create(endpoint).getPort();
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                try {
                    Socket etcd = new Socket(InetAddress.getLoopbackAddress(), target);
                    open.add(client);
                    open.add(etcd);
                    start("up", () -> copy(client, etcd));
                    start("down", () -> copy(etcd, client));
                } catch (IOException e) {
                    client.close();
                }
            } catch (IOException e) {
                // closed, or that client is gone
            }
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0) {
                while (hanging) {
                    Thread.sleep(5);
                }
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
        } catch (IOException e) {
            // cut
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** Ends all connections at once. */
    void cut() {
        open.forEach(CuttingProxy::close);
    }

    /** Ends one direction of all connections. */
    void halfClose() {
        for (Socket socket : open) {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                // closed already
            }
        }
    }

    /** Lets bytes wait, or go on. */
    void hang(boolean wait) {
        hanging = wait;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }

    @Override
    public void close() throws IOException {
        hanging = false;
        listener.close();
        cut();
    }
}

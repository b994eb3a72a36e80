package io.halcyon.itests.karaf;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Connects to a virtual server again and again, and remembers who answered. */
final class ServiceClients implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final InetSocketAddress service;
    private final Map<String, Long> answers = new ConcurrentHashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::connect, "clients");
    private volatile boolean closed;

    private ServiceClients(InetSocketAddress service) {
        this.service = service;
    }

    static ServiceClients of(String address, int port) {
        var clients = new ServiceClients(new InetSocketAddress(address, port));
        clients.thread.setDaemon(true);
        clients.thread.start();
        return clients;
    }

    /** How often each has answered. */
    Map<String, Long> answers() {
        return Map.copyOf(answers);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    private void connect() {
        while (!closed) {
            try (var socket = new Socket()) {
                socket.connect(service, TIMEOUT_MILLIS);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                var name = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                answers.merge(name, 1L, Long::sum);
            } catch (IOException e) {
                failures.add(e.toString());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

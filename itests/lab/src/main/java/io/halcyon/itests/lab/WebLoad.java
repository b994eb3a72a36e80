package io.halcyon.itests.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Clients that ask a virtual server for its page all the time: some over a new connection each time, some over one connection
 * that they keep as long as it works. Each is a thread of its own.
 */
public final class WebLoad implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(10);

    private final String address;
    private final int port;
    private final List<Request> requests = new ArrayList<>();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean open = true;

    /**
     * What became of a request.
     *
     * @param kept whether it went over a connection that had served before
     * @param host who answered, empty if nobody did
     * @param error why nobody did, empty if somebody did
     */
    public record Request(boolean kept, long askedAt, long answeredAt, String host, String error) {

        public boolean good() {
            return error.isEmpty();
        }
    }

    /**
     * Begins.
     *
     * @param fresh clients with a new connection for each request
     * @param keeping clients that keep theirs
     */
    public WebLoad(Lab lab, String address, int port, int fresh, int keeping) {
        this.address = address;
        this.port = port;
        IntStream.range(0, fresh + keeping)
                .forEach(i -> clients.add(
                        Netns.thread(lab.name() + "-load-" + i, lab.client().pid(), () -> ask(i >= fresh))));
    }

    private void ask(boolean keeping) {
        WebConnection connection = null;
        for (long due = System.nanoTime(); open; due = pause(due)) {
            connection = ask(connection);
            if (!keeping && connection != null) {
                connection.close();
                connection = null;
            }
        }
        if (connection != null) {
            connection.close();
        }
    }

    /** Asks over a connection, or a new one, and returns it if it worked. */
    private @Nullable WebConnection ask(@Nullable WebConnection kept) {
        long askedAt = Times.now();
        var connection = kept;
        try {
            if (connection == null) {
                connection = WebConnection.open(null, address, port);
            }
            var page = connection.get("/");
            var error = page.status() == 200 ? "" : "status " + page.status();
            add(new Request(kept != null, askedAt, Times.now(), page.text(), error));
            return connection;
        } catch (IOException e) {
            add(new Request(kept != null, askedAt, Times.now(), "", String.valueOf(e.getMessage())));
            if (connection != null) {
                connection.close();
            }
            return null;
        }
    }

    private void add(Request request) {
        synchronized (requests) {
            requests.add(request);
        }
    }

    private static long pause(long due) {
        long next = Math.max(due + PERIOD.toNanos(), System.nanoTime());
        LockSupport.parkNanos(next - System.nanoTime());
        return next;
    }

    /** All requests asked from one time to another, in the order of their answers. */
    public List<Request> between(long from, long to) {
        synchronized (requests) {
            return requests.stream()
                    .filter(request -> request.askedAt() >= from && request.askedAt() < to)
                    .toList();
        }
    }

    public List<Request> since(long from) {
        return between(from, Long.MAX_VALUE);
    }

    /** All since a time that nobody answered. */
    public List<Request> failedSince(long from) {
        return since(from).stream().filter(request -> !request.good()).toList();
    }

    /** Ends all clients, the requests that are under way included. */
    @Override
    public void close() {
        open = false;
        try {
            for (var client : clients) {
                client.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.halcyon.itests.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Asks for a page every 20 ms from the client, each time over a new connection. A thread of its own asks. */
public final class HttpProbe implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final int PATIENCE_MILLIS = 300;

    private final String address;
    private final List<Answer> answers = new ArrayList<>();
    private final Thread asker;
    private volatile boolean open = true;

    /**
     * What became of one request.
     *
     * @param host who answered, empty if nobody did
     */
    public record Answer(long askedAt, long answeredAt, String host) {

        public boolean good() {
            return !host.isEmpty();
        }
    }

    public HttpProbe(Lab lab, String address) {
        this.address = address;
        this.asker = Netns.thread(lab.name() + "-http", lab.client().pid(), this::ask);
    }

    private void ask() {
        long due = System.nanoTime();
        while (open) {
            long askedAt = Times.now();
            var host = fetch();
            synchronized (answers) {
                answers.add(new Answer(askedAt, Times.now(), host));
            }
            due = Math.max(due + PERIOD.toNanos(), System.nanoTime());
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private String fetch() {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(address, 80), PATIENCE_MILLIS);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            int body = answer.indexOf("\r\n\r\n");
            return answer.contains(" 200 ") && body > 0 ? answer.substring(body).strip() : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** All requests since a time, oldest first. */
    public List<Answer> since(long from) {
        synchronized (answers) {
            return answers.stream().filter(answer -> answer.askedAt() >= from).toList();
        }
    }

    /** The first page since a time that came from the host. */
    public Optional<Answer> first(String host, long from) {
        return since(from).stream().filter(answer -> answer.host().equals(host)).findFirst();
    }

    /** Waits until the host serves the page. */
    public Answer awaitHost(String host, long from, Duration limit) {
        return Await.found(host + " serves http://" + address + "/", limit, () -> first(host, from));
    }

    @Override
    public void close() {
        open = false;
        try {
            asker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.halcyon.itests.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** A page that takes long to read. A thread of its own reads. */
public final class Download implements AutoCloseable {

    private final WebConnection connection;
    private final int length;
    private final AtomicLong received = new AtomicLong();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    private Download(WebConnection connection, int length) {
        this.connection = connection;
        this.length = length;
    }

    static Download begin(WebConnection connection, String path) {
        try {
            var download = new Download(connection, connection.ask(path).length());
            var reader = new Thread(download::read, "download");
            reader.setDaemon(true);
            reader.start();
            return download;
        } catch (IOException e) {
            connection.close();
            throw new LabException("no answer to " + path, e);
        }
    }

    private void read() {
        var buffer = new byte[16_384];
        try {
            while (received.get() < length) {
                int count = connection.input().read(buffer, 0, (int) Math.min(buffer.length, length - received.get()));
                if (count < 0) {
                    end.complete("the connection ended");
                    return;
                }
                received.addAndGet(count);
            }
            end.complete("");
        } catch (IOException e) {
            end.complete(String.valueOf(e.getMessage()));
        }
    }

    /** The client's port of its connection. */
    public int port() {
        return connection.port();
    }

    /** Bytes so far. */
    public long received() {
        return received.get();
    }

    public boolean running() {
        return !end.isDone();
    }

    /** Waits for its end; empty if all came, otherwise why it did not. */
    public String awaitEnd(Duration limit) {
        try {
            return end.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new LabException("a download has " + received + " of " + length + " bytes after " + limit, e);
        } catch (ExecutionException e) {
            throw new LabException("a download broke", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}

package io.halcyon.check.heartbeat;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket that beats arrive on. Its connections are the listener thread's; the last beat is anybody's to read. */
final class Mailbox implements Ready {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    /** Of more senders at once, the one that has been there longest has to go. */
    private static final int MOST_SENDERS = 16;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String check;
    private final ServerSocketChannel server;
    private final Deque<Sender> senders = new ArrayDeque<>();
    private volatile @Nullable Beat last;

    Mailbox(String check, ServerSocketChannel server) {
        this.check = check;
        this.server = server;
    }

    String check() {
        return check;
    }

    @Nullable
    Beat last() {
        return last;
    }

    @Override
    public void ready(Selector selector) {
        try {
            accept(selector);
        } catch (IOException e) {
            LOG.warn("check={} cannot accept a heartbeat: {}", check, e.getMessage());
            // Out of descriptors: the connection stays in the queue, and asks again at once.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void accept(Selector selector) throws IOException {
        var channel = server.accept();
        if (channel == null) {
            return;
        }
        channel.configureBlocking(false);
        var sender = new Sender(channel, this);
        channel.register(selector, SelectionKey.OP_READ, sender);
        senders.addLast(sender);
        if (senders.size() > MOST_SENDERS) {
            senders.getFirst().close();
        }
    }

    void beat(String message) {
        last = new Beat(System.nanoTime(), message);
    }

    void left(Sender sender) {
        senders.remove(sender);
    }

    /** On the listener's thread. */
    @Override
    public void close() {
        while (!senders.isEmpty()) {
            senders.getFirst().close();
        }
        try {
            server.close();
        } catch (IOException e) {
            LOG.debug("check={} closing its socket failed: {}", check, e.getMessage());
        }
    }
}

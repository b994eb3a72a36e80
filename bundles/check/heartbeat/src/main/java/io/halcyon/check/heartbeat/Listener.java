package io.halcyon.check.heartbeat;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that waits for all sockets. It is there from the first socket until it is closed. */
final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private final Selector selector;
    private final Queue<Mailbox> leaving = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    private Listener(Selector selector) {
        this.selector = selector;
    }

    static Listener start() throws IOException {
        var listener = new Listener(Selector.open());
        var thread = new Thread(listener::run, "check-heartbeat");
        thread.setDaemon(true);
        thread.start();
        return listener;
    }

    void add(ServerSocketChannel server, Mailbox mailbox) throws IOException {
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT, mailbox);
        selector.wakeup();
    }

    /** Its channels are closed soon after. */
    void remove(Mailbox mailbox) {
        leaving.add(mailbox);
        selector.wakeup();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    private void run() {
        try (selector) {
            while (!closed) {
                selector.select(key -> ((Ready) key.attachment()).ready(selector));
                for (var gone = leaving.poll(); gone != null; gone = leaving.poll()) {
                    gone.close();
                }
            }
            List.copyOf(selector.keys()).forEach(key -> ((Ready) key.attachment()).close());
        } catch (IOException e) {
            LOG.error("heartbeats cannot be heard any more: {}", e.getMessage());
        }
    }
}

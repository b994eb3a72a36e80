package io.halcyon.check.engine;

import io.halcyon.spi.check.CheckRun;
import io.halcyon.spi.check.Source;
import io.halcyon.spi.check.SourceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A TCP connection of a look. Owned by the selector's thread. */
final class SelectorConnection implements CheckRun.Connection, SelectorThread.Ready {

    private static final Logger LOG = LoggerFactory.getLogger(SelectorConnection.class);

    private final SelectorThread thread;
    private final CheckRun.Handler handler;
    private final SelectorLook look;
    private final InetSocketAddress target;
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private boolean connected;
    private boolean exchanged;
    private boolean closed;

    private SelectorConnection(
            SelectorThread thread, InetSocketAddress target, CheckRun.Handler handler, SelectorLook look) {
        this.thread = thread;
        this.target = target;
        this.handler = handler;
        this.look = look;
    }

    /** Never fails at once: the handler hears of it later, as of any failure. */
    static SelectorConnection open(
            SelectorThread thread,
            InetSocketAddress target,
            Source source,
            CheckRun.Handler handler,
            SelectorLook look) {
        var connection = new SelectorConnection(thread, target, handler, look);
        try {
            connection.channel = SocketChannel.open();
        } catch (IOException e) {
            look.complete(Outcomes.noSocket(e));
            return connection;
        }
        try {
            source.bind(connection.channel, look.socketOptions());
            connection.connect(connection.channel);
        } catch (SourceException e) {
            connection.close();
            look.complete(Outcomes.noSource(e));
        } catch (IOException | RuntimeException e) {
            var cause = e instanceof IOException failure ? failure : new IOException(e.toString(), e);
            thread.execute(() -> connection.broke(cause));
        }
        return connection;
    }

    private void connect(SocketChannel opened) throws IOException {
        opened.configureBlocking(false);
        boolean atOnce = opened.connect(target);
        key = thread.register(opened, atOnce ? 0 : SelectionKey.OP_CONNECT, this);
        if (atOnce) {
            requireSomebodyElse(opened);
            thread.execute(this::connected);
        }
    }

    @Override
    public void onReady(SelectionKey ready) {
        var open = channel;
        if (open == null || !ready.isValid()) {
            return;
        }
        try {
            if (ready.isConnectable()) {
                open.finishConnect();
                requireSomebodyElse(open);
                connected();
                return;
            }
            if (ready.isWritable()) {
                flush(open);
            }
            if (ready.isValid() && ready.isReadable()) {
                receive(open);
            }
        } catch (IOException e) {
            broke(e);
        }
    }

    /** Without a listener, a socket that was given the very port it asks for meets itself, and nothing would be refused. */
    private static void requireSomebodyElse(SocketChannel open) throws IOException {
        if (open.getLocalAddress().equals(open.getRemoteAddress())) {
            throw new ConnectException("Connection refused");
        }
    }

    private void connected() {
        var current = key;
        if (channel != null && current != null) {
            current.interestOps(SelectionKey.OP_READ);
            connected = true;
            look.stepped("connect", target);
            look.guarded(() -> handler.onConnected(this));
        }
    }

    private void receive(SocketChannel open) throws IOException {
        var data = thread.buffer();
        if (open.read(data) < 0) {
            close();
            look.guarded(() -> handler.onClosed(null));
            return;
        }
        exchanged = true;
        data.flip();
        look.guarded(() -> handler.onData(this, data));
    }

    @Override
    public void write(ByteBuffer data) {
        var open = channel;
        if (open == null) {
            return;
        }
        exchanged = true;
        // A copy: the caller may use its buffer again.
        unsent.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
        try {
            flush(open);
        } catch (IOException e) {
            thread.execute(() -> broke(e));
        }
    }

    private void flush(SocketChannel open) throws IOException {
        while (!unsent.isEmpty()) {
            open.write(unsent.element());
            if (unsent.element().hasRemaining()) {
                break;
            }
            unsent.remove();
        }
        var current = key;
        if (current != null) {
            current.interestOps(unsent.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    private void broke(IOException cause) {
        if (!closed) {
            close();
            if (!connected) {
                look.stepped("connect", String.valueOf(cause.getMessage()));
            }
            look.guarded(() -> handler.onClosed(cause));
        }
    }

    @Override
    public void close() {
        closed = true;
        var open = channel;
        channel = null;
        if (open == null) {
            return;
        }
        try {
            if (!exchanged) {
                open.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            open.close();
        } catch (IOException e) {
            LOG.debug("closing a connection failed: {}", e.getMessage());
        }
    }
}

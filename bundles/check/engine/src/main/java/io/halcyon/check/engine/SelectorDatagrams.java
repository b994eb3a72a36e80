package io.halcyon.check.engine;

import io.halcyon.spi.check.CheckRun;
import io.halcyon.spi.check.Source;
import io.halcyon.spi.check.SourceException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A UDP socket of a look. Owned by the selector's thread. */
final class SelectorDatagrams implements CheckRun.Connection, SelectorThread.Ready {

    private static final Logger LOG = LoggerFactory.getLogger(SelectorDatagrams.class);

    private final SelectorThread thread;
    private final CheckRun.Handler handler;
    private final SelectorLook look;
    private @Nullable DatagramChannel channel;
    private boolean closed;

    private SelectorDatagrams(SelectorThread thread, CheckRun.Handler handler, SelectorLook look) {
        this.thread = thread;
        this.handler = handler;
        this.look = look;
    }

    /** Never fails at once: the handler hears of it later, as of any failure. */
    static SelectorDatagrams open(
            SelectorThread thread,
            InetSocketAddress target,
            Source source,
            CheckRun.Handler handler,
            SelectorLook look) {
        var datagrams = new SelectorDatagrams(thread, handler, look);
        try {
            datagrams.channel = DatagramChannel.open();
        } catch (IOException e) {
            look.complete(Outcomes.noSocket(e));
            return datagrams;
        }
        try {
            source.bind(datagrams.channel, look.socketOptions());
            datagrams.connect(datagrams.channel, target);
        } catch (SourceException e) {
            datagrams.close();
            look.complete(Outcomes.noSource(e));
        } catch (IOException | RuntimeException e) {
            var cause = e instanceof IOException failure ? failure : new IOException(e.toString(), e);
            thread.execute(() -> datagrams.broke(cause));
        }
        return datagrams;
    }

    private void connect(DatagramChannel opened, InetSocketAddress target) throws IOException {
        opened.configureBlocking(false);
        opened.connect(target);
        thread.register(opened, SelectionKey.OP_READ, this);
        thread.execute(this::connected);
    }

    private void connected() {
        if (!closed) {
            look.guarded(() -> handler.onConnected(this));
        }
    }

    @Override
    public void onReady(SelectionKey ready) {
        var open = channel;
        if (open == null || !ready.isValid()) {
            return;
        }
        var data = thread.buffer();
        try {
            if (open.read(data) < 0) {
                return;
            }
        } catch (IOException e) {
            broke(e);
            return;
        }
        data.flip();
        look.guarded(() -> handler.onData(this, data));
    }

    @Override
    public void write(ByteBuffer data) {
        var open = channel;
        if (open == null) {
            return;
        }
        try {
            open.write(data);
        } catch (IOException e) {
            thread.execute(() -> broke(e));
        }
    }

    private void broke(IOException cause) {
        if (!closed) {
            close();
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
            open.close();
        } catch (IOException e) {
            LOG.debug("closing a socket failed: {}", e.getMessage());
        }
    }
}

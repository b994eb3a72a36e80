package io.halcyon.check.haproxy;

import io.halcyon.spi.check.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * One question and the whole answer, up to the peer's close, over TCP or a Unix socket. Never longer than its deadline or more
 * than its limit, whatever the peer does, and an interrupt ends it: the JDK's Unix sockets have no timeouts of their own.
 */
final class Exchange {

    /** The peer said more than we read. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(int limitBytes) {
            super("the answer is longer than response.max, " + limitBytes + " bytes");
        }
    }

    private static final int CHUNK_BYTES = 16 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final long deadlineNanos;

    private Exchange(SocketChannel channel, Selector selector, long deadlineNanos) {
        this.channel = channel;
        this.selector = selector;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Asks.
     *
     * @throws SourceException if we cannot come from there
     * @throws TooLongException if the answer does not end within the limit
     * @throws IOException if there is no answer, saying why
     */
    static byte[] ask(SocketAddress peer, Way way, byte[] question, int limitBytes, long deadlineNanos)
            throws IOException, InterruptedException {
        try (var channel = open(peer);
                var selector = Selector.open()) {
            channel.configureBlocking(false);
            way.bind(channel);
            var exchange = new Exchange(channel, selector, deadlineNanos);
            exchange.connect(peer);
            exchange.send(ByteBuffer.wrap(question));
            return exchange.receive(limitBytes);
        }
    }

    private static SocketChannel open(SocketAddress peer) throws IOException {
        return peer instanceof UnixDomainSocketAddress
                ? SocketChannel.open(java.net.StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    private void connect(SocketAddress peer) throws IOException, InterruptedException {
        var key = channel.register(selector, SelectionKey.OP_CONNECT);
        if (!channel.connect(peer)) {
            do {
                await();
            } while (!channel.finishConnect());
        }
        key.interestOps(0);
    }

    private void send(ByteBuffer question) throws IOException, InterruptedException {
        channel.write(question);
        while (question.hasRemaining()) {
            channel.keyFor(selector).interestOps(SelectionKey.OP_WRITE);
            await();
            channel.write(question);
        }
        channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
    }

    private byte[] receive(int limitBytes) throws IOException, InterruptedException {
        var received = new ByteArrayOutputStream();
        var chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (true) {
            await();
            int length = channel.read(chunk.clear());
            if (length < 0) {
                return received.toByteArray();
            }
            if (received.size() + length > limitBytes) {
                throw new TooLongException(limitBytes);
            }
            received.write(chunk.array(), 0, length);
        }
    }

    private void await() throws IOException, InterruptedException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (left <= 0) {
            throw new IOException("no answer in time");
        }
        selector.selectedKeys().clear();
        selector.select(left);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}

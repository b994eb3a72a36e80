package io.halcyon.testkit;

import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A channel of a {@link SelectorRun} with its handler. */
record SelectorLink<C extends ByteChannel>(C channel, CheckRun.Handler handler) implements CheckRun.Connection {

    private static final int LARGEST_DATAGRAM = 65_536;

    void ready(SelectionKey key) {
        try {
            if (key.isConnectable() && channel instanceof SocketChannel socket) {
                socket.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                handler.onConnected(this);
            } else {
                read();
            }
        } catch (IOException e) {
            close();
            handler.onClosed(e);
        }
    }

    private void read() throws IOException {
        var data = ByteBuffer.allocate(LARGEST_DATAGRAM);
        if (channel.read(data) < 0) {
            close();
            handler.onClosed(null);
            return;
        }
        data.flip();
        handler.onData(this, data);
    }

    @Override
    public void write(ByteBuffer data) {
        try {
            do {
                channel.write(data);
            } while (data.hasRemaining() && channel instanceof SocketChannel);
        } catch (IOException e) {
            close();
            handler.onClosed(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

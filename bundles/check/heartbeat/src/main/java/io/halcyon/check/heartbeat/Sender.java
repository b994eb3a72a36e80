package io.halcyon.check.heartbeat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One that sends beats: each line is one, and so is whatever is left when it closes. The listener thread's. */
final class Sender implements Ready {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final int BUFFER_BYTES = 4_096;

    private final SocketChannel channel;
    private final Mailbox mailbox;
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES);
    private final byte[] line = new byte[Beat.LONGEST_BYTES];
    private int length;
    private boolean complete;

    Sender(SocketChannel channel, Mailbox mailbox) {
        this.channel = channel;
        this.mailbox = mailbox;
    }

    @Override
    public void ready(Selector selector) {
        try {
            received.clear();
            if (channel.read(received) < 0) {
                end();
                return;
            }
            received.flip();
            while (received.hasRemaining()) {
                take(received.get());
            }
        } catch (IOException e) {
            LOG.debug("a sender of heartbeats broke off: {}", e.getMessage());
            close();
        }
    }

    /** To connect and to say nothing is a beat too; an end after a line is none. */
    private void end() {
        if (length > 0 || !complete) {
            beat();
        }
        close();
    }

    /** What does not fit is dropped. */
    private void take(byte octet) {
        if (octet == '\n') {
            beat();
        } else if (length < line.length) {
            line[length++] = octet;
        }
    }

    private void beat() {
        mailbox.beat(Beat.message(line, length));
        length = 0;
        complete = true;
    }

    @Override
    public void close() {
        mailbox.left(this);
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a sender of heartbeats failed: {}", e.getMessage());
        }
    }
}

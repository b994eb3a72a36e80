package io.halcyon.console.shell.line;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A stream whose bytes leave as frames of one kind, 8 KiB at a time. One thread writes. */
final class FrameOutput extends OutputStream {

    static final int MOST_BYTES = 8192;

    private final FrameChannel channel;
    private final Frame.Kind kind;
    private final byte[] buffer = new byte[MOST_BYTES];
    private int used;

    FrameOutput(FrameChannel channel, Frame.Kind kind) {
        this.channel = channel;
        this.kind = kind;
    }

    @Override
    public void write(int octet) throws IOException {
        if (used == buffer.length) {
            flush();
        }
        buffer[used++] = (byte) octet;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    @Override
    public void flush() throws IOException {
        if (used > 0) {
            ByteBuffer payload = ByteBuffer.wrap(buffer, 0, used);
            used = 0;
            channel.send(new Frame(kind, payload));
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}

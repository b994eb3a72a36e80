package io.halcyon.console.shell.line;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Frames over a blocking channel. Any thread may send; one thread receives.
 *
 * <p>Not over {@code Channels} streams: the two of one channel share a lock, so a pending read would block every write.
 */
final class FrameChannel {

    private final ByteChannel channel;

    FrameChannel(ByteChannel channel) {
        this.channel = channel;
    }

    synchronized void send(Frame frame) throws IOException {
        ByteBuffer bytes = frame.encoded();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Waits for the next frame.
     *
     * @return null if the other side closed the connection between two frames
     */
    @Nullable
    Frame receive() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
        if (!fill(header)) {
            return null;
        }
        Frame.Kind kind = Frame.Kind.of(header.get());
        int length = header.getInt();
        if (length < 0 || length > Frame.MAX_PAYLOAD_BYTES) {
            throw new MalformedFrameException("a frame of " + length + " bytes is too long");
        }
        ByteBuffer payload = ByteBuffer.allocate(length);
        if (length > 0 && !fill(payload)) {
            throw new EOFException("connection closed inside a frame");
        }
        return new Frame(kind, payload);
    }

    /** Returns false if there was nothing at all. */
    private boolean fill(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                if (target.position() > 0) {
                    throw new EOFException("connection closed inside a frame");
                }
                return false;
            }
        }
        target.flip();
        return true;
    }
}

package io.halcyon.notify.syslog;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocket;

/** A connection over TCP, with or without TLS. */
final class StreamLink implements Link {

    private static final int MOST_UNASKED_BYTES = 4_096;

    private final Socket socket;
    private final Framing framing;
    private final boolean encrypted;

    /**
     * @param socket of a channel, or one of TLS
     */
    StreamLink(Socket socket, Framing framing) {
        this.socket = socket;
        this.encrypted = socket instanceof SSLSocket;
        this.framing = framing;
    }

    /**
     * Gives a server the time to say that it does not want us: it may be said after the handshake, and nothing that was written
     * before would be read.
     */
    void probe(int millis) throws IOException {
        try {
            socket.setSoTimeout(millis);
            if (socket.getInputStream().read() < 0) {
                throw new EOFException("the server ended the connection at once");
            }
        } catch (SocketTimeoutException nothingSaid) {
            return;
        }
    }

    @Override
    public State look() {
        try {
            // What a receiver says unasked is nothing to us.
            return (encrypted ? readEncrypted() : readPlain()) < 0 ? State.ENDED : State.FINE;
        } catch (SocketTimeoutException nothingThere) {
            return State.FINE;
        } catch (IOException broken) {
            return State.LOST;
        }
    }

    private int readPlain() throws IOException {
        var channel = socket.getChannel();
        channel.configureBlocking(false);
        try {
            return channel.read(ByteBuffer.allocate(MOST_UNASKED_BYTES));
        } finally {
            channel.configureBlocking(true);
        }
    }

    /** The channel below has records in it that only TLS can read; the shortest wait of a read is one millisecond. */
    private int readEncrypted() throws IOException {
        socket.setSoTimeout(1);
        return socket.getInputStream().read(new byte[MOST_UNASKED_BYTES]);
    }

    @Override
    public void write(byte[] message) throws IOException {
        // In one piece: no receiver sees a frame without its message.
        socket.getOutputStream().write(framing.frame(message));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is gone either way.
        }
    }
}

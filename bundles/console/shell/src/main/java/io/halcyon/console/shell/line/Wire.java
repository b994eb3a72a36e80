package io.halcyon.console.shell.line;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client's end of a connection: what the container sends is copied to our own outputs. */
final class Wire {

    private static final int NOT_REACHED = 3;
    private static final int BROKEN_OFF = 74;

    /** What a shell says of a program that writes to a pipe which nobody reads any more: 128 and SIGPIPE. */
    private static final int PIPE_CLOSED = 141;

    // Not System.out, which keeps to itself that its reader has gone.
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final OutputStream err = new FileOutputStream(FileDescriptor.err);

    private final FrameChannel frames;

    private Wire(SocketChannel channel) {
        this.frames = new FrameChannel(channel);
    }

    /** Sends what begins the conversation, then copies until its end; returns the exit code. */
    static int talk(Path socket, Beginning beginning) {
        try {
            return connected(socket, beginning);
        } catch (IOException e) {
            return brokenOff(Outcome.sentence(e));
        }
    }

    private static int connected(Path socket, Beginning beginning) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                return fail(NOT_REACHED, "cannot reach the container through " + socket + ": " + e.getMessage());
            }
            var wire = new Wire(channel);
            try {
                beginning.send(wire);
            } catch (IOException e) {
                // Refused, perhaps: then the reason has been sent before the connection was closed.
                return wire.copyUntilExit(Outcome.sentence(e));
            }
            return wire.copyUntilExit("it was closed before the command ended");
        }
    }

    /** What a client sends before it listens. */
    interface Beginning {
        void send(Wire wire) throws IOException;
    }

    void send(Frame frame) throws IOException {
        frames.send(frame);
    }

    private int copyUntilExit(String otherwise) throws IOException {
        for (Frame frame = frames.receive(); frame != null; frame = frames.receive()) {
            switch (frame.kind()) {
                case OUT -> {
                    if (!copy(frame, out)) {
                        return PIPE_CLOSED;
                    }
                }
                case ERR -> copy(frame, err);
                case EXIT -> {
                    return frame.exitCode();
                }
                default -> throw new MalformedFrameException("unexpected frame " + frame.kind());
            }
        }
        return brokenOff(otherwise);
    }

    /** Returns false if nobody reads it. */
    private static boolean copy(Frame frame, OutputStream target) {
        try {
            target.write(frame.payload().array());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int brokenOff(String why) {
        return fail(BROKEN_OFF, "the connection to the container broke off: " + why);
    }

    private static int fail(int code, String sentence) {
        System.err.println("halcyon: " + sentence);
        return code;
    }
}

package io.halcyon.console.shell.line;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What {@code bin/halcyon COMMAND} runs: {@code Client SOCKET terminal|plain WORD...}. Needs nothing but the JDK. */
public final class Client {

    private static final int NOT_REACHED = 3;
    private static final int BROKEN_OFF = 74;

    private Client() {}

    public static void main(String[] arguments) {
        System.exit(run(
                Path.of(arguments[0]),
                "terminal".equals(arguments[1]),
                Arrays.asList(arguments).subList(2, arguments.length)));
    }

    static int run(Path socket, boolean terminal, List<String> words) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                return fail(NOT_REACHED, "cannot reach the container through " + socket + ": " + e.getMessage());
            }
            var frames = new FrameChannel(channel);
            Frame.Kind kind = terminal ? Frame.Kind.TERMINAL_LINE : Frame.Kind.PLAIN_LINE;
            frames.send(Frame.text(kind, CommandLine.of(words)));
            return copyUntilExit(frames);
        } catch (IOException e) {
            return fail(BROKEN_OFF, "the connection to the container broke off: " + e.getMessage());
        }
    }

    private static int copyUntilExit(FrameChannel frames) throws IOException {
        for (Frame frame = frames.receive(); frame != null; frame = frames.receive()) {
            switch (frame.kind()) {
                case OUT -> copy(frame, System.out);
                case ERR -> copy(frame, System.err);
                case EXIT -> {
                    return frame.exitCode();
                }
                default -> throw new MalformedFrameException("unexpected frame " + frame.kind());
            }
        }
        return fail(BROKEN_OFF, "the container closed the connection before the command ended");
    }

    private static void copy(Frame frame, OutputStream target) throws IOException {
        target.write(frame.payload().array());
        target.flush();
    }

    private static int fail(int code, String sentence) {
        System.err.println("halcyon: " + sentence);
        return code;
    }
}

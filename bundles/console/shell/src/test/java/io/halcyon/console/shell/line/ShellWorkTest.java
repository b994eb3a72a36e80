package io.halcyon.console.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person at a terminal, over the socket, without a container. */
@Timeout(20)
class ShellWorkTest {

    @TempDir
    Path directory;

    /** Echoes lines as the terminal gives them; notes signals and sizes. */
    private static final class Parrot implements Talk {

        private final FrameTerminal terminal;
        private final LinkedBlockingQueue<String> noted;
        private volatile boolean ended;

        Parrot(FrameTerminal terminal, LinkedBlockingQueue<String> noted) {
            this.terminal = terminal;
            this.noted = noted;
            terminal.handle(Signal.INT, signal -> noted.add("interrupted"));
            terminal.handle(Signal.WINCH, signal -> noted.add(terminal.getWidth() + "x" + terminal.getHeight()));
        }

        @Override
        public void run() {
            var typed = new StringBuilder();
            try {
                for (int octet = terminal.input().read();
                        octet >= 0 && !ended;
                        octet = terminal.input().read()) {
                    if (octet == 4) {
                        return;
                    }
                    typed.append((char) octet);
                    if (octet == '\n') {
                        terminal.writer().print("you typed " + typed);
                        terminal.writer().flush();
                        noted.add(typed.toString());
                        typed.setLength(0);
                    }
                }
            } catch (IOException e) {
                noted.add("ended");
            }
        }

        @Override
        public boolean reading() {
            return false;
        }

        @Override
        public void end() {
            ended = true;
        }
    }

    private final LinkedBlockingQueue<String> noted = new LinkedBlockingQueue<>();
    private final Talker parrots = terminal -> {
        noted.add(terminal.getType() + " " + terminal.getWidth());
        return new Parrot(terminal, noted);
    };

    @Test
    void whatIsTypedGoesInAndWhatIsShownComesOut() throws Exception {
        try (var server = server();
                var channel = connect(server)) {
            var frames = begin(channel, "xterm");
            assertThat(next()).isEqualTo("xterm 100");
            type(frames, "hello\r");
            assertThat(next()).isEqualTo("hello\n");
            type(frames, "\u0004");

            assertThat(untilExit(frames))
                    .contains("hello\r\nyou typed hello\r\n")
                    .endsWith("x:0");
        }
    }

    @Test
    void interruptsAndSizesAreHeardWhateverIsTypedAhead() throws Exception {
        try (var server = server();
                var channel = connect(server)) {
            var frames = begin(channel, "no-such-terminal");
            assertThat(next()).isEqualTo("xterm 100");
            frames.send(Frame.window(new Window(60, 20)));
            assertThat(next()).isEqualTo("60x20");
            type(frames, "x".repeat(5_000) + "\u0003");
            assertThat(next()).isEqualTo("interrupted");
        }
    }

    @Test
    void aClientThatGoesEndsItsShell() throws Exception {
        try (var server = server()) {
            try (var channel = connect(server)) {
                var frames = begin(channel, "dumb");
                assertThat(next()).isEqualTo("dumb 100");
                // A client that goes before the talk began ends it without a word to note.
                type(frames, "here\r");
                assertThat(next()).isEqualTo("here\n");
            }

            assertThat(next()).isEqualTo("ended");
        }
    }

    @Test
    void theFifthShellIsRefusedAndTheServersEndIsSaid() throws Exception {
        List<SocketChannel> channels = new ArrayList<>();
        List<FrameChannel> shells = new ArrayList<>();
        var server = server();
        for (int i = 0; i < Slots.SHELLS; i++) {
            channels.add(connect(server));
            shells.add(begin(channels.get(i), "dumb"));
            assertThat(next()).isEqualTo("dumb 100");
        }
        try (var fifth = connect(server)) {
            assertThat(untilExit(begin(fifth, "dumb")))
                    .contains("4 shells open already")
                    .endsWith("x:75");
        }
        server.close();

        for (FrameChannel shell : shells) {
            assertThat(untilExit(shell)).contains("the container stops").endsWith("x:0");
        }
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    /** The shell's library interrupts who writes; through the socket itself that would close the connection. */
    @Test
    void anInterruptDoesNotEndTheConnection() throws Exception {
        var done = new CountDownLatch(1);
        Talker talker = terminal -> new Talk() {
            @Override
            public void run() {
                Thread.currentThread().interrupt();
                terminal.writer().print("still here\n");
                terminal.writer().flush();
                done.countDown();
            }

            @Override
            public boolean reading() {
                return true;
            }

            @Override
            public void end() {}
        };
        try (var server = new LineServer(directory.resolve("s"), (line, caller, out, err) -> 0, talker, 60_000);
                var channel = connect(server)) {
            var frames = begin(channel, "dumb");

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(untilExit(frames)).isEqualTo("still here\r\nx:0");
        }
    }

    private LineServer server() throws IOException {
        return new LineServer(directory.resolve("s"), (line, caller, out, err) -> 0, parrots, 200);
    }

    private static SocketChannel connect(LineServer server) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(server.path()));
    }

    private static FrameChannel begin(SocketChannel channel, String type) throws IOException {
        var frames = new FrameChannel(channel);
        frames.send(Frame.window(new Window(100, 30)));
        frames.send(Frame.text(Frame.Kind.SHELL, type));
        return frames;
    }

    private static void type(FrameChannel frames, String text) throws IOException {
        frames.send(new Frame(Frame.Kind.INPUT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
    }

    private String next() throws InterruptedException {
        return noted.poll(10, TimeUnit.SECONDS);
    }

    private static String untilExit(FrameChannel frames) throws IOException {
        var shown = new StringBuilder();
        for (Frame frame = frames.receive(); frame != null; frame = frames.receive()) {
            shown.append(frame.kind() == Frame.Kind.EXIT ? "x:" + frame.exitCode() : frame.text());
        }
        return shown.toString();
    }
}

package io.halcyon.console.shell.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class LineServerTest {

    private static final long NO_LIMIT = 60_000;

    @TempDir
    Path directory;

    @Test
    void outputErrorsAndExitCodeComeBackInOrder() throws IOException {
        Interpreter interpreter = (line, out, err) -> {
            out.print("got " + line + "\n");
            err.print("\u001b[31mtrouble\u001b[0m\n");
            return 7;
        };

        try (var server = new LineServer(socket(), interpreter, NO_LIMIT);
                var client = new TestClient(server, Frame.Kind.PLAIN_LINE, "vrrp:list")) {
            assertThat(client.untilExit()).isEqualTo("o:got vrrp:list\n|e:trouble\n|x:7");
        }
    }

    @Test
    void aTerminalGetsItsControlSequences() throws IOException {
        Interpreter interpreter = (line, out, err) -> {
            out.print("\u001b[1mbold\u001b[0m");
            return 0;
        };

        try (var server = new LineServer(socket(), interpreter, NO_LIMIT);
                var client = new TestClient(server, Frame.Kind.TERMINAL_LINE, "x")) {
            assertThat(client.untilExit()).isEqualTo("o:\u001b[1mbold\u001b[0m|x:0");
        }
    }

    @Test
    void theSocketBelongsToItsOwnerAndGoesAwayWithTheServer() throws IOException {
        Files.createFile(socket());
        try (var server = new LineServer(socket(), (line, out, err) -> 0, NO_LIMIT)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.path())))
                    .isEqualTo("rw-------");
        }

        assertThat(socket()).doesNotExist();
    }

    @Test
    void aBusyServerRefusesTheNinthClientAndServesTheNextOne() throws Exception {
        var running = new Semaphore(0);
        var finish = new CountDownLatch(1);
        Interpreter interpreter = (line, out, err) -> {
            running.release();
            await(finish);
            return 0;
        };
        List<TestClient> clients = new ArrayList<>();

        try (var server = new LineServer(socket(), interpreter, NO_LIMIT)) {
            for (int i = 0; i < LineServer.MAX_COMMANDS; i++) {
                clients.add(new TestClient(server, Frame.Kind.PLAIN_LINE, "wait"));
            }
            assertThat(running.tryAcquire(LineServer.MAX_COMMANDS, 10, TimeUnit.SECONDS))
                    .isTrue();
            try (var ninth = new TestClient(server, Frame.Kind.PLAIN_LINE, "wait")) {
                assertThat(ninth.untilExit()).contains("running already").endsWith("x:75");
            }
            finish.countDown();
            for (TestClient client : clients) {
                assertThat(client.untilExit()).isEqualTo("x:0");
                client.close();
            }
        }
    }

    @Test
    void aCommandPastItsLimitIsInterrupted() throws IOException {
        Interpreter interpreter = (line, out, err) -> await(new CountDownLatch(1)) ? 0 : 5;

        try (var server = new LineServer(socket(), interpreter, 100);
                var client = new TestClient(server, Frame.Kind.PLAIN_LINE, "for ever")) {
            assertThat(client.untilExit()).endsWith("x:5");
        }
    }

    @Test
    void aClientThatSaysNothingIsCutOff() throws IOException {
        try (var server = new LineServer(socket(), (line, out, err) -> 0, 100);
                var channel = SocketChannel.open(UnixDomainSocketAddress.of(server.path()))) {
            assertThat(new FrameChannel(channel).receive()).isNull();
        }
    }

    @Test
    void theClientSaysThatNobodyListens() {
        assertThat(Client.run(socket(), false, List.of("vrrp:list"))).isEqualTo(3);
    }

    @Test
    void aPathThatIsTooLongIsAnErrorAtOnce() {
        Path path = directory.resolve("x".repeat(120));

        assertThatThrownBy(() -> new LineServer(path, (line, out, err) -> 0, NO_LIMIT))
                .isInstanceOf(IOException.class);
    }

    private Path socket() {
        return directory.resolve("s");
    }

    /** Returns false when interrupted. */
    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static final class TestClient implements AutoCloseable {

        private final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        private final FrameChannel frames = new FrameChannel(channel);

        TestClient(LineServer server, Frame.Kind kind, String line) throws IOException {
            channel.connect(UnixDomainSocketAddress.of(server.path()));
            frames.send(Frame.text(kind, line));
        }

        String untilExit() throws IOException {
            List<String> received = new ArrayList<>();
            for (Frame frame = frames.receive(); frame != null; frame = frames.receive()) {
                switch (frame.kind()) {
                    case OUT -> received.add("o:" + frame.text());
                    case ERR -> received.add("e:" + frame.text());
                    default -> received.add("x:" + frame.exitCode());
                }
            }
            return String.join("|", received);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class LineServerTest {

    private static final long NO_LIMIT = 60_000;

    private static final Talker NOBODY = terminal -> {
        throw new AssertionError("no shell was asked for");
    };

    @TempDir
    Path directory;

    @Test
    void outputErrorsAndExitCodeComeBackInOrder() throws IOException {
        Interpreter interpreter = (line, caller, out, err) -> {
            out.print("got " + line + "\n");
            err.print("\u001b[31mtrouble\u001b[0m\n");
            return 7;
        };

        try (var server = server(interpreter, NO_LIMIT);
                var client = new TestClient(server, Frame.Kind.PLAIN_LINE, "vrrp:list")) {
            assertThat(client.untilExit()).isEqualTo("o:got vrrp:list\n|e:trouble\n|x:7");
        }
    }

    @Test
    void aTerminalGetsItsControlSequences() throws IOException {
        Interpreter interpreter = (line, caller, out, err) -> {
            out.print("\u001b[1mbold\u001b[0m");
            return 0;
        };

        try (var server = server(interpreter, NO_LIMIT);
                var client = new TestClient(server, Frame.Kind.TERMINAL_LINE, "x")) {
            assertThat(client.untilExit()).isEqualTo("o:\u001b[1mbold\u001b[0m|x:0");
        }
    }

    @Test
    void theSocketBelongsToItsOwnerAndGoesAwayWithTheServer() throws IOException {
        Files.createFile(socket());
        try (var server = server((line, caller, out, err) -> 0, NO_LIMIT)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(server.path())))
                    .isEqualTo("rw-------");
        }

        assertThat(socket()).doesNotExist();
    }

    @Test
    void aBusyServerRefusesTheNinthClientAndServesTheNextOne() throws Exception {
        var running = new Semaphore(0);
        var finish = new CountDownLatch(1);
        Interpreter interpreter = (line, caller, out, err) -> {
            running.release();
            await(finish);
            return 0;
        };
        List<TestClient> clients = new ArrayList<>();

        try (var server = server(interpreter, NO_LIMIT)) {
            for (int i = 0; i < Slots.COMMANDS; i++) {
                clients.add(new TestClient(server, Frame.Kind.PLAIN_LINE, "wait"));
            }
            assertThat(running.tryAcquire(Slots.COMMANDS, 10, TimeUnit.SECONDS)).isTrue();
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
        Interpreter interpreter = (line, caller, out, err) -> await(new CountDownLatch(1)) ? 0 : 5;

        try (var server = server(interpreter, 100);
                var client = new TestClient(server, Frame.Kind.PLAIN_LINE, "for ever")) {
            assertThat(client.untilExit()).isEqualTo("e:this took too long, so it is ended\n|x:5");
        }
    }

    @Test
    void aCommandThatStaysHasNoLimitAndLeavesItsSlotToOthers() throws Exception {
        var staying = new Semaphore(0);
        var finish = new CountDownLatch(1);
        Interpreter interpreter = (line, caller, out, err) -> {
            if (line.equals("follow")) {
                caller.stay();
                staying.release();
                return await(finish) ? 0 : 1;
            }
            return line.equals("slow") && !await(finish) ? 5 : 0;
        };
        List<TestClient> followers = new ArrayList<>();

        try (var server = server(interpreter, 2_000)) {
            for (int i = 0; i < Slots.STAYING; i++) {
                followers.add(new TestClient(server, Frame.Kind.PLAIN_LINE, "follow"));
            }
            assertThat(staying.tryAcquire(Slots.STAYING, 10, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < Slots.COMMANDS; i++) {
                try (var other = new TestClient(server, Frame.Kind.PLAIN_LINE, "list")) {
                    assertThat(other.untilExit()).isEqualTo("x:0");
                }
            }
            // One that does not stay is ended by the limit, and began after those that stay.
            try (var slow = new TestClient(server, Frame.Kind.PLAIN_LINE, "slow")) {
                assertThat(slow.untilExit()).endsWith("x:5");
            }
            finish.countDown();
            for (TestClient follower : followers) {
                assertThat(follower.untilExit()).isEqualTo("x:0");
                follower.close();
            }
        }
    }

    @Test
    void tooManyThatStayAreRefusedWithASentence() throws Exception {
        var refusals = new LinkedBlockingQueue<String>();
        Interpreter interpreter = (line, caller, out, err) -> {
            try {
                caller.stay();
                await(new CountDownLatch(1));
            } catch (IllegalStateException e) {
                refusals.add(e.getMessage());
            }
            return 1;
        };
        List<TestClient> followers = new ArrayList<>();

        try (var server = server(interpreter, NO_LIMIT)) {
            for (int i = 0; i <= Slots.STAYING; i++) {
                followers.add(new TestClient(server, Frame.Kind.PLAIN_LINE, "follow"));
            }
            assertThat(refusals.poll(10, TimeUnit.SECONDS)).contains("stay already");
        }
        for (TestClient follower : followers) {
            follower.close();
        }
    }

    @Test
    void aCommandEndsWithItsClient() throws Exception {
        var begun = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        Interpreter interpreter = (line, caller, out, err) -> {
            begun.countDown();
            if (!await(new CountDownLatch(1))) {
                interrupted.countDown();
            }
            return 0;
        };

        try (var server = server(interpreter, NO_LIMIT)) {
            var client = new TestClient(server, Frame.Kind.PLAIN_LINE, "for ever");
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            client.close();

            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theEndOfTheServerIsSaidToWhoeverIsThere() throws Exception {
        var begun = new CountDownLatch(1);
        Interpreter interpreter = (line, caller, out, err) -> {
            begun.countDown();
            return await(new CountDownLatch(1)) ? 0 : 130;
        };
        var server = server(interpreter, NO_LIMIT);

        try (var client = new TestClient(server, Frame.Kind.PLAIN_LINE, "for ever")) {
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            server.close();

            assertThat(client.untilExit()).isEqualTo("e:the container stops\n|x:130");
        }
    }

    @Test
    void aCommandKnowsHowWideItsTerminalIs() throws IOException {
        Interpreter interpreter =
                (line, caller, out, err) -> caller.columns() == Caller.UNLIMITED ? 0 : caller.columns();

        try (var server = server(interpreter, NO_LIMIT);
                var channel = SocketChannel.open(UnixDomainSocketAddress.of(server.path()));
                var piped = new TestClient(server, Frame.Kind.PLAIN_LINE, "x")) {
            var frames = new FrameChannel(channel);
            frames.send(Frame.window(new Window(123, 45)));
            frames.send(Frame.text(Frame.Kind.TERMINAL_LINE, "x"));

            assertThat(frames.receive().exitCode()).isEqualTo(123);
            assertThat(piped.untilExit()).isEqualTo("x:0");
        }
    }

    @Test
    void whatIsPrintedLeavesAtOnce() throws Exception {
        var finish = new CountDownLatch(1);
        Interpreter interpreter = (line, caller, out, err) -> {
            out.print("first\n");
            await(finish);
            return 0;
        };

        try (var server = server(interpreter, NO_LIMIT);
                var client = new TestClient(server, Frame.Kind.PLAIN_LINE, "x")) {
            assertThat(client.frames.receive().text()).isEqualTo("first\n");
            finish.countDown();
            assertThat(client.untilExit()).isEqualTo("x:0");
        }
    }

    @Test
    void aClientThatSaysNothingIsCutOff() throws IOException {
        try (var server = server((line, caller, out, err) -> 0, 100);
                var channel = SocketChannel.open(UnixDomainSocketAddress.of(server.path()))) {
            assertThat(new FrameChannel(channel).receive()).isNull();
        }
    }

    @Test
    void theClientSaysThatNobodyListens() {
        assertThat(Client.run(socket(), "plain", List.of("vrrp:list"))).isEqualTo(3);
    }

    @Test
    void aPathThatIsTooLongIsAnErrorAtOnce() {
        Path path = directory.resolve("x".repeat(120));

        assertThatThrownBy(() -> new LineServer(path, (line, caller, out, err) -> 0, NOBODY, NO_LIMIT))
                .isInstanceOf(IOException.class);
    }

    private Path socket() {
        return directory.resolve("s");
    }

    private LineServer server(Interpreter interpreter, long limitMillis) throws IOException {
        return new LineServer(socket(), interpreter, NOBODY, limitMillis);
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

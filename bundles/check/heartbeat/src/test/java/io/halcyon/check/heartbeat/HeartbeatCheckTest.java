package io.halcyon.check.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.Keys;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatCheckTest extends HealthCheckContract<HeartbeatKeys> {

    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path directory;

    private HeartbeatCheckFactory factory;
    private final List<SocketChannel> senders = new ArrayList<>();

    @BeforeEach
    void make() {
        factory = new HeartbeatCheckFactory(directory);
    }

    @AfterEach
    void close() throws IOException {
        factory.deactivate();
        for (var sender : senders) {
            sender.close();
        }
    }

    @Override
    protected HealthCheckFactory<HeartbeatKeys> factory() {
        return factory;
    }

    @Override
    protected Map<String, Object> working() throws IOException {
        return Map.of("file", beatFile("all is well\n", 0).toString());
    }

    @Override
    protected Map<String, Object> failing() throws IOException {
        return Map.of("file", beatFile("", 100).toString());
    }

    @Override
    protected Map<String, Object> hanging() {
        return Map.of();
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("file", "/a", "socket", "b");
    }

    @Test
    void anOldFileIsDownAndItsMessageIsTold() throws Exception {
        var result =
                check("file", beatFile("disk 3 of 5\nmore", 100).toString()).look(1_000);

        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason())
                .isEqualTo("the last beat is older than the deadline of 60.0 s, it said: disk 3 of 5");
        assertThat(result.details().get("age")).matches("1\\d\\d\\.\\d s");
        assertThat(check("file", beatFile("still\7 there\n", 0).toString())
                        .look(1_000)
                        .details())
                .containsEntry("message", "still  there");
    }

    @Test
    void touchingAFileIsABeatWhateverTheWallClockSays() throws Exception {
        var file = beatFile("", 1);
        var now = new long[] {0};
        var check = new HeartbeatCheck(new FilePulse(file), "f", 10 * SECOND, () -> now[0]);
        assertThat(check.look(1).health()).isEqualTo(Health.UP);
        now[0] = 8 * SECOND;
        assertThat(check.look(1).health()).isEqualTo(Health.UP);
        now[0] = 10 * SECOND;
        assertThat(check.look(1).health()).as("1 s when first seen").isEqualTo(Health.DOWN);

        // Long ago on the wall clock, but it differs: it was touched since the look before, 10 s ago at most.
        touch(file, 50_000);
        now[0] = 15 * SECOND;
        assertThat(check.look(1).health()).isEqualTo(Health.UP);
        touch(file, -50_000);
        now[0] = 16 * SECOND;
        assertThat(check.look(1).health()).as("a time to come").isEqualTo(Health.UP);
        now[0] = 27 * SECOND;
        assertThat(check.look(1).health()).as("is no beat for ever").isEqualTo(Health.DOWN);
    }

    @Test
    void untilTheFirstBeatTheVerdictStaysForTheLengthOfTheDeadline() {
        var now = new long[] {5};
        var check = new HeartbeatCheck(new FilePulse(directory.resolve("none")), "f", 10 * SECOND, () -> now[0]);
        assertThat(check.look(1).hold()).isTrue();
        now[0] += 10 * SECOND;
        assertThat(check.look(1).hold()).isTrue();
        now[0] += 1;
        assertThat(check.look(1).hold()).isFalse();
        assertThat(check.look(1).reason()).isEqualTo("no beat by f within the deadline of 10.0 s");
        assertThat(check.look(1).health()).isEqualTo(Health.DOWN);
    }

    @Test
    void aLineIsABeat() throws Exception {
        var check = check("socket", "beat.sock");
        assertThat(check.look(1_000).reason())
                .isEqualTo("no beat by " + directory + "/beat.sock yet, deadline is 60.0 s");

        var sender = connect("beat.sock");
        send(sender, "first\nsec");
        assertThat(lookUntil(check, says("first")).health()).isEqualTo(Health.UP);
        send(sender, "ond\n");
        lookUntil(check, says("second"));
        send(sender, "third without an end");
        sender.close();
        lookUntil(check, says("third without an end"));
    }

    @Test
    void toConnectAndCloseIsABeatToo() throws Exception {
        var check = check("socket", "beat.sock");
        check.look(1_000);
        connect("beat.sock").close();

        assertThat(lookUntil(check, result -> !result.hold()).health()).isEqualTo(Health.UP);
    }

    @Test
    void theEndOfALineIsNoFurtherBeat() throws Exception {
        var check = check("socket", "beat.sock");
        check.look(1_000);
        var polite = connect("beat.sock");
        send(polite, "the message\n");
        polite.close();
        lookUntil(check, says("the message"));
        // Had the end been one, its empty message would be there before the next sender's.
        var seen = new ArrayList<String>();
        send(connect("beat.sock"), "next\n");
        lookUntil(check, result -> {
            seen.add(result.details().get("message"));
            return result.details().get("message").equals("next");
        });
        assertThat(seen).doesNotContain("");
    }

    @Test
    void hostileSendersGetAMessageOfAFewBytesAndNoMoreThanSixteenPlaces() throws Exception {
        var check = check("socket", "beat.sock");
        check.look(1_000);
        send(connect("beat.sock"), "x".repeat(100_000) + "\n");
        lookUntil(check, says("x".repeat(200)));
        var noise = connect("beat.sock");
        noise.write(ByteBuffer.wrap(new byte[] {(byte) 0xff, 0, 27, 'a', '\n'}));
        lookUntil(check, says("\ufffd  a"));

        var first = connect("beat.sock");
        for (int i = 0; i < 16; i++) {
            connect("beat.sock");
        }
        assertThat(first.read(ByteBuffer.allocate(1)))
                .as("closed by the other side")
                .isEqualTo(-1);
        send(connect("beat.sock"), "still heard\n");
        lookUntil(check, says("still heard"));
    }

    @Test
    void onlyTheOwnerMaySendUnlessAGroupMay() throws Exception {
        check("socket", "beat.sock").look(1_000);
        assertThat(permissions("beat.sock")).isEqualTo("rw-------");

        var group = Files.readAttributes(directory, PosixFileAttributes.class)
                .group()
                .getName();
        check("socket", "other.sock", "socket.group", group).look(1_000);
        assertThat(permissions("other.sock")).isEqualTo("rw-rw----");
        assertThat(check("socket", "third.sock", "socket.group", "no-such-group")
                        .look(1_000)
                        .reason())
                .isEqualTo("no beat can come by " + directory
                        + "/third.sock: group no-such-group is not known on this machine");
        assertThat(directory.resolve("third.sock")).doesNotExist();
        assertThat(directory.resolve("third.sock.new")).doesNotExist();
    }

    @Test
    @Tag("lab")
    void theKernelRefusesEverybodyElse() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        check("socket", "beat.sock").look(1_000);
        var nobody = new ProcessBuilder(
                        "setpriv",
                        "--reuid=65534",
                        "--clear-groups",
                        "perl",
                        "-MSocket",
                        "-e",
                        "socket(S,AF_UNIX,SOCK_STREAM,0); connect(S,pack_sockaddr_un($ARGV[0])) or die \"$!\\n\"",
                        directory.resolve("beat.sock").toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(nobody.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("Permission denied\n");
        assertThat(nobody.waitFor()).isNotZero();
    }

    @Test
    void noSocketIsMadeWhereEverybodyCanWriteOrOverSomethingElse() throws Exception {
        Files.writeString(directory.resolve("file"), "precious");
        assertThat(check("socket", "file").look(1_000).reason())
                .endsWith(": something that is no socket is there already");
        assertThat(directory.resolve("file")).hasContent("precious");

        var open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        var result = check("socket", open + "/s").look(1_000);
        assertThat(result.health()).isEqualTo(Health.UNKNOWN);
        assertThat(result.reason()).endsWith(": everybody can write to " + open + "; cure: another directory");
        assertThat(check("socket", directory + "/none/s").look(1_000).reason())
                .endsWith(": there is no directory " + directory + "/none");
    }

    @Test
    void twoChecksCannotShareASocketButAnEditTakesItOver() throws Exception {
        var first = check("socket", "beat.sock");
        first.look(1_000);
        var other =
                (BlockingCheck) factory.create("other", Keys.of(HeartbeatKeys.class, Map.of("socket", "beat.sock")));
        assertThat(other.look(1_000).reason()).endsWith(": check t listens there");

        var edited = check("socket", "beat.sock");
        edited.look(1_000);
        first.close();
        send(connect("beat.sock"), "for the edited one\n");
        lookUntil(edited, says("for the edited one"));
        edited.close();
        assertThat(directory.resolve("beat.sock")).doesNotExist();
        assertThat(other.look(1_000).hold()).isTrue();
    }

    @Test
    void aSocketThatWasLeftOverIsReplacedAndNoneIsLeftByUs() throws Exception {
        var killed = new HeartbeatCheckFactory(directory);
        look(killed);
        look(factory);
        send(connect("beat.sock"), "here\n");
        lookUntil(check("socket", "beat.sock"), result -> true);
        factory.deactivate();

        assertThat(directory.resolve("beat.sock")).doesNotExist();
        killed.deactivate();
    }

    private static void look(HeartbeatCheckFactory made) throws InterruptedException {
        var check = (BlockingCheck) made.create("t", Keys.of(HeartbeatKeys.class, Map.of("socket", "beat.sock")));
        assertThat(check.look(1_000).hold()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "/", ".", "..", "x\0y"})
    void anotherSocketIsRefused(String socket) {
        assertThatThrownBy(() -> check("socket", socket))
                .hasMessage("socket = " + socket
                        + " is refused: allowed is an absolute path, or a name in the run directory");
    }

    @ParameterizedTest
    @CsvSource({
        "file, relative, an absolute path",
        "file, '', 'either file or socket, and one of them is needed'",
        "socket.group, www, nothing without a socket"
    })
    void senselessKeysAreRefused(String key, String value, String allowed) {
        var keys = new HashMap<String, Object>();
        if (key.equals("socket.group")) {
            keys.put("file", "/f");
        }
        keys.put(key, value);

        assertThatThrownBy(() -> factory.create("t", Keys.of(HeartbeatKeys.class, keys)))
                .hasMessage(key + " = " + value + " is refused: allowed is " + allowed);
    }

    @Test
    void aPathThatTheKernelHasNoRoomForIsRefused() {
        assertThatThrownBy(() -> check("socket", "/" + "x".repeat(103)))
                .hasMessageContaining("is refused: allowed is a path of at most 103 bytes");
    }

    private Path beatFile(String message, long agoSeconds) throws IOException {
        var file = Files.writeString(Files.createTempFile(directory, "beat", ""), message);
        touch(file, agoSeconds);
        return file;
    }

    private static void touch(Path file, long agoSeconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(agoSeconds)));
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
    }

    private SocketChannel connect(String name) throws IOException {
        var sender = SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve(name)));
        senders.add(sender);
        return sender;
    }

    private static void send(SocketChannel sender, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            sender.write(bytes);
        }
    }

    private static Predicate<CheckResult> says(String message) {
        return result -> message.equals(result.details().get("message"));
    }

    private static CheckResult lookUntil(BlockingCheck check, Predicate<CheckResult> wanted)
            throws InterruptedException {
        long deadline = System.nanoTime() + 20 * SECOND;
        var result = check.look(1_000);
        while (!wanted.test(result)) {
            assertThat(System.nanoTime() - deadline).as(result.toString()).isNegative();
            Thread.onSpinWait();
            result = check.look(1_000);
        }
        return result;
    }

    private BlockingCheck check(String... keysAndValues) {
        var keys = new HashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return (BlockingCheck) factory.create("t", Keys.of(HeartbeatKeys.class, keys));
    }
}

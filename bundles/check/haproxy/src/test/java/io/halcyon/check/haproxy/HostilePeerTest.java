package io.halcyon.check.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.testkit.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that wish us ill, or speak something else. */
@Timeout(60)
class HostilePeerTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @TempDir
    Path directory;

    @Test
    void silenceEndsAtTheLimit() throws Exception {
        long start = System.nanoTime();
        var result = ask(ScriptedPeer.saysNothing(), 200);

        assertThat(result.reason()).endsWith(": no answer in time");
        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(190L, 3_000L);
    }

    @Test
    void byteByByteEndsAtTheLimitToo() throws Exception {
        var gone = new CountDownLatch(1);
        var result = ask(
                client -> {
                    try {
                        while (true) {
                            ScriptedPeer.write(client, "#");
                            gone.await(20, TimeUnit.MILLISECONDS);
                        }
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                },
                300);
        gone.countDown();

        assertThat(result.reason()).endsWith(": no answer in time");
    }

    @Test
    void anAnswerWithoutEndIsReadUpToTheLimitOnly() throws Exception {
        var result = ask(ScriptedPeer.neverStopsSaying("# pxname,svname,", "a,".repeat(10_000) + "\n"), 10_000);
        assertThat(result.health()).isEqualTo(Health.DEGRADED);
        assertThat(result.reason()).endsWith(": the answer is longer than response.max, 1048576 bytes");

        assertThat(askPage(ScriptedPeer.neverStopsSaying(OK, "x-more: 1\r\n".repeat(1_000)), 10_000)
                        .health())
                .as("headers without end")
                .isEqualTo(Health.DEGRADED);
        assertThat(askPage(ScriptedPeer.neverStopsSaying(OK + "\r\n", "x".repeat(65_536)), 10_000)
                        .health())
                .as("body without end")
                .isEqualTo(Health.DEGRADED);
    }

    @Test
    void anEarlyEndIsDown() throws Exception {
        assertThat(ask(ScriptedPeer.closes(), 5_000).reason()).endsWith("closed without an answer");
        assertThat(askPage(ScriptedPeer.closes(), 5_000).reason()).endsWith("closed without an answer");
        assertThat(askPage(ScriptedPeer.says(OK + "a: b\r\n"), 5_000).reason()).endsWith("not an HTTP answer");
        assertThat(askPage(ScriptedPeer.says(chunked("ff\r\n# pxname")), 5_000).reason())
                .endsWith("broke off within a chunk");
        assertThat(askPage(ScriptedPeer.says(chunked("3\r\nabc\r\n")), 5_000).reason())
                .endsWith("broke off between two chunks");
        for (var before : new String[] {"", OK, chunked("3\r\nab")}) {
            assertThat(askPage(ScriptedPeer.resetsAfter(before), 5_000).health())
                    .as("reset after \"" + before + "\"")
                    .isEqualTo(Health.DOWN);
        }
    }

    @Test
    void sizesOfChunksAreNotBelieved() throws Exception {
        for (var size : new String[] {"-1", "fffffff", "ffffffffffff", "", "zz", "0x10"}) {
            var result = askPage(ScriptedPeer.says(chunked(size + "\r\nabc\r\n0\r\n\r\n")), 5_000);
            assertThat(result.health()).as(size).isEqualTo(Health.DOWN);
            assertThat(result.reason()).contains(": the answer broke off");
        }
    }

    @Test
    void anotherProtocolIsTold() throws Exception {
        assertThat(askPage(ScriptedPeer.says("SSH-2.0-OpenSSH_9.2\r\n"), 5_000).reason())
                .endsWith("not an HTTP answer");
        assertThat(askPage(ScriptedPeer.says("\u0015\u0003\u0003\u0000\u0002\u0002P"), 5_000)
                        .reason())
                .endsWith("not an HTTP answer");
        assertThat(ask(ScriptedPeer.says("hello\n"), 5_000).health()).isEqualTo(Health.DEGRADED);
    }

    @Test
    void tablesThatMakeNoSenseAreNoStatistics() throws Exception {
        for (var table : new String[] {
            "# pxname,svname\nweb,FRONTEND\n",
            "# pxname,svname,status,type\nweb,FRONTEND,OPEN,99999999999999999999\n",
            "# pxname,svname,status,type\nweb,FRONTEND,OPEN,9\n",
            "# pxname,svname,status,type\n\"web,FRONTEND,OPEN,0\n",
            "# pxname,svname,status,type\nweb,FRONTEND\n"
        }) {
            assertThat(Statistics.parse(table)).as(table).isNull();
        }
        assertThat(Statistics.parse("# pxname,svname,status,type")).isEqualTo(new Statistics(List.of()));
    }

    /** 20,000 texts of random bytes and of damaged answers: nothing but a verdict comes out. */
    @Test
    void randomBytesNeverThrowAnythingElse() {
        var random = new Random(4711);
        var good = Told.well().onPage();
        for (int i = 0; i < 20_000; i++) {
            var bytes = good.getBytes(StandardCharsets.ISO_8859_1);
            for (int flips = random.nextInt(40); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var text = new String(bytes, StandardCharsets.ISO_8859_1);
            Statistics.parse(text);
            RunningProcess.parse(text);
            try {
                Statistics.parse(HttpAnswer.parse(bytes).body());
            } catch (IOException expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void failuresLeaveNoDescriptorsBehind() throws Exception {
        var path = directory.resolve("leak.sock");
        try (var peer = ScriptedPeer.at(path, ScriptedPeer.closes());
                var page = ScriptedPeer.onLoopback(ScriptedPeer.resetsAfter("HTTP"))) {
            var closing = check(Map.of("socket", path.toString()));
            var resetting = check(Map.of("stats.url", page.url("/s")));
            var missing = check(Map.of("socket", directory + "/none.sock"));
            closing.look(5_000);
            long before = descriptors();
            for (int i = 0; i < 700; i++) {
                assertThat(closing.look(5_000).health()).isEqualTo(Health.DOWN);
                assertThat(resetting.look(5_000).health()).isEqualTo(Health.DOWN);
                assertThat(missing.look(5_000).health()).isEqualTo(Health.DOWN);
            }
            assertThat(peer.questions).hasSizeGreaterThan(700);
            assertThat(descriptors() - before)
                    .as("more descriptors than before")
                    .isLessThan(20);
        }
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static String chunked(String body) {
        return OK + "transfer-encoding: chunked\r\n\r\n" + body;
    }

    private CheckResult ask(ScriptedPeer.Script script, long timeoutMillis) throws Exception {
        var path = directory.resolve("s.sock");
        Files.deleteIfExists(path);
        try (var peer = ScriptedPeer.at(path, script)) {
            assertThat(peer.isOpen()).isTrue();
            return check(Map.of("socket", path.toString())).look(timeoutMillis);
        }
    }

    private CheckResult askPage(ScriptedPeer.Script script, long timeoutMillis) throws Exception {
        try (var peer = ScriptedPeer.onLoopback(script)) {
            return check(Map.of("stats.url", peer.url("/stats"))).look(timeoutMillis);
        }
    }

    private static BlockingCheck check(Map<String, Object> keys) {
        return (BlockingCheck) new HaproxyCheckFactory().create("lb", Keys.of(HaproxyKeys.class, keys));
    }
}

package io.halcyon.check.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.testkit.Await;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.Keys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the distribution's HAProxy on loopback of a namespace, all its files in a directory of the test. */
@Tag("lab")
@InNetworkNamespace
@Timeout(60)
class RealHaproxyTest {

    private static final int WEB = 8080;
    private static final int STATS = 8404;

    @TempDir
    Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();
    private ServerSocket first;
    private Path pidFile;
    private Path socket;

    @BeforeEach
    void startHaproxy() throws Exception {
        first = listen(9001);
        listen(9002);
        pidFile = directory.resolve("haproxy.pid");
        socket = directory.resolve("admin.sock");
        var configuration = Files.writeString(directory.resolve("haproxy.cfg"), configuration());
        Command.run("haproxy", "-D", "-f", configuration.toString(), "-p", pidFile.toString());
        lookUntil(check(), result -> result.health() == Health.UP);
    }

    @AfterEach
    void stopHaproxy() throws Exception {
        kill();
        for (var one : open) {
            one.close();
        }
    }

    @Test
    void aRunningHaproxyIsUp() throws Exception {
        var result = check("frontends", list("*"), "queue.max", 0, "sessions.max", 50)
                .look(5_000);

        assertThat(result.reason()).isEqualTo("process is alive, socket answers, page answers");
        assertThat(result.health()).isEqualTo(Health.UP);
        assertThat(result.details())
                .containsEntry("backend.app", "2 of 2 up")
                .containsEntry("pid", Long.toString(pid()))
                .containsEntry("http.status", "200");
        assertThat(result.details().get("version")).startsWith("2.");
    }

    @Test
    void aServerThatDiesIsMissedOnSocketAndPage() throws Exception {
        first.close();

        var seen = lookUntil(check("stats.url", ""), result -> result.health() != Health.UP);
        assertThat(seen.reason()).isEqualTo("socket: backend app has 1 of 2 servers up, at least 2 must be");
        assertThat(seen.health()).isEqualTo(Health.DOWN);
        var page = lookUntil(check("socket", ""), result -> result.health() != Health.UP);
        assertThat(page.reason()).isEqualTo("page: backend app has 1 of 2 servers up, at least 2 must be");
        assertThat(check("backends", list("app:1")).look(5_000).health()).isEqualTo(Health.UP);

        first = listen(9001);
        lookUntil(check(), result -> result.health() == Health.UP);
    }

    @Test
    void aDisabledFrontendIsDownUntilItIsEnabled() throws Exception {
        var check = check("frontends", list("web"));
        assertThat(check.look(5_000).health()).isEqualTo(Health.UP);

        tell("disable frontend web");
        assertThat(check.look(5_000).reason()).isEqualTo("socket: frontend web is PAUSED, not OPEN");
        assertThat(check("frontends", list("*"), "socket", "").look(5_000).reason())
                .isEqualTo("page: frontend web is PAUSED, not OPEN");

        tell("enable frontend web");
        assertThat(check.look(5_000).health()).isEqualTo(Health.UP);
    }

    @Test
    void aServerInMaintenanceOrDrainingDoesNotCount() throws Exception {
        tell("set server app/a state maint");
        assertThat(check().look(5_000).health()).isEqualTo(Health.DOWN);
        tell("set server app/a state drain");
        assertThat(check().look(5_000).reason()).endsWith("1 of 2 servers up, at least 2 must be");
        tell("set server app/a state ready");
        lookUntil(check(), result -> result.health() == Health.UP);
    }

    @Test
    void sessionsAndWaitingRequestsPassTheirLimits() throws Exception {
        for (int i = 0; i < 6; i++) {
            var client = new Socket();
            open.add(client);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), WEB));
            client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }

        // Two servers take one request each and never answer; four wait.
        var queue = lookUntil(check("queue.max", 3, "stats.url", ""), result -> result.health() != Health.UP);
        assertThat(queue.reason()).isEqualTo("socket: backend app lets 4 requests wait, queue.max is 3");
        assertThat(queue.health()).isEqualTo(Health.DEGRADED);
        assertThat(check("sessions.max", 60).look(5_000).health()).isEqualTo(Health.UP);
        assertThat(check("sessions.max", 59).look(5_000).reason())
                .isEqualTo("socket: frontend web has 6 of at most 10 sessions, sessions.max is 59 %");
    }

    @Test
    void aSoftStopIsSeenBeforeTheEnd() throws Exception {
        // With grace the sockets stay open for a while, so that whoever asks can be told.
        Command.line("kill -USR1 " + pid());

        var seen = lookUntil(check(), result -> result.health() != Health.UP);
        assertThat(seen.health()).isEqualTo(Health.DOWN);
        assertThat(seen.reason()).isEqualTo("socket: process " + pid() + " is stopping");
    }

    @Test
    void aKilledHaproxyIsDownByItsPidFile() throws Exception {
        long pid = pid();
        kill();

        assertThat(check().look(5_000).reason())
                .isEqualTo("process: process " + pid + " of pid file " + pidFile + " is gone");
        // Reset where the kernel is still taking the listening socket away.
        assertThat(check("pid.file", "").look(5_000).reason())
                .matches("socket: " + socket + ": Connection (refused|reset).*");
    }

    @Test
    void aFrozenHaproxyIsDown() throws Exception {
        freeze(pid());
        try {
            assertThat(check().look(300).reason()).isEqualTo("socket: " + socket + ": no answer in time");
            assertThat(check("socket", "").look(300).reason()).endsWith(";csv: no answer in time");
        } finally {
            Command.line("kill -CONT " + pid());
        }
    }

    /** Each of its threads stops at its next chance, which may come after an answer. */
    private static void freeze(long pid) throws Exception {
        Command.line("kill -STOP " + pid);
        try (var threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (var thread : threads) {
                Await.until("thread " + thread + " stands still", () -> Files.readString(thread.resolve("stat"))
                        .contains(") T "));
            }
        }
    }

    @Test
    void withoutThePasswordThePageIsDegraded() throws Exception {
        var result = check("socket", "", "stats.password", "wrong").look(5_000);

        assertThat(result.health()).isEqualTo(Health.DEGRADED);
        assertThat(result.reason()).endsWith("(HTTP 401) has no statistics");
    }

    private static CheckResult lookUntil(BlockingCheck check, Predicate<CheckResult> enough)
            throws InterruptedException {
        CheckResult seen;
        do {
            seen = check.look(5_000);
        } while (!enough.test(seen));
        return seen;
    }

    private BlockingCheck check(Object... keysAndValues) {
        var keys = new HashMap<String, Object>(Map.of(
                "pid.file",
                pidFile.toString(),
                "socket",
                socket.toString(),
                "stats.url",
                "http://127.0.0.1:" + STATS + "/stats",
                "stats.user",
                "halcyon",
                "stats.password",
                "geheim",
                "backends",
                list("app:2")));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return (BlockingCheck) new HaproxyCheckFactory().create("lb", Keys.of(HaproxyKeys.class, keys));
    }

    private void tell(String command) throws Exception {
        var answer = Exchange.ask(
                UnixDomainSocketAddress.of(socket),
                Way.ANY,
                (command + "\n").getBytes(StandardCharsets.US_ASCII),
                4096,
                System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
        assertThat(new String(answer, StandardCharsets.US_ASCII).strip()).isEmpty();
    }

    /** A server that takes connections and says nothing. */
    private ServerSocket listen(int port) throws IOException {
        var server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        open.add(server);
        return server;
    }

    /** ProcessHandle.onExit looks at processes that are not our children once a second only. */
    private void kill() throws Exception {
        ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
        Await.until("haproxy is gone", () -> new PidFile(pidFile, "haproxy").faultOf() != null);
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(pidFile).strip());
    }

    private static String[] list(String... members) {
        return members;
    }

    private String configuration() {
        return """
                global
                  stats socket %1$s mode 600 level admin
                  maxconn 100
                  grace 30s
                defaults
                  mode http
                  timeout connect 2s
                  timeout client 30s
                  timeout server 30s
                  timeout queue 30s
                frontend web
                  bind 127.0.0.1:%2$d
                  maxconn 10
                  default_backend app
                frontend stats
                  bind 127.0.0.1:%3$d
                  stats enable
                  stats uri /stats
                  stats auth halcyon:geheim
                backend app
                  server a 127.0.0.1:9001 check inter 50 rise 1 fall 2 maxconn 1
                  server b 127.0.0.1:9002 check inter 50 rise 1 fall 2 maxconn 1
                  server sorry 127.0.0.1:9003 backup
                """
                .formatted(socket, WEB, STATS);
    }
}

package io.halcyon.check.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.linux.NetworkNamespace;
import io.halcyon.linux.process.ExternalCommand;
import io.halcyon.linux.process.ProcessTable;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the distribution's nginx on loopback, all its files in a directory of the test. */
@Tag("lab")
@InNetworkNamespace
@Timeout(60)
class RealNginxTest {

    @TempDir
    Path directory;

    private int port;
    private Path configuration;
    private Path pidFile;

    @BeforeEach
    void startNginx() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        configuration = directory.resolve("nginx.conf");
        pidFile = directory.resolve("nginx.pid");
        configure("");
        assertThat(nginx().run(10_000).succeeded()).isTrue();
        // Its worker is there when it answers.
        lookUntil(check(), result -> result.health() == Health.UP);
    }

    @AfterEach
    void stopNginx() {
        master().ifPresent(RealNginxTest::kill);
    }

    @Test
    void aRunningNginxIsUp() throws Exception {
        var result = check().look(5_000);

        assertThat(result.reason()).isEqualTo("master process is alive, HTTP 200");
        assertThat(result.health()).isEqualTo(Health.UP);
        assertThat(result.details()).containsEntry("http.status", "200").containsKeys("active", "waiting", "dropped");
    }

    @Test
    void itsMasterIsFoundByNameAmongThoseOfItsNetwork() throws Exception {
        var byName = new MasterProcess(ProcessTable.system(), directory + "/none.pid", "nginx");
        var elsewhere = new AtomicReference<MasterProcess.Sighting>();
        var other = new Thread(() -> elsewhere.set(lookFromAnotherNetwork(byName)));
        other.start();
        other.join();

        assertThat(elsewhere.get().alive()).isFalse();
        assertThat(byName.look().pid()).isEqualTo(master().orElseThrow().pid());
    }

    private static MasterProcess.Sighting lookFromAnotherNetwork(MasterProcess process) {
        try (var stay = NetworkNamespace.enterNew()) {
            assertThat(stay).isNotNull();
            return process.look();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void killedNginxIsRestartedByTheCheckAndTheVerdictHolds() throws Exception {
        var check = check("restart.command", command(), "restart.wait", 5.0);
        assertThat(check.look(5_000).health()).isEqualTo(Health.UP);
        kill(master().orElseThrow());

        var first = check.look(5_000);
        assertThat(first.hold()).as(first.reason()).isTrue();
        assertThat(first.reason()).startsWith("process: process ").endsWith("restart 1 of 3 is under way");
        var seen = lookUntil(check, result -> !result.hold());
        assertThat(seen.get(seen.size() - 1).health()).isEqualTo(Health.UP);
    }

    @Test
    void nginxBrokenForGoodIsDownAfterTheAttempts() throws Exception {
        var check = check("restart.command", command(), "restart.wait", 0.2, "restart.max", 2);
        assertThat(check.look(5_000).health()).isEqualTo(Health.UP);
        configure("nonsense on;");
        kill(master().orElseThrow());

        var seen = lookUntil(check, result -> !result.hold());
        var last = seen.get(seen.size() - 1);
        assertThat(last.health()).isEqualTo(Health.DOWN);
        assertThat(last.reason())
                .contains("restart.command was tried 2 times within 300 s, at last: exit status 1")
                .contains("unknown directive \"nonsense\"");
    }

    @Test
    void aConfigurationErrorOfTheSiteIsDownWithTheStatus() throws Exception {
        var result = check("http.url", url("/broken")).look(5_000);

        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).isEqualTo("http: " + url("/broken") + " answered 500, allowed is 200-299");
    }

    @Test
    void anotherBodyIsDown() throws Exception {
        assertThat(check("http.body", "welcome home").look(5_000).health()).isEqualTo(Health.UP);
        assertThat(check("http.body", "welcome back").look(5_000).reason())
                .endsWith("does not contain \"welcome back\"");
    }

    @Test
    void idleConnectionsPassTheLimitOfTheStatusPage() throws Exception {
        var check = check("active.max", 3);
        assertThat(check.look(5_000).health()).isEqualTo(Health.UP);
        var clients = new ArrayList<Socket>();
        for (int i = 0; i < 5; i++) {
            clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }
        var seen = lookUntil(check, result -> result.health() != Health.UP);
        for (var client : clients) {
            client.close();
        }

        assertThat(seen.get(seen.size() - 1).health()).isEqualTo(Health.DEGRADED);
        assertThat(seen.get(seen.size() - 1).reason()).matches("status: \\d active connections, active.max is 3");
    }

    @Test
    void aFrozenNginxIsDownThoughItsMasterLives() throws Exception {
        var master = master().orElseThrow();
        var all = new ArrayList<>(master.descendants().toList());
        all.add(master);
        signal("STOP", all);
        try {
            var result = check().look(500);
            assertThat(result.health()).isEqualTo(Health.DOWN);
            assertThat(result.reason()).isEqualTo("http: " + url("/") + ": no answer in time");
        } finally {
            signal("CONT", all);
        }
    }

    private static List<CheckResult> lookUntil(BlockingCheck check, Predicate<CheckResult> enough)
            throws InterruptedException {
        var seen = new ArrayList<CheckResult>();
        do {
            seen.add(check.look(5_000));
        } while (!enough.test(seen.get(seen.size() - 1)));
        return seen;
    }

    private BlockingCheck check(Object... keysAndValues) {
        var keys = new HashMap<String, Object>(
                Map.of("pid.file", pidFile.toString(), "http.url", url("/"), "status.url", url("/status")));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return (BlockingCheck) new NginxCheckFactory().create("web", Keys.of(NginxKeys.class, keys));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private String command() {
        return "nginx -p " + directory + " -c " + configuration + " -e " + directory + "/error.log";
    }

    private ExternalCommand nginx() {
        return ExternalCommand.of(command(), "");
    }

    private Optional<ProcessHandle> master() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()));
        } catch (IOException notRunning) {
            return Optional.empty();
        }
    }

    /** The master and its workers at once, as the kernel's memory killer would, and waits for their end. */
    private static void kill(ProcessHandle master) {
        var workers = master.descendants().toList();
        master.destroyForcibly();
        workers.forEach(ProcessHandle::destroyForcibly);
        workers.forEach(RealNginxTest::awaitEnd);
        awaitEnd(master);
    }

    /** ProcessHandle.onExit looks at processes that are not our children once a second only. */
    private static void awaitEnd(ProcessHandle process) {
        var entry = ProcessTable.system().process(process.pid());
        while (entry.isAlive()) {
            Thread.onSpinWait();
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        for (var process : processes) {
            ExternalCommand.of("kill -" + name + " " + process.pid(), "").run(5_000);
        }
    }

    private void configure(String extra) throws IOException {
        Files.writeString(
                configuration,
                """
                pid %1$s;
                worker_processes 1;
                error_log %2$s/error.log;
                events { worker_connections 64; }
                http {
                  access_log off;
                  client_body_temp_path %2$s/t1; proxy_temp_path %2$s/t2; fastcgi_temp_path %2$s/t3;
                  uwsgi_temp_path %2$s/t4; scgi_temp_path %2$s/t5;
                  server {
                    listen 127.0.0.1:%3$d;
                    location = / { return 200 "welcome home"; }
                    location = /broken { return 500; }
                    location = /status { stub_status; }
                  }
                }
                %4$s
                """
                        .formatted(pidFile, directory, port, extra));
    }
}

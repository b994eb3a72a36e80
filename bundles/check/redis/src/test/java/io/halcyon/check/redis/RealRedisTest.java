package io.halcyon.check.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.Look;
import io.halcyon.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the distribution's redis-server on loopback. */
@Tag("lab")
@InNetworkNamespace
@Timeout(60)
class RealRedisTest {

    private static final int MASTER = 6379;
    private static final int REPLICA = 6380;
    private static final int TLS = 6381;

    @TempDir
    static Path certificates;

    private static TestAuthority authority;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = new TestAuthority(certificates);
        authority.issue("server", "-ext", "san=dns:redis.example.org");
        authority.issue("client");
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var process : List.copyOf(started)) {
            kill(process);
        }
    }

    @Test
    void aRunningServerIsUpAndADeadOneDown() throws Exception {
        var server = start(MASTER);
        var result = lookUntil(Health.UP, MASTER);
        assertThat(result.reason()).isEqualTo("127.0.0.1:6379 answers");
        assertThat(result.latency()).isPositive();

        kill(server);
        assertThat(look(MASTER)).isEqualTo(CheckResult.down("127.0.0.1:6379: no connection: Connection refused"));
    }

    @Test
    void aFrozenServerIsDown() throws Exception {
        var server = start(MASTER);
        lookUntil(Health.UP, MASTER);
        Command.line("kill -STOP " + server.pid());

        assertThat(Look.at(check(MASTER), 300)).isEqualTo(CheckResult.down("timed out"));
    }

    @Test
    void thePasswordIsAskedForAndChecked() throws Exception {
        start(MASTER, "--requirepass", "open sesame", "--user", "halcyon", "on", ">its%own\\secret", "+ping", "+info");
        var noLogin = lookUntil(answer -> answer.reason().contains("NOAUTH"), MASTER);
        assertThat(noLogin.reason()).isEqualTo("127.0.0.1:6379: PING: NOAUTH Authentication required.");
        assertThat(noLogin.health()).isEqualTo(Health.DOWN);

        assertThat(look(MASTER, "password", "wrong").reason()).isEqualTo("127.0.0.1:6379: AUTH: refused, WRONGPASS");
        assertThat(look(MASTER, "password", "open sesame").health()).isEqualTo(Health.UP);
        assertThat(look(MASTER, "user", "halcyon", "password", "its%own\\secret", "role", "master")
                        .health())
                .isEqualTo(Health.UP);
    }

    @Test
    void masterAndReplicaAreToldApart() throws Exception {
        start(MASTER);
        lookUntil(Health.UP, MASTER);
        start(REPLICA, "--replicaof", "127.0.0.1 6379");
        lookUntil(Health.UP, REPLICA, "role", "replica", "info", new String[] {"master_link_status = up"});

        var master = look(MASTER, "role", "master", "info", new String[] {"connected_slaves >= 1", "loading = 0"});
        assertThat(master.reason()).isEqualTo("127.0.0.1:6379 answers as master");
        assertThat(master.health()).isEqualTo(Health.UP);
        assertThat(master.details()).containsEntry("role", "master").containsEntry("connected_slaves", "1");
        assertThat(look(REPLICA, "role", "replica").reason()).isEqualTo("127.0.0.1:6380 answers as replica");
        assertThat(look(REPLICA, "role", "master"))
                .extracting(CheckResult::health, CheckResult::reason)
                .containsExactly(Health.DOWN, "127.0.0.1:6380: the role is replica, expected is master");
        assertThat(look(MASTER, "info", new String[] {"connected_slaves >= 2"}))
                .extracting(CheckResult::health, CheckResult::reason)
                .containsExactly(Health.DOWN, "127.0.0.1:6379: connected_slaves is 1, expected is >= 2");
    }

    @Test
    void aReplicaThatLostItsMasterCanBeDegraded() throws Exception {
        var master = start(MASTER);
        lookUntil(Health.UP, MASTER);
        start(REPLICA, "--replicaof", "127.0.0.1 6379");
        Object[] keys = {"role", "replica", "info.warn", new String[] {"master_link_status = up"}};
        lookUntil(Health.UP, REPLICA, keys);
        kill(master);

        assertThat(lookUntil(Health.DEGRADED, REPLICA, keys).reason())
                .isEqualTo("127.0.0.1:6380: master_link_status is down, expected is = up");
    }

    @Test
    void whileItLoadsItIsDown() throws Exception {
        var empty = start(MASTER);
        lookUntil(Health.UP, MASTER);
        Command.run("redis-cli", "eval", "for i = 1, 2000 do redis.call('set', 'key' .. i, i) end", "0");
        Command.run("redis-cli", "save");
        kill(empty);

        start(MASTER, "--key-load-delay", "10000", "--loading-process-events-interval-bytes", "1024");
        var loading = lookUntil(answer -> answer.reason().contains("LOADING"), MASTER);
        assertThat(loading)
                .isEqualTo(CheckResult.down("127.0.0.1:6379: PING: LOADING Redis is loading the dataset in memory"));
    }

    @Test
    void withTlsBothShowTheirCertificates() throws Exception {
        start(
                MASTER,
                "--tls-port",
                Integer.toString(TLS),
                "--tls-cert-file",
                authority.chainFile("server").toString(),
                "--tls-key-file",
                authority.keyFile("server").toString(),
                "--tls-ca-cert-file",
                authority.caFile().toString());
        lookUntil(Health.UP, MASTER);
        var keys = new ArrayList<Object>(
                List.of("tls", true, "ca", authority.caFile().toString()));

        assertThat(look(TLS, keys.toArray()).reason()).contains("is issued for redis.example.org, not for 127.0.0.1");
        keys.addAll(List.of("sni.name", "redis.example.org"));
        assertThat(look(TLS, keys.toArray()).health()).isEqualTo(Health.DOWN);
        keys.addAll(List.of("certificate", authority.chainFile("client").toString()));
        keys.addAll(List.of("key", authority.keyFile("client").toString()));
        assertThat(look(TLS, keys.toArray()))
                .extracting(CheckResult::reason, CheckResult::health)
                .containsExactly("127.0.0.1:6381 answers", Health.UP);
    }

    private Process start(int port, String... options) throws IOException {
        var command = new ArrayList<>(List.of("redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", directory.toString(), "--dbfilename", "db" + port, "--save", ""));
        // Otherwise it waits five seconds for more replicas before the first gets its copy.
        command.addAll(List.of("--repl-diskless-sync-delay", "0"));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis" + port + ".log").toFile())
                .start();
        started.add(process);
        return process;
    }

    private void kill(Process process) throws InterruptedException {
        started.remove(process);
        process.destroyForcibly().waitFor();
    }

    private CheckResult lookUntil(Health health, int port, Object... keysAndValues) throws Exception {
        return lookUntil(result -> result.health() == health, port, keysAndValues);
    }

    private CheckResult lookUntil(Predicate<CheckResult> enough, int port, Object... keysAndValues) throws Exception {
        while (true) {
            assertThat(started).as("see redis*.log").allMatch(Process::isAlive);
            var result = look(port, keysAndValues);
            if (enough.test(result)) {
                return result;
            }
        }
    }

    private static CheckResult look(int port, Object... keysAndValues) throws Exception {
        return Look.at(check(port, keysAndValues), 5_000);
    }

    private static RedisCheck check(int port, Object... keysAndValues) {
        var keys = new HashMap<String, Object>(Map.of("connect.port", port));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return (RedisCheck) new RedisCheckFactory().create("redis", Keys.of(RedisKeys.class, keys));
    }
}

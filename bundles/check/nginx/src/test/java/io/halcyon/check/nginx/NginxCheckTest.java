package io.halcyon.check.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.linux.process.ProcessTable;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own process stands for nginx, a scripted server answers for it; with the real one see {@link RealNginxTest}. */
class NginxCheckTest extends HealthCheckContract<NginxKeys> {

    private static final String PAGE =
            """
            Active connections: %d\s
            server accepts handled requests
             %d %d 99\s
            Reading: 0 Writing: 1 Waiting: %d\s
            """;

    @TempDir
    Path directory;

    private ScriptedServer server;
    private ScriptedServer mute;

    @BeforeEach
    void serve() throws IOException {
        server = new ScriptedServer(ScriptedServer.ok("hello"));
        mute = new ScriptedServer(null);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        mute.close();
    }

    @Override
    protected HealthCheckFactory<NginxKeys> factory() {
        return new NginxCheckFactory();
    }

    @Override
    protected Map<String, Object> working() throws IOException {
        return alive("http.url", server.url("/"));
    }

    @Override
    protected Map<String, Object> failing() {
        return Map.of("pid.file", directory + "/none.pid", "process", "");
    }

    @Override
    protected Map<String, Object> hanging() throws IOException {
        return alive("http.url", mute.url("/"));
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("pid.file", "", "process", "");
    }

    @Test
    void aLivingProcessIsEnoughIfNothingElseIsAsked() throws Exception {
        var result = look(alive());

        assertThat(result.health()).isEqualTo(Health.UP);
        assertThat(result.reason()).isEqualTo("master process is alive");
        assertThat(result.details())
                .containsEntry("pid", "" + ProcessHandle.current().pid());
    }

    @Test
    void theProbeAsksWithTheHostOfTheUrlOrTheOneGiven() throws Exception {
        look(alive("http.url", server.url("/health?deep=1")));
        assertThat(server.requests.get(0)).startsWith("GET /health?deep=1 HTTP/1.0\r\nHost: 127.0.0.1:");

        look(alive("http.url", server.url(""), "http.host", "www.example.org"));
        assertThat(server.requests.get(1)).startsWith("GET / HTTP/1.0\r\nHost: www.example.org\r\n");
    }

    @Test
    void anotherStatusIsDownAndNamesWhatIsAllowed() throws Exception {
        server.answer = "HTTP/1.1 500 Internal Server Error\r\n\r\noops";
        var url = server.url("/");

        assertThat(look(alive("http.url", url)).health()).isEqualTo(Health.DOWN);
        assertThat(look(alive("http.url", url)).reason())
                .isEqualTo("http: " + url + " answered 500, allowed is 200-299");
        assertThat(look(alive("http.url", url, "http.status", new String[] {"200-299", "500"}))
                        .health())
                .isEqualTo(Health.UP);
    }

    @Test
    void aMissingTextIsDown() throws Exception {
        assertThat(look(alive("http.url", server.url("/"), "http.body", "hell")).health())
                .isEqualTo(Health.UP);
        assertThat(look(alive("http.url", server.url("/"), "http.body", "heaven"))
                        .reason())
                .isEqualTo("http: the answer of " + server.url("/") + " does not contain \"heaven\"");
    }

    @Test
    void noAnswerRefusedAndNonsenseAreToldApart() throws Exception {
        assertThat(look(alive("http.url", mute.url("/")), 200).reason()).endsWith("no answer in time");
        server.answer = "";
        assertThat(look(alive("http.url", server.url("/"))).reason()).endsWith("closed without an answer");
        server.answer = "SSH-2.0-OpenSSH\r\n";
        assertThat(look(alive("http.url", server.url("/"))).reason()).endsWith("not an HTTP answer");
        server.close();
        assertThat(look(alive("http.url", server.url("/"))).reason()).containsIgnoringCase("connection refused");
    }

    @Test
    void statusPageLimitsMakeItDegraded() throws Exception {
        page(7, 100, 100, 3);
        assertThat(look(alive("status.url", server.url("/s"), "active.max", 7, "waiting.max", 3))
                        .health())
                .isEqualTo(Health.UP);
        var active = look(alive("status.url", server.url("/s"), "active.max", 6));
        assertThat(active.health()).isEqualTo(Health.DEGRADED);
        assertThat(active.reason()).isEqualTo("status: 7 active connections, active.max is 6");
        assertThat(active.details()).containsEntry("active", "7").containsEntry("waiting", "3");
        assertThat(look(alive("status.url", server.url("/s"), "waiting.max", 2)).reason())
                .isEqualTo("status: 3 waiting connections, waiting.max is 2");
    }

    @Test
    void droppedConnectionsCountFromLookToLook() throws Exception {
        var check = check(alive("status.url", server.url("/s"), "dropped.max", 0));
        page(1, 100, 90, 0);
        assertThat(check.look(5_000).health()).isEqualTo(Health.UP);
        page(1, 120, 108, 0);
        assertThat(check.look(5_000).reason())
                .isEqualTo("status: 2 dropped connections since the last look, dropped.max is 0");
        page(1, 140, 128, 0);
        assertThat(check.look(5_000).health()).isEqualTo(Health.UP);
        page(1, 2, 2, 0);
        assertThat(check.look(5_000).health()).as("nginx was restarted").isEqualTo(Health.UP);
    }

    @Test
    void aStatusPageThatIsNotThereIsDegradedOneThatDoesNotAnswerIsDown() throws Exception {
        server.answer = "HTTP/1.1 404 Not Found\r\n\r\n";
        assertThat(look(alive("status.url", server.url("/s"))).health()).isEqualTo(Health.DEGRADED);
        assertThat(look(alive("status.url", mute.url("/s")), 200).health()).isEqualTo(Health.DOWN);
    }

    @Test
    void aPidFileThatNamesADeadOrAnotherProcessIsNotBelieved() throws Exception {
        var file = Files.writeString(directory.resolve("x.pid"), "999999999\n");
        assertThat(look(Map.of("pid.file", file.toString())).reason())
                .isEqualTo("process: process 999999999 of pid file " + file + " is gone");
        Files.writeString(file, "" + ProcessHandle.current().pid());
        assertThat(look(Map.of("pid.file", file.toString())).reason()).endsWith(" is java, not nginx");
        Files.writeString(file, "../1");
        assertThat(look(Map.of("pid.file", file.toString())).reason()).endsWith("does not hold a number");
    }

    @Test
    void theNameFindsTheMasterOfOurNetworkNamespace() throws Exception {
        var proc = Files.createDirectories(directory.resolve("proc"));
        process(proc, 10, "nginx", "S", 1, "net:[1]");
        process(proc, 1, "systemd", "S", 0, "net:[1]");
        process(proc, 20, "nginx", "S", 10, "net:[2]");
        process(proc, 30, "nginx", "Z", 1, "net:[2]");
        Files.createDirectories(proc.resolve("thread-self/ns"));
        Files.createSymbolicLink(proc.resolve("thread-self/ns/net"), Path.of("net:[2]"));
        var byName = new MasterProcess(new ProcessTable(proc), "", "nginx");
        assertThat(byName.look().alive())
                .as("another namespace, a worker, a zombie")
                .isFalse();

        process(proc, 40, "nginx", "S", 1, "net:[2]");
        assertThat(byName.look().pid()).isEqualTo(40);
    }

    @Test
    void aStatusPageIsRead() {
        assertThat(StatusPage.parse(PAGE.formatted(1, 2, 3, 4))).isEqualTo(new StatusPage(1, 2, 3, 4));
        assertThat(StatusPage.parse("<html>")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1/", "127.0.0.1", "http:///x", "ftp://h/", "http://h/a b"})
    void anotherUrlIsRefused(String url) {
        assertThatThrownBy(() -> check(Map.of("http.url", url)))
                .hasMessage("http.url = " + url + " is refused: allowed is http://HOST[:PORT]/PATH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "2xx", "300-200", "600", ""})
    void anotherStatusRangeIsRefused(String range) {
        assertThatThrownBy(() -> check(Map.of("http.url", "http://h/", "http.status", new String[] {range})))
                .hasMessageStartingWith("http.status = [" + range + "] is refused: allowed is ");
    }

    private void page(int active, int accepted, int handled, int waiting) {
        server.answer = ScriptedServer.ok(PAGE.formatted(active, accepted, handled, waiting));
    }

    /** Keys of a check that takes this JVM for nginx. */
    private Map<String, Object> alive(Object... keysAndValues) throws IOException {
        var file = Files.writeString(
                directory.resolve("own.pid"), ProcessHandle.current().pid() + "\n");
        var keys = new HashMap<String, Object>(Map.of("pid.file", file.toString(), "process", "java"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return keys;
    }

    private CheckResult look(Map<String, Object> keys) throws InterruptedException {
        return look(keys, 5_000);
    }

    private CheckResult look(Map<String, Object> keys, long timeoutMillis) throws InterruptedException {
        return check(keys).look(timeoutMillis);
    }

    private BlockingCheck check(Map<String, Object> keys) {
        return (BlockingCheck) factory().create("web", Keys.of(NginxKeys.class, keys));
    }

    private static void process(Path proc, int pid, String name, String state, int parent, String net)
            throws IOException {
        var directory = Files.createDirectories(proc.resolve("" + pid));
        Files.writeString(directory.resolve("stat"), pid + " (" + name + ") " + state + " " + parent + " 1 1\n");
        Files.writeString(directory.resolve("comm"), name + "\n");
        Files.createDirectories(directory.resolve("ns"));
        Files.createSymbolicLink(directory.resolve("ns/net"), Path.of(net));
    }
}

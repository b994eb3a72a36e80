package io.halcyon.check.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What HAProxy tells is judged; a scripted peer stands for it. With the real one see {@link RealHaproxyTest}. */
class HaproxyCheckTest extends HealthCheckContract<HaproxyKeys> {

    @TempDir
    Path directory;

    private Path path;
    private ScriptedPeer socket;
    private ScriptedPeer page;

    @BeforeEach
    void serve() throws IOException {
        path = directory.resolve("admin.sock");
        socket = ScriptedPeer.at(path, ScriptedPeer.says(Told.well().onSocket()));
        page = ScriptedPeer.onLoopback(ScriptedPeer.says(Told.well().onPage()));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        page.close();
    }

    @Override
    protected HealthCheckFactory<HaproxyKeys> factory() {
        return new HaproxyCheckFactory();
    }

    @Override
    protected Map<String, Object> working() {
        return Map.of("socket", path.toString(), "stats.url", page.url("/stats"), "backends", list("app:2"));
    }

    @Override
    protected Map<String, Object> failing() {
        return Map.of("socket", directory + "/none.sock");
    }

    @Override
    protected Map<String, Object> hanging() {
        socket.script = ScriptedPeer.saysNothing();
        return Map.of("socket", path.toString());
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("socket", "", "stats.url", "", "pid.file", "");
    }

    @Test
    void everyPartSaysThatItIsWell() throws Exception {
        var pid = Files.writeString(directory.resolve("pid"), pidOfThisTest());
        var result = look(Map.of(
                "pid.file", pid.toString(), "process", "java", "socket", path.toString(), "stats.url", page.url("/s")));

        assertThat(result.health()).isEqualTo(Health.UP);
        assertThat(result.reason()).isEqualTo("process is alive, socket answers, page answers");
        assertThat(result.details())
                .containsEntry("pid", "4711")
                .containsEntry("version", "2.6.12")
                .containsEntry("connections", "3 of 100")
                .containsEntry("backend.app", "2 of 2 up")
                .containsEntry("queued", "0")
                .containsEntry("http.status", "200");
        assertThat(result.latency()).isPositive();
        assertThat(socket.questions).containsExactly("show info;show stat\n");
    }

    @ParameterizedTest
    @CsvSource({
        "UP,2",
        "UP 1/3,2",
        "no check,2",
        "DOWN,1",
        "DOWN 1/2,1",
        "MAINT,1",
        "MAINT (via x/y),1",
        "DRAIN,1",
        "NOLB,1"
    })
    void aServerCountsWhenItIsSentNewRequests(String status, int count) throws Exception {
        tell(new Told()
                .server("app", "a", "UP", 0)
                .server("app", "b", status, 0)
                .backend("app", 0));

        var result = look(onSocket("backends", list("app:2")));
        assertThat(result.details()).containsEntry("backend.app", count + " of 2 up");
        assertThat(result.health()).isEqualTo(count == 2 ? Health.UP : Health.DOWN);
    }

    @Test
    void tooFewServersAreDownAndNamed() throws Exception {
        tell(new Told()
                .server("app", "a", "UP", 0)
                .server("app", "b", "DOWN", 0)
                .server("a:b", "c", "UP", 0));

        assertThat(look(onSocket("backends", list("app:2", "a:b:1"))).reason())
                .isEqualTo("socket: backend app has 1 of 2 servers up, at least 2 must be");
        assertThat(look(onSocket("backends", list("app:1", " a:b : 1 "))).health())
                .isEqualTo(Health.UP);
        assertThat(look(onSocket("backends", list("*:2"))).reason())
                .contains("backend app has 1 of 2", "; backend a:b has 1 of 1");
        assertThat(look(onSocket("backends", list("*:2", "app:1"))).reason()).doesNotContain("backend app has");
        assertThat(look(onSocket("backends", list("shop:1"))).reason())
                .isEqualTo("socket: there is no backend shop with servers");
    }

    @Test
    void backupServersCountOnlyOnDemand() throws Exception {
        tell(new Told().server("app", "a", "DOWN", 0).backupServer("app", "sorry", "no check"));

        assertThat(look(onSocket("backends", list("app:1"))).health()).isEqualTo(Health.DOWN);
        assertThat(look(onSocket("backends", list("app:1"), "backends.backup", true))
                        .health())
                .isEqualTo(Health.UP);
    }

    @Test
    void aFrontendThatIsNotOpenIsDown() throws Exception {
        tell(new Told().frontend("web", "PAUSED", 0, 10).frontend("tls", "OPEN", 0, 10));

        assertThat(look(onSocket()).health()).as("nobody asked").isEqualTo(Health.UP);
        assertThat(look(onSocket("frontends", list("tls"))).health()).isEqualTo(Health.UP);
        assertThat(look(onSocket("frontends", list("web", "tls"))).reason())
                .isEqualTo("socket: frontend web is PAUSED, not OPEN");
        assertThat(look(onSocket("frontends", list("*"))).health()).isEqualTo(Health.DOWN);
        assertThat(look(onSocket("frontends", list("mail", "*"))).reason()).endsWith("; there is no frontend mail");
    }

    @Test
    void aStoppingProcessIsDown() throws Exception {
        tell(Told.well().stopping());

        assertThat(look(onSocket()).reason()).isEqualTo("socket: process 4711 is stopping");
        assertThat(look(onSocket()).health()).isEqualTo(Health.DOWN);
    }

    @Test
    void limitsAreDegradedAndADemandComesFirst() throws Exception {
        tell(new Told()
                .frontend("web", "OPEN", 9, 10)
                .server("app", "a", "UP", 3)
                .backend("app", 4)
                .connections(96));

        assertThat(look(onSocket("queue.max", 7, "sessions.max", 96)).health()).isEqualTo(Health.UP);
        var queue = look(onSocket("queue.max", 6));
        assertThat(queue.health()).isEqualTo(Health.DEGRADED);
        assertThat(queue.reason()).isEqualTo("socket: backend app lets 7 requests wait, queue.max is 6");
        assertThat(look(onSocket("sessions.max", 89)).reason())
                .isEqualTo("socket: frontend web has 9 of at most 10 sessions, sessions.max is 89 %;"
                        + " the process has 96 of at most 100 sessions, sessions.max is 89 %");
        assertThat(look(onSocket("queue.max", 6, "backends", list("app:2"))).health())
                .isEqualTo(Health.DOWN);
    }

    @Test
    void thePageIsJudgedAlikeAndAskedWithCredentials() throws Exception {
        page.script = ScriptedPeer.says(
                new Told().server("app", "a", "DOWN", 0).backend("app", 0).onPage());
        var result = look(Map.of(
                "stats.url",
                page.url("/st?x=1"),
                "stats.user",
                "me",
                "stats.password",
                "geheim",
                "backends",
                list("*:1")));

        assertThat(result.reason()).isEqualTo("page: backend app has 0 of 1 servers up, at least 1 must be");
        assertThat(page.questions.get(0))
                .startsWith("GET /st?x=1;csv HTTP/1.0\r\nHost: 127.0.0.1:" + page.port() + "\r\n")
                .contains("\r\nAuthorization: Basic bWU6Z2VoZWlt\r\n");
    }

    @Test
    void aPageThatIsNotThereIsDegradedAndKeepsThePasswordToItself() throws Exception {
        page.script = ScriptedPeer.says("HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic\r\n\r\n");
        var keys =
                Map.<String, Object>of("stats.url", page.url("/stats"), "stats.user", "me", "stats.password", "geheim");

        assertThat(look(keys).health()).isEqualTo(Health.DEGRADED);
        assertThat(look(keys).toString())
                .contains("page: " + page.url("/stats;csv") + " (HTTP 401) has no statistics")
                .doesNotContain("geheim", "bWU6");
    }

    @Test
    void aSocketThatForbidsIsDegraded() throws Exception {
        socket.script = ScriptedPeer.says("Permission denied\n\n");

        assertThat(look(onSocket("backends", list("app:1"))).health()).isEqualTo(Health.DEGRADED);
        assertThat(look(onSocket()).reason())
                .isEqualTo("socket: the answer of " + path + " does not say what HAProxy is doing (show info)");
    }

    @Test
    void aDegradedSocketDoesNotHideADeadPage() throws Exception {
        tell(new Told().backend("app", 5));
        page.close();

        var result = look(onSocket("queue.max", 1, "stats.url", page(), "response.max", 4096));
        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).startsWith("page: ").containsIgnoringCase("refused");
    }

    @Test
    void aPidFileIsEnoughAndNotBelievedBlindly() throws Exception {
        var file = directory.resolve("h.pid");
        var keys = Map.<String, Object>of("pid.file", file.toString());
        assertThat(look(keys).reason()).isEqualTo("process: pid file " + file + " is missing");
        Files.writeString(file, "999999999\n");
        assertThat(look(keys).reason()).isEqualTo("process: process 999999999 of pid file " + file + " is gone");
        Files.writeString(file, "999999999\n" + pidOfThisTest());
        assertThat(look(keys).reason()).endsWith(" is java, not haproxy");
        Files.writeString(file, "../1");
        assertThat(look(keys).reason()).endsWith("does not hold a number");
        Files.writeString(file, pidOfThisTest());
        assertThat(look(Map.of("pid.file", file.toString(), "process", "")).health())
                .isEqualTo(Health.UP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "app:0", "app:x", ":1", "app:-1", "app:1:"})
    void aSenselessBackendIsRefused(String member) {
        assertThatThrownBy(() -> check(onSocket("backends", list(member))))
                .hasMessage("backends = [" + member + "] is refused: allowed is NAME:N with N from 1 to 999999, such as"
                        + " app:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://h/", "h/stats", "http://h", "http://a b/", "http://me:pw@h/s"})
    void anotherUrlIsRefused(String url) {
        assertThatThrownBy(() -> check(Map.of("stats.url", url)))
                .hasMessage("stats.url = " + url + " is refused: allowed is http://HOST[:PORT]/PATH");
    }

    @Test
    void whatNeedsASourceIsRefusedWithoutOne() {
        assertThatThrownBy(() -> check(Map.of("pid.file", "/x", "frontends", list("web"))))
                .hasMessageStartingWith("frontends = [web] is refused: allowed is this only with socket or stats.url");
        assertThatThrownBy(() -> check(Map.of("stats.url", page(), "stats.password", "geheim")))
                .hasMessageStartingWith("stats.user = ")
                .hasMessageNotContaining("geheim");
        assertThatThrownBy(() -> check(Map.of("socket", "admin.sock"))).hasMessageStartingWith("socket = admin.sock ");
        assertThatThrownBy(() -> check(onSocket("backends", list("a:1", "a:2"))))
                .hasMessageContaining("a is there twice");
    }

    @Test
    void itsStepsAreTold() throws Exception {
        var result = look(working());

        assertThat(result.details().keySet().stream().filter(name -> name.startsWith(CheckResult.STEP)))
                .containsExactly("step.socket", "step.page", "step.judge");
    }

    private String page() {
        return page.isOpen() ? page.url("/stats") : "http://127.0.0.1:1/stats";
    }

    private void tell(Told told) {
        socket.script = ScriptedPeer.says(told.onSocket());
    }

    private static String pidOfThisTest() {
        return ProcessHandle.current().pid() + "\n";
    }

    private static String[] list(String... members) {
        return members;
    }

    private Map<String, Object> onSocket(Object... keysAndValues) {
        var keys = new HashMap<String, Object>(Map.of("socket", path.toString()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return keys;
    }

    private CheckResult look(Map<String, Object> keys) throws InterruptedException {
        return check(keys).look(5_000);
    }

    private BlockingCheck check(Map<String, Object> keys) {
        return (BlockingCheck) factory().create("lb", Keys.of(HaproxyKeys.class, keys));
    }
}

package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.halcyon.api.check.Health;
import io.halcyon.check.engine.RealChecks;
import io.halcyon.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationException;

/** Virtual servers with real checks that look at real web servers on loopback. */
@Timeout(60)
class RealChecksTest {

    private static final byte[] FINE = "fine".getBytes(StandardCharsets.US_ASCII);
    /** MD5 of it, as genhash prints it. */
    private static final String DIGEST = "fff25994ee3941b225ba898fd17d186f";

    @TempDir
    Path data;

    private RealChecks checks;
    private Node node;
    private WebServer web1;
    private WebServer web2;

    @BeforeEach
    void start() throws IOException {
        checks = new RealChecks(data, new Pids().admin());
        node = new Node(data, new MemoryDataplane.Kernel(), checks.engine());
        node.engine.addDataplane(node.plane);
        checks.tell(node.engine);
        web1 = new WebServer();
        web2 = new WebServer();
    }

    @AfterEach
    void stop() {
        node.close();
        checks.close();
        web1.close();
        web2.close();
    }

    @Test
    void aServerThatFailsLeavesAndReturns() throws Exception {
        node.configure("web", keys());
        node.awaitWeights(Map.of(web1.label(), 1, web2.label(), 1));
        awaitRuns("lvs/web/web1/page", 1);

        web1.status = 503;
        node.awaitWeights(Map.of(web2.label(), 1));
        assertThat(node.real("web1").reason()).contains("503");
        web1.status = 200;

        node.awaitWeights(Map.of(web1.label(), 1, web2.label(), 1));
        assertThat(checks.engine().check("lvs/web/web1/page").orElseThrow().intervalMillis())
                .isEqualTo(100);
    }

    @Test
    void anotherBodyIsFoundByItsDigest() throws Exception {
        var keys = keys();
        keys.put("check.page.url", "/ digest=" + DIGEST);
        node.configure("web", keys);
        awaitRuns("lvs/web/web2/page", 2);
        node.awaitWeights(Map.of(web1.label(), 1, web2.label(), 1));

        web2.body = "defaced".getBytes(StandardCharsets.US_ASCII);

        node.awaitWeights(Map.of(web1.label(), 1));
    }

    @Test
    void theSorryServerServesWhenNobodyAnswers() throws Exception {
        var keys = keys();
        keys.put("sorry.server", "127.0.0.1 9");
        keys.put("alpha", "yes");
        node.configure("web", keys);
        node.awaitWeights(Map.of(web1.label(), 1, web2.label(), 1));

        web1.close();
        web2.close();

        node.awaitWeights(Map.of("[127.0.0.1]:9", 1));
    }

    @Test
    void whatTheTypeRefusesIsRefusedByTheKeyOfTheFile() {
        var keys = keys();
        keys.put("real.server.web2.check.page.status.code", "whatever");

        assertThatThrownBy(() -> node.configure("web", keys))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("real.server.web2.check.page.status.code = whatever is refused: allowed is");
    }

    @Test
    void anEditOfOneRealServerLeavesTheChecksOfOthersAlone() throws Exception {
        node.configure("web", keys());
        awaitRuns("lvs/web/web2/page", 3);
        var keys = keys();
        keys.put("real.server.web1.weight", "5");
        keys.put("real.server.web1.check.page.virtualhost", "web1.example");

        node.configure("web", keys);

        node.awaitWeights(Map.of(web1.label(), 5, web2.label(), 1));
        awaitRuns("lvs/web/web1/page", 1);
        assertThat(checks.engine()
                        .check("lvs/web/web2/page")
                        .orElseThrow()
                        .counters()
                        .get("runs"))
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void anUpdateOfThisBundleLeavesTheKernelAndTheChecksAlone() throws Exception {
        node.configure("web", keys());
        web1.status = 503;
        node.awaitWeights(Map.of(web2.label(), 1));
        awaitRuns("lvs/web/web2/page", 3);
        node.kernel.history.clear();

        checks.forget(node.engine);
        node.close();
        node.kernel.orders.clear();
        restart();

        node.configure("web", keys());
        Await.until("it is settled", () -> node.kernel.orders.contains("settle "));
        assertThat(node.real("web2").health()).isEqualTo(Health.UP);
        assertThat(node.real("web1").health()).isEqualTo(Health.DOWN);
        assertThat(checks.runs("lvs/web/web2/page")).isGreaterThanOrEqualTo(3);
        assertThat(node.kernel.history).containsOnly(Map.of(web2.label(), 1));
        web1.status = 200;
        node.awaitWeights(Map.of(web1.label(), 1, web2.label(), 1));
    }

    @Test
    void anUpdateOfTheCheckEngineTakesNobodyOutAndVerdictsComeBack() throws Exception {
        node.configure("web", keys());
        web1.status = 503;
        node.awaitWeights(Map.of(web2.label(), 1));
        node.kernel.history.clear();

        node.engine.unsetChecks(checks.engine());
        checks.close();
        assertThat(node.kernel.weights(Node.WEB)).isEqualTo(Map.of(web2.label(), 1));
        var api = keys();
        api.put("virtual.server", "192.0.2.9 80");
        api.remove("real.server.web1");
        node.configure("api", api);
        checks = new RealChecks(data, new Pids().admin());
        node.engine.setChecks(checks.engine());
        checks.tell(node.engine);

        awaitRuns("lvs/api/web2/page", 2);
        awaitRuns("lvs/web/web1/page", 2);
        awaitRuns("lvs/web/web2/page", 2);
        assertThat(node.kernel.history).isNotEmpty().containsOnly(Map.of(web2.label(), 1));
        assertThat(node.kernel.orders).noneMatch(order -> order.startsWith("remove"));
        web1.status = 200;
        node.awaitWeights(Map.of(web1.label(), 1, web2.label(), 1));
        web2.status = 503;
        node.awaitWeights(Map.of(web1.label(), 1));
    }

    @Test
    void whatNobodyCouldJudgeIsJudgedWhenSomebodyCan() throws Exception {
        node.configure("web", keys());
        node.awaitWeights(Map.of(web1.label(), 1, web2.label(), 1));
        Await.until("it is known as good", () -> Files.exists(data.resolve("accepted/io.halcyon.lvs-web.cfg")));
        node.engine.unsetChecks(checks.engine());
        var senseless = keys();
        senseless.put("real.server.web1.weight", "5");
        senseless.put("real.server.web2.check.page.status.code", "whatever");
        node.configure("web", senseless);
        node.awaitWeights(Map.of(web1.label(), 5, web2.label(), 1));

        node.engine.setChecks(checks.engine());

        node.awaitWeights(Map.of(web1.label(), 1, web2.label(), 1));
    }

    private void restart() {
        node = new Node(data, node.kernel, checks.engine(), "io.halcyon.lvs~web");
        node.engine.addDataplane(node.plane);
        checks.tell(node.engine);
    }

    private void awaitRuns(String check, long runs) throws Exception {
        Await.until(check + " has looked", () -> checks.engine()
                .check(check)
                .filter(status -> status.counters().get("runs") >= runs)
                .isPresent());
    }

    private Map<String, String> keys() {
        return new HashMap<>(Map.of(
                "virtual.server", "192.0.2.1 80",
                "delay.loop", "0.1",
                "delay.before.retry", "0.1",
                "connect.timeout", "2",
                "warmup", "0",
                "check.page.type", "http",
                "check.page.url", "/",
                "real.server.web1", "127.0.0.1 " + web1.port(),
                "real.server.web2", "127.0.0.1 " + web2.port()));
    }

    /** Answers everything alike. */
    private static final class WebServer implements AutoCloseable {

        private final HttpServer server;
        volatile int status = 200;
        volatile byte[] body = FINE;

        WebServer() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                var now = body;
                exchange.sendResponseHeaders(status, now.length);
                exchange.getResponseBody().write(now);
                exchange.close();
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        String label() {
            return "[127.0.0.1]:" + port();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}

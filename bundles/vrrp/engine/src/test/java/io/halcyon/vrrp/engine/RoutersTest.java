package io.halcyon.vrrp.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.host.Host;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.link.LinkListener;
import io.halcyon.spi.link.LinkMonitor;
import io.halcyon.testkit.ManualHost;
import io.halcyon.vrrp.engine.loop.RouterSettings;
import io.halcyon.vrrp.engine.loop.VrrpLoop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutersTest {

    @TempDir
    Path directory;

    private final RouterParser parser = new RouterParser();
    private VrrpLoop loop;
    private Routers routers;

    @BeforeEach
    void configure() {
        Host host = new ManualHost();
        loop = new VrrpLoop(
                host,
                new LinkMonitor() {
                    @Override
                    public List<Link> links() {
                        return List.of();
                    }

                    @Override
                    public Subscription watch(LinkListener listener) {
                        return () -> {};
                    }
                },
                (event, causes) -> 1);
        routers = new Routers(loop, new Overrides(directory), name -> 0);
    }

    private RouterSettings parse(String name, String networkInterface, String vrid) throws Refusal {
        return parser.parse(ConfigText.of(
                name,
                "etc/io.halcyon.vrrp-" + name + ".cfg",
                Map.of(
                        "interface",
                        networkInterface,
                        "virtual.router.id",
                        vrid,
                        "virtual.ipaddress",
                        "10.0.0." + vrid)));
    }

    private List<RouterStatus> status() {
        CompletableFuture<List<RouterStatus>> answer = loop.routers();
        loop.turn();
        return answer.join();
    }

    @Test
    void aSavedOverrideHoldsAgainAtTheNextStart() throws Refusal {
        routers.override("VI_1", 120, true);
        Routers afterRestart = new Routers(loop, new Overrides(directory), name -> 0);

        afterRestart.apply("VI_1", parse("VI_1", "eth0", "51"));

        assertThat(status().get(0).basePriority()).isEqualTo(120);
        assertThat(status().get(0).configuredPriority()).isEqualTo(100);
    }

    @Test
    void anOverrideThatIsNotSavedIsGoneAtTheNextStart() throws Refusal {
        routers.override("VI_1", 120, false);
        Routers afterRestart = new Routers(loop, new Overrides(directory), name -> 0);

        afterRestart.apply("VI_1", parse("VI_1", "eth0", "51"));

        assertThat(status().get(0).basePriority()).isEqualTo(100);
    }

    @Test
    void anotherNameIsTheSameRouter() throws Refusal {
        RouterSettings first = parse("VI_1", "eth0", "51");
        routers.apply("VI_1", first);

        routers.rename("VI_1", "VI_9", parse("VI_9", "eth0", "51"));

        assertThat(status()).extracting(RouterStatus::name).containsExactly("VI_9");
    }

    @Test
    void trackedChecksAreNamedWithTheirTrackers() throws Refusal {
        routers.apply(
                "VI_1",
                parser.parse(ConfigText.of(
                        "VI_1",
                        "etc/io.halcyon.vrrp-VI_1.cfg",
                        Map.of(
                                "interface", "eth0",
                                "virtual.router.id", "51",
                                "virtual.ipaddress", "10.0.0.51",
                                "track.script", "chk_http_port weight -20"))));

        assertThat(routers.trackedChecks()).isEqualTo(Map.of("chk_http_port", List.of("VI_1")));
    }
}

package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two hosts without nftables: what leaves still answers who resolves its addresses anew, which is said, and nobody else
 * notices.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WithoutNftablesTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String VIP = "192.168.88.50";
    private static final Router HOME = Router.version3(51, 100, VIP);
    private static final Router AWAY = HOME.withPriority(90);
    private static final String PROGRAM = "/usr/sbin/nft";
    private static final String SAID =
            "nftables is not installed (Debian package nftables): while an address is handed over,"
                    + " this host still answers who resolves it anew";

    private Pair pair;

    @BeforeAll
    void startBoth() {
        pair = new Pair("lab-without-nftables", Pair.HALCYON, Pair.HALCYON, List.of(VIP));
        pair.lab().hostNames().forEach(host -> pair.lab().host(host).run("mount", "--bind", "/dev/null", PROGRAM));
        // The client hears announcements, but never asks whether what it knows is true.
        pair.lab()
                .client()
                .run("sysctl", "-q", "-w", "net.ipv4.neigh." + Lab.INTERFACE + ".delay_first_probe_time=600");
        pair.a().configure(List.of(HOME));
        pair.b().configure(List.of(AWAY));
        pair.b().start();
        pair.b().awaitBackup(LIMIT);
        pair.a().start();
        pair.awaitMaster(pair.a(), HOME, LIMIT);
    }

    @AfterAll
    void endTheLab() {
        if (pair != null) {
            pair.close();
        }
    }

    @Test
    @Order(1)
    void theMasterSaysThatItWillNotBeSilent() {
        assertThat(explained()).contains(SAID);
    }

    /** A bridge floods its newest port first. */
    @ParameterizedTest(name = "newest port {0}")
    @ValueSource(strings = {"h1", "h2"})
    @Order(2)
    void aPlannedStopLosesNoProbeOfWhoKnowsTheAddress(String newest) {
        pair.lab().makeNewest(newest);
        pair.prober().awaitAnswer(VIP, "h1", Times.now(), LIMIT); // the bridge has learned its ports again
        long stopped = Times.now();
        pair.a().stop(LIMIT);
        pair.awaitMaster(pair.b(), AWAY, LIMIT);
        pair.a().start();
        pair.awaitMaster(pair.a(), HOME, LIMIT);

        var service = pair.prober().of(VIP).between(stopped, Times.now());

        assertThat(service.losses()).isEmpty();
        assertThat(service.hosts()).containsExactly("h1", "h2");
        assertThat(pair.capture().drops()).isZero();
    }

    @Test
    @Order(3)
    void whatIsInstalledLaterIsUsed() {
        pair.lab().host("h1").run("umount", PROGRAM);

        Await.until("it is found", LIMIT, () -> !explained().contains("nftables"));
    }

    private String explained() {
        return ((HalcyonNode) pair.a())
                .command("vrrp:explain", HOME.name())
                .orThrow()
                .replaceAll("\\s+", " ");
    }
}

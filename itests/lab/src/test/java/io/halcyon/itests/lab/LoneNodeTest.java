package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A node without a peer, supervised: a crash costs the clients a hole, which is measured and printed. */
@Tag("lab")
@Isolated("a restart is measured")
class LoneNodeTest {

    private static final String VIP = "192.168.88.50";
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @Test
    void aCrashedContainerIsRestartedAtOnceAndServesAgain() {
        var router = Router.version2(51, 100, VIP);
        var directory = Distribution.root().resolve("itests/lab/target/labs/lone");
        try (var lab = Lab.create("lab-lone", directory, 1);
                var capture = Capture.of(lab);
                var prober = new Prober(lab, capture, List.of(VIP));
                var node = new HalcyonNode(lab, "h1", Distribution.unpacked())) {
            node.configure(List.of(router));
            node.command("start").orThrow();
            prober.awaitAnswer(VIP, "h1", 0, LIMIT);
            long crashed = Times.now();
            lab.host("h1").shell("kill -9 $(cat %s/run/halcyon.pid)".formatted(HalcyonNode.BASE));
            var again = capture.awaitAdvert("master again", crashed, LIMIT, advert -> advert.vrid() == 51);
            prober.awaitAnswer(VIP, "h1", again.at(), LIMIT);
            var service = prober.of(VIP).between(crashed, Times.now());
            System.out.printf(
                    "lone node: kill -9 cost %.0f ms without an answer, advertising again after %.0f ms%n",
                    service.outageMillis(), Times.millis(crashed, again.at()));
            node.command("stop").orThrow();

            assertThat(Times.millis(crashed, again.at())).isGreaterThan(router.masterDownMillis());
            assertThat(service.outageMillis()).isLessThan(15_000);
        }
    }
}

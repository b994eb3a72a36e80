package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The laboratory measures what is known of keepalived; so its figures can be trusted for ours. */
@Tag("lab")
@Isolated("its timers are short")
class KeepalivedPairTest {

    private static final String VIP = "192.168.88.50";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void aPlannedStopCostsTheClientsTheSkewTimeAndAKillNothing() {
        var a = Router.version3(51, 100, VIP);
        var b = Router.version3(51, 90, VIP);
        try (var pair = new Pair("lab-ka", Pair.KEEPALIVED, Pair.KEEPALIVED, List.of(VIP))) {
            pair.a().configure(List.of(a));
            pair.b().configure(List.of(b));
            pair.b().start();
            pair.b().awaitBackup(LIMIT);
            pair.a().start();
            pair.awaitMaster(pair.a(), a, LIMIT);

            long stopped = Times.now();
            pair.a().stop(LIMIT);
            pair.awaitMaster(pair.b(), b, LIMIT);
            var stop = pair.prober().of(VIP).between(stopped - 100_000_000, Times.now());

            pair.a().start();
            pair.awaitMaster(pair.a(), a, LIMIT);
            long killed = Times.now();
            pair.a().kill();
            var first = pair.capture()
                    .awaitAdvert("takeover", killed, LIMIT, ad -> ad.host().equals("h2"));
            pair.awaitMaster(pair.b(), b, LIMIT);
            var kill = pair.prober().of(VIP).between(killed - 100_000_000, Times.now());

            assertThat(Times.millis(killed, first.at())).isBetween(200.0, 650.0);
            assertThat(stop.outageMillis()).isBetween(60.0, 300.0);
            assertThat(kill.lost()).isLessThan(30);
            assertThat(kill.hosts()).containsExactly("h1", "h2");
            assertThat(first.checksum()).isEqualTo("pseudo");
            assertThat(pair.capture().drops()).isZero();
        }
    }
}

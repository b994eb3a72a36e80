package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.dataplane.Counters;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RatesTest {

    private static final long SECOND = 1_000_000_000L;

    private final Rates rates = new Rates();

    @Test
    void theFirstLookKnowsNoRate() {
        var traffic = rates.of("web", counters(100), 0);

        assertThat(traffic.connections()).isEqualTo(100);
        assertThat(traffic.connectionsPerSecond()).isZero();
    }

    @Test
    void theSecondLookKnowsWhatPassedBetween() {
        rates.of("web", counters(100), 0);

        var traffic = rates.of("web", counters(150), 2 * SECOND);

        assertThat(traffic.connectionsPerSecond()).isEqualTo(25);
        assertThat(traffic.bytesInPerSecond()).isEqualTo(25_000);
        assertThat(traffic.bytesOutPerSecond()).isEqualTo(250_000);
    }

    @Test
    void aLookTooSoonKeepsTheRate() {
        rates.of("web", counters(100), 0);
        rates.of("web", counters(150), 2 * SECOND);

        var traffic = rates.of("web", counters(151), 2 * SECOND + 10);

        assertThat(traffic.connections()).isEqualTo(151);
        assertThat(traffic.connectionsPerSecond()).isEqualTo(25);
        assertThat(rates.of("web", counters(200), 4 * SECOND).connectionsPerSecond())
                .isEqualTo(25);
    }

    @Test
    void anEntryMadeAnewGoesNotBackwards() {
        rates.of("web", counters(100), 0);

        assertThat(rates.of("web", counters(5), SECOND).connectionsPerSecond()).isZero();
    }

    @Test
    void whatIsForgottenBeginsAgain() {
        rates.of("web", counters(100), 0);
        rates.keepOnly(Set.of("mail"));

        assertThat(rates.of("web", counters(200), SECOND).connectionsPerSecond())
                .isZero();
    }

    private static Counters counters(long connections) {
        return new Counters(connections, 0, 0, connections * 1_000, connections * 10_000);
    }
}

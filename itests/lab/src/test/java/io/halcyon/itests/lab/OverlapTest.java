package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * While two hosts have an address, whoever resolves it anew hears two answers and keeps the first. A client forgets one
 * address after the other all through a handover, so each of them is resolved at another moment. {@code ./bench overlap}
 * measures the same with one address and with a thousand, beside keepalived, and holds it to its targets.
 */
@Tag("lab")
@Isolated("what a moment costs is measured")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OverlapTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> VIPS =
            IntStream.range(0, 40).mapToObj(i -> "192.168.88." + (50 + i)).toList();
    private static final Router HOME = new Router("VI_1", 3, 51, 100, "0.1", VIPS, "", false, "", 0);
    private static final Router AWAY = HOME.withPriority(90);

    /** What resolving anew may cost at a planned stop: the target is 50 ms, the rest is a busy machine. */
    private static final double STOP_MILLIS = 150;

    /** A dead host's kernel answers until its lease is over; the new master announces each second. */
    private static final double KILL_MILLIS = 1_250;

    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final long MILLI = 1_000_000;

    private Pair pair;

    @BeforeAll
    void startBoth() {
        pair = new Pair("lab-overlap", Pair.HALCYON, Pair.HALCYON, VIPS);
        pair.a().configure(List.of(HOME));
        pair.b().configure(List.of(AWAY));
        pair.b().start();
        pair.b().awaitBackup(LIMIT);
    }

    @BeforeEach
    void theFirstIsMaster() {
        if (!pair.a().alive()) {
            pair.a().start();
        }
        pair.awaitMaster(pair.a(), HOME, LIMIT);
    }

    @AfterAll
    void endTheLab() {
        if (pair != null) {
            pair.close();
        }
    }

    @ParameterizedTest(name = "newest port {0}")
    @ValueSource(strings = {"h1", "h2"})
    @Order(1)
    void whoResolvesAnAddressDuringAPlannedStopIsServed(String newest) {
        pair.lab().makeNewest(newest);
        pair.prober().awaitAnswer(VIPS.get(0), "h1", Times.now(), LIMIT); // the bridge has learned its ports again

        assertThat(forgettingMillis(5 * MILLI, () -> pair.a().stop(LIMIT))).isLessThan(STOP_MILLIS);
    }

    @ParameterizedTest(name = "newest port {0}")
    @ValueSource(strings = {"h1", "h2"})
    @Order(2)
    void whoResolvesAnAddressAfterADeathWaitsForTheNextAnnouncementAtMost(String newest) {
        pair.lab().makeNewest(newest);
        pair.prober().awaitAnswer(VIPS.get(0), "h1", Times.now(), LIMIT);

        assertThat(forgettingMillis(80 * MILLI, () -> {
                    pair.a().kill();
                    Await.pass(LEASE, "the dead host's kernel answers as long, and is resolved");
                }))
                .isLessThan(KILL_MILLIS);
    }

    @Test
    @Order(3)
    void theCaptureMissedNothing() {
        assertThat(pair.capture().drops()).isZero();
    }

    /** The longest outage of any address while a client forgets one after the other, until the other node alone is master. */
    private double forgettingMillis(long everyNanos, Runnable handover) {
        long began = Times.now();
        long ended = Forgetting.during(pair.lab(), VIPS, 0, everyNanos, () -> {
            handover.run();
            pair.awaitMaster(pair.b(), AWAY, LIMIT);
            return Times.now();
        });
        return VIPS.stream()
                .mapToDouble(vip -> pair.prober().of(vip).between(began, ended).outageMillis())
                .max()
                .orElseThrow();
    }
}

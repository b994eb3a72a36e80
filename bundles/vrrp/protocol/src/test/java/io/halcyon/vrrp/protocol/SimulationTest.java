package io.halcyon.vrrp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.vrrp.RouterState;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two and three routers on one lossy LAN that is partitioned and heals, under virtual time. */
class SimulationTest {

    private static final long MILLI = 1_000_000L;
    private static final long INTERVAL = 100 * MILLI;
    private static final long LONGEST_DELAY = 5 * MILLI;
    private static final int SCHEDULES = 300;

    /** A message on its way to one router. */
    private record Flight(long atNanos, long number, int from, int to, ByteBuffer message) {}

    private static final class Lan {
        private final Random random;
        private final List<VirtualRouter> routers = new ArrayList<>();
        private final PriorityQueue<Flight> flights = new PriorityQueue<>((a, b) -> a.atNanos() == b.atNanos()
                ? Long.compare(a.number(), b.number())
                : Long.compare(a.atNanos(), b.atNanos()));
        private final boolean[] cut;
        private double loss;
        private long now;
        private long number;
        private long severalSince = -1;
        private long longestSeveral;

        Lan(Random random, int nodes) {
            this.random = random;
            cut = new boolean[nodes];
            int equal = 1 + random.nextInt(254);
            boolean tie = random.nextInt(4) == 0;
            for (int i = 0; i < nodes; i++) {
                int version = 3;
                routers.add(new VirtualRouter(Fixtures.config(
                        version, tie ? equal : 1 + random.nextInt(254), (int) (INTERVAL / (10 * MILLI)))));
                feed(i, new RouterEvent.Available(address(i), "up"));
            }
        }

        static InetAddress address(int node) {
            return Fixtures.address("192.0.2." + (node + 1));
        }

        void run(long untilNanos) {
            while (next() <= untilNanos) {
                step();
            }
            now = untilNanos;
            observe();
        }

        private long next() {
            long next = flights.isEmpty() ? Long.MAX_VALUE : flights.element().atNanos();
            for (VirtualRouter router : routers) {
                next = Math.min(next, router.deadline());
            }
            return next;
        }

        private void step() {
            now = Math.max(now, next());
            Flight flight = flights.peek();
            if (flight != null && flight.atNanos() <= now) {
                deliver(flights.remove());
            } else {
                for (int i = 0; i < routers.size(); i++) {
                    if (routers.get(i).deadline() <= now) {
                        feed(i, new RouterEvent.Timer());
                    }
                }
            }
            observe();
        }

        private void deliver(Flight flight) {
            if (cut[flight.from()] || cut[flight.to()]) {
                return;
            }
            Decoded decoded = AdvertisementCodec.decode(
                    flight.message(), 255, address(flight.from()), AdvertisementCodec.GROUP_IPV4);
            assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
            Advertisement advertisement = ((Decoded.Accepted) decoded).advertisement();
            feed(flight.to(), new RouterEvent.Received(advertisement, address(flight.from())));
        }

        void feed(int node, RouterEvent event) {
            for (Effect effect : routers.get(node).on(event, now)) {
                if (effect instanceof Effect.Send send) {
                    broadcast(node, send.priority());
                }
            }
        }

        private void broadcast(int node, int priority) {
            ByteBuffer message =
                    ByteBuffer.wrap(AdvertisementCodec.encode(routers.get(node).config(), priority, address(node)));
            for (int to = 0; to < routers.size(); to++) {
                if (to != node && random.nextDouble() >= loss) {
                    long delay = 1 + (long) (random.nextDouble() * LONGEST_DELAY);
                    flights.add(new Flight(now + delay, number++, node, to, message));
                }
            }
        }

        private void observe() {
            if (masters() > 1) {
                severalSince = severalSince < 0 ? now : severalSince;
                longestSeveral = Math.max(longestSeveral, now - severalSince);
            } else {
                severalSince = -1;
            }
        }

        /** From now on only what happens from here counts. */
        void measure() {
            severalSince = -1;
            longestSeveral = 0;
            observe();
        }

        long masters() {
            return routers.stream()
                    .filter(router -> router.state() == RouterState.MASTER)
                    .count();
        }

        /** The master that the priorities, then the addresses, demand. */
        int best() {
            int best = 0;
            for (int i = 1; i < routers.size(); i++) {
                if (routers.get(i).effectivePriority() > routers.get(best).effectivePriority()) {
                    best = i;
                }
            }
            return best;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void aHealedPartitionHasOneMasterWithinAnIntervalAndItIsTheBest(int nodes) {
        for (int seed = 0; seed < SCHEDULES; seed++) {
            Lan lan = new Lan(new Random(seed), nodes);
            lan.run(2_000 * MILLI);
            assertThat(lan.masters()).as("seed %d", seed).isEqualTo(1);

            lan.cut[new Random(seed).nextInt(nodes)] = true;
            lan.run(4_000 * MILLI);
            assertThat(lan.masters()).as("seed %d, partitioned", seed).isEqualTo(2);

            Arrays.fill(lan.cut, false);
            lan.measure();
            lan.run(8_000 * MILLI);

            // The winner advertises within an interval, or answers the loser; three delays are on the way.
            assertThat(lan.longestSeveral).as("seed %d", seed).isLessThanOrEqualTo(INTERVAL + 3 * LONGEST_DELAY);
            assertThat(lan.masters()).as("seed %d, healed", seed).isEqualTo(1);
            int best = lan.best();
            int priority = lan.routers.get(best).effectivePriority();
            assertThat(lan.routers.stream()
                            .filter(router -> router.state() == RouterState.MASTER)
                            .findFirst()
                            .orElseThrow()
                            .effectivePriority())
                    .as("seed %d", seed)
                    .isEqualTo(priority);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void lossNeverLeavesTheLanWithoutMasterForGood(int nodes) {
        for (int seed = 0; seed < SCHEDULES; seed++) {
            Lan lan = new Lan(new Random(seed), nodes);
            lan.loss = 0.3;
            lan.run(20_000 * MILLI);
            assertThat(lan.masters()).as("seed %d", seed).isGreaterThanOrEqualTo(1);

            lan.loss = 0;
            lan.run(21_000 * MILLI);
            lan.measure();
            lan.run(25_000 * MILLI);
            assertThat(lan.masters()).as("seed %d", seed).isEqualTo(1);
            assertThat(lan.longestSeveral).as("seed %d", seed).isZero();
        }
    }

    @Test
    void aPlannedStopIsTakenOverWithinTheSkewOfTheNextBest() {
        for (int seed = 0; seed < SCHEDULES; seed++) {
            Lan lan = new Lan(new Random(seed), 3);
            lan.run(3_000 * MILLI);
            int master = 0;
            while (lan.routers.get(master).state() != RouterState.MASTER) {
                master++;
            }

            lan.feed(master, new RouterEvent.Stop("planned"));
            lan.run(3_000 * MILLI + INTERVAL + 2 * LONGEST_DELAY);

            assertThat(lan.masters()).as("seed %d", seed).isGreaterThanOrEqualTo(1);
            lan.run(4_000 * MILLI);
            assertThat(lan.masters()).as("seed %d", seed).isEqualTo(1);
            assertThat(lan.routers.get(master).holding()).as("seed %d", seed).isFalse();
        }
    }
}

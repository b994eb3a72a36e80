package io.halcyon.vrrp.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.vrrp.RouterState;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VirtualRouterTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long STEPS = 200_000;

    @Test
    void aBackupTellsItsTimersInTheMastersInterval() {
        VirtualRouter router = new VirtualRouter(Fixtures.config(3, 100, 100));
        router.on(new RouterEvent.Available(Fixtures.OURS, "up"), 0);

        router.on(new RouterEvent.Received(advertisement(200, 25), Fixtures.THEIRS), SECOND);

        assertThat(router.advertIntervalNanos()).isEqualTo(250_000_000L);
        assertThat(router.skewNanos()).isEqualTo(152_343_750L);
        assertThat(router.masterDownNanos()).isEqualTo(902_343_750L);
        assertThat(router.master()).isEqualTo(Fixtures.THEIRS);
        assertThat(router.masterPriority()).isEqualTo(200);
        assertThat(router.deadline()).isEqualTo(SECOND + 902_343_750L);
    }

    @Test
    void itExplainsItselfInEveryState() {
        VirtualRouter router = new VirtualRouter(Fixtures.config(3, 100, 100));
        assertThat(router.because()).containsExactly("just configured", "it takes no part in elections in this state");

        router.on(new RouterEvent.Available(Fixtures.OURS, "up"), 0);
        assertThat(router.because()).containsExactly("up", "no master has been heard yet");
        assertThat(router.wouldChange()).contains("becomes MASTER when no advertisement is heard for 3609 ms");

        router.on(new RouterEvent.Timer(), router.deadline());
        assertThat(router.because()).contains("it advertises priority 100 every 1000 ms");

        router.on(new RouterEvent.Failover("asked for"), 5 * SECOND);
        router.on(new RouterEvent.Received(advertisement(90, 100), Fixtures.THEIRS), 5 * SECOND + 1);
        assertThat(router.because())
                .containsExactly(
                        "asked for",
                        "192.0.2.2 is master with priority 90, ours is 100, but we handed over to it",
                        "it is handing its addresses over and keeps them until the next master has announced them");
        assertThat(router.wouldChange()).noneMatch(sentence -> sentence.contains("exceeds"));

        router.on(new RouterEvent.Faulted("check failed", false), 6 * SECOND);
        assertThat(router.wouldChange()).containsExactly("it becomes BACKUP when the cause is gone");
    }

    @Test
    void oneAdvertisementThatIsLateMakesNoGapShortAndTheTimeIsMadeGood() {
        long interval = 10_000_000L;
        VirtualRouter router = new VirtualRouter(Fixtures.config(3, 255, 1));
        router.on(new RouterEvent.Available(Fixtures.OURS, "up"), 0);
        assertThat(router.state()).isEqualTo(RouterState.MASTER);
        assertThat(router.deadline()).isEqualTo(interval);

        long late = interval + 3_000_000L;
        router.on(new RouterEvent.Timer(), late);
        assertThat(router.deadline()).isEqualTo(late + interval - interval / 256);

        long sent = 2;
        long last = late;
        while (router.deadline() != sent * interval) {
            assertThat(router.deadline() - last).isBetween(interval - interval / 256, interval);
            last = router.deadline();
            router.on(new RouterEvent.Timer(), last);
            sent++;
        }
        assertThat(sent).as("advertisements until it is punctual again").isEqualTo(2 + 3_000_000L / (interval / 256));
    }

    @Test
    void whoSleptThroughAWholeIntervalMakesNothingGood() {
        long interval = 10_000_000L;
        VirtualRouter router = new VirtualRouter(Fixtures.config(3, 255, 1));
        router.on(new RouterEvent.Available(Fixtures.OURS, "up"), 0);

        router.on(new RouterEvent.Timer(), 5 * interval);

        assertThat(router.deadline()).isEqualTo(6 * interval);
    }

    @Test
    void passwordsAreInNoText() {
        RouterConfig config = new RouterConfig(
                51,
                2,
                100,
                100,
                true,
                0,
                3,
                "geheim",
                ChecksumForm.PSEUDO_HEADER,
                List.of(Fixtures.VIRTUAL),
                GarpConfig.DEFAULT);
        Advertisement advertisement = new Advertisement(2, 51, 100, 100, 1, "geheim", List.of());

        assertThat(config + " " + advertisement).doesNotContain("geheim");
        assertThat(new RouterEvent.Reconfigured(config, "").toString()).doesNotContain("geheim");
    }

    @Test
    void configurationsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Fixtures.config(3, 0, 100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fixtures.config(3, 100, 4096)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fixtures.config(2, 100, 150)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fixtures.config(4, 100, 100)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever happens in whatever order, the router keeps its own rules. */
    @Test
    void everyStateTakesEveryEvent() {
        Random random = new Random(3);
        Set<RouterState> seen = EnumSet.noneOf(RouterState.class);
        Set<Fault> counted = EnumSet.noneOf(Fault.class);
        VirtualRouter router = new VirtualRouter(Fixtures.random(random));
        Observed observed = new Observed();
        long now = 0;
        for (long step = 0; step < STEPS; step++) {
            if (observed.stopped) {
                assertThat(router.on(new RouterEvent.Timer(), now)).isEmpty();
                router = new VirtualRouter(Fixtures.random(random));
                observed = new Observed();
            }
            boolean timer = random.nextBoolean() && router.deadline() != Long.MAX_VALUE;
            now = timer ? Math.max(now, router.deadline()) : now + random.nextInt(1_000_000_000);
            RouterEvent event = timer ? new RouterEvent.Timer() : event(router, random);
            List<Effect> effects = router.on(event, now);

            observed.check(event, effects, router);
            seen.add(router.state());
            faults(effects, counted);
            if (timer) {
                assertThat(router.deadline()).isGreaterThan(now);
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(RouterState.values());
        assertThat(counted)
                .contains(
                        Fault.VERSION_MISMATCH,
                        Fault.AUTH_TYPE,
                        Fault.AUTH_FAILURE,
                        Fault.INTERVAL_MISMATCH,
                        Fault.ADDRESS_MISMATCH,
                        Fault.OWN_ADDRESS);
    }

    private static void faults(List<Effect> effects, Set<Fault> into) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Refuse refuse) {
                into.add(refuse.fault());
            } else if (effect instanceof Effect.Count count) {
                into.add(count.fault());
            }
        }
    }

    /** What the outside knows of a router from its effects alone. */
    private static final class Observed {
        private RouterState state = RouterState.INIT;
        private boolean acquired;
        private boolean watching;
        private boolean stopped;

        void check(RouterEvent event, List<Effect> effects, VirtualRouter router) {
            for (Effect effect : effects) {
                assertThat(stopped).as("nothing follows Stopped: %s", effects).isFalse();
                observe(effect, event);
            }
            assertThat(router.state()).as("%s gave %s", event, effects).isEqualTo(state);
            assertThat(router.holding()).as("%s gave %s", event, effects).isEqualTo(acquired);
            assertThat(router.config().priority() == 255 || router.effectivePriority() < 255)
                    .isTrue();
        }

        private void observe(Effect effect, RouterEvent event) {
            if (effect instanceof Effect.Transition transition) {
                assertThat(transition.from()).isEqualTo(state).isNotEqualTo(transition.to());
                assertThat(transition.cause()).isNotBlank();
                state = transition.to();
            } else if (effect instanceof Effect.Acquire) {
                acquired = true;
            } else if (effect instanceof Effect.Release release
                    && release.addresses().isEmpty()) {
                acquired = false;
            } else if (effect instanceof Effect.WatchAnnouncements watch) {
                assertThat(watch.on()).as("%s", event).isNotEqualTo(watching);
                watching = watch.on();
            } else if (effect instanceof Effect.Announce) {
                assertThat(acquired).as("announces only what it holds").isTrue();
            } else if (effect instanceof Effect.Stopped) {
                assertThat(acquired || watching).isFalse();
                stopped = true;
            }
        }
    }

    private static RouterEvent event(VirtualRouter router, Random random) {
        return switch (random.nextInt(30)) {
            case 0, 1, 2, 3, 4 -> new RouterEvent.Available(Fixtures.OURS, "available");
            case 5 -> new RouterEvent.Waiting("waiting");
            case 6 -> new RouterEvent.Faulted("faulted", random.nextBoolean());
            case 7, 8 -> new RouterEvent.PriorityChanged(random.nextInt(400) - 70, "tracker");
            case 9 -> new RouterEvent.Reconfigured(reconfigured(router.config(), random), "edited");
            case 10 -> new RouterEvent.Failover("failover");
            case 11 -> random.nextInt(4) == 0 ? new RouterEvent.Stop("stop") : new RouterEvent.Failover("failover");
            case 12 -> random.nextInt(4) == 0 ? new RouterEvent.StopNow("stop") : new RouterEvent.Resumed();
            case 13 -> new RouterEvent.Stalled(random.nextInt(1_000_000_000));
            case 14 -> random.nextBoolean()
                    ? new RouterEvent.Resumed()
                    : new RouterEvent.TakeoverTakes(random.nextInt(2_000_000_000));
            case 15, 16 -> new RouterEvent.AnnouncementHeard(
                    router.config().addresses().isEmpty()
                            ? Fixtures.VIRTUAL
                            : router.config().addresses().get(0));
            default -> received(router.config(), random);
        };
    }

    private static RouterConfig reconfigured(RouterConfig config, Random random) {
        RouterConfig other = Fixtures.random(random);
        while (other.version() != config.version()) {
            other = Fixtures.random(random);
        }
        return random.nextBoolean() ? config.withAddresses(other.addresses()) : other;
    }

    private static RouterEvent received(RouterConfig config, Random random) {
        boolean fitting = random.nextInt(4) != 0;
        String password = config.authPass() == null ? "" : config.authPass();
        List<InetAddress> addresses = new ArrayList<>(config.addresses());
        if (!fitting && !addresses.isEmpty()) {
            addresses.remove(0);
        }
        Advertisement advertisement = new Advertisement(
                fitting || random.nextInt(4) != 0 ? config.version() : 5 - config.version(),
                config.vrid(),
                random.nextInt(256),
                fitting ? config.advertIntervalCentis() : 1 + random.nextInt(4095),
                fitting || random.nextBoolean() ? (password.isEmpty() ? 0 : 1) : random.nextInt(3),
                fitting ? password : "wrong",
                addresses);
        boolean own = random.nextInt(20) == 0;
        return new RouterEvent.Received(advertisement, own ? Fixtures.OURS : Fixtures.THEIRS);
    }

    private static Advertisement advertisement(int priority, int intervalCentis) {
        return new Advertisement(3, 51, priority, intervalCentis, 0, "", List.of(Fixtures.VIRTUAL));
    }
}

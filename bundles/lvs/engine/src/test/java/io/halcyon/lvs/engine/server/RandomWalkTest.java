package io.halcyon.lvs.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.event.Event;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens in whatever order, some things always hold. Each walk can be repeated by its seed. */
class RandomWalkTest {

    private static final int STEPS = 250;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static IntStream seeds() {
        return IntStream.range(0, 80);
    }

    /** One walk: what was told, and what must hold after each step. */
    private static final class Walk {
        private final Random random;
        private final VirtualServer server = new VirtualServer();
        private final Map<String, String> keys = new HashMap<>();
        private final int realServers;
        private ServerSettings settings;
        private long nowNanos;
        private long events;
        private boolean here = true;
        private boolean configured;

        /** What a data plane would have, by service. */
        private final Map<String, Map<String, Destination>> kernel = new HashMap<>();

        private final Map<String, Health> told = new HashMap<>();
        private Health quorum = Health.UNKNOWN;
        /** Who has been up once. */
        private final Set<String> proven = new HashSet<>();

        Walk(long seed) {
            random = new Random(seed);
            realServers = 1 + random.nextInt(6);
            keys.put("virtual.server", "192.0.2.1 80" + (random.nextBoolean() ? ", 192.0.2.1 443" : ""));
            keys.put("check.page.type", "http");
            keys.put("weight", String.valueOf(1 + random.nextInt(20)));
            keys.put("quorum", String.valueOf(1 + random.nextInt(20)));
            keys.put("slow.start", String.valueOf(random.nextBoolean() ? 0 : random.nextInt(30)));
            keys.put("ejected.max", String.valueOf(random.nextBoolean() ? 100 : random.nextInt(101)));
            flag("alpha");
            flag("inhibit.on.failure");
            flag("connections.end");
            flag("omega");
            flag("ha.suspend");
            if (random.nextBoolean()) {
                keys.put("sorry.server", "192.0.2.99 80");
                flag("sorry.server.inhibit");
            }
            for (int i = 1; i <= realServers; i++) {
                keys.put("real.server.web" + i, "192.0.2." + (10 + i) + " 80");
            }
            settings = settings();
        }

        private void flag(String key) {
            keys.put(key, random.nextBoolean() ? "yes" : "no");
        }

        private ServerSettings settings() {
            int quorumWanted = Integer.parseInt(keys.get("quorum"));
            keys.put("hysteresis", String.valueOf(random.nextInt(quorumWanted)));
            return Texts.settings(keys.entrySet().stream()
                    .map(entry -> entry.getKey() + " = " + entry.getValue())
                    .toArray(String[]::new));
        }

        void go() {
            take(new Input.AddressHere(true));
            take(new Input.Configured(settings));
            for (int i = 0; i < STEPS; i++) {
                long toWait = random.nextInt(3) == 0 ? TimeUnit.MILLISECONDS.toNanos(random.nextInt(5_000)) : 0;
                advance(nowNanos + toWait);
                take(random.nextInt(20) == 0 ? edited() : input());
            }
            Health before = quorum;
            take(new Input.Stopping(random.nextBoolean()));
            assertThat(server.on(new Input.Tick(), nowNanos)).isEmpty();
            assertThat(quorum).as("quorum after the stop").isIn(before, Health.DOWN);
        }

        /** As its owner does: wakes it when it asked to be woken. */
        private void advance(long untilNanos) {
            while (server.deadlineNanos() <= untilNanos) {
                assertThat(server.deadlineNanos()).as("deadline").isGreaterThan(nowNanos);
                nowNanos = server.deadlineNanos();
                take(new Input.Tick());
            }
            nowNanos = untilNanos;
        }

        private String someone() {
            return "web" + (1 + random.nextInt(realServers));
        }

        private Input input() {
            String name = someone();
            return switch (random.nextInt(12)) {
                case 0 -> new Input.Weight(name, random.nextInt(30) - 1, START);
                case 1 -> new Input.Drain(
                        name, "", START, null, null, later(), random.nextBoolean() ? Long.MAX_VALUE : later());
                case 2, 3 -> new Input.Undrain(name);
                case 4 -> new Input.AddressHere(random.nextBoolean());
                case 5 -> new Input.VerdictGone("lvs/WEB/" + name + "/page", ++events);
                case 6 -> new Input.Rebuild();
                default -> verdict(name);
            };
        }

        private long later() {
            return nowNanos + TimeUnit.MILLISECONDS.toNanos(1 + random.nextInt(20_000));
        }

        private Input verdict(String name) {
            Health[] healths = Health.values();
            Health health = healths[random.nextInt(healths.length)];
            Integer weight = random.nextInt(5) == 0 ? random.nextInt(30) : null;
            return new Input.Verdict(
                    new Verdict("lvs/WEB/" + name + "/page", health, "reason", START, 0, false, weight, ++events));
        }

        private Input edited() {
            switch (random.nextInt(4)) {
                case 0 -> keys.put("quorum", String.valueOf(1 + random.nextInt(20)));
                case 1 -> keys.put("weight", String.valueOf(1 + random.nextInt(20)));
                case 2 -> keys.put(
                        "virtual.server", random.nextBoolean() ? "192.0.2.1 80, 192.0.2.1 443" : "192.0.2.1 80");
                default -> {
                    String key = "real.server." + someone();
                    boolean last = keys.keySet().stream()
                                    .filter(other -> other.startsWith("real.server."))
                                    .count()
                            == 1;
                    if (!last && keys.containsKey(key)) {
                        keys.remove(key);
                    } else {
                        keys.put(key, "192.0.2." + (10 + Integer.parseInt(key.substring(15))) + " 80");
                    }
                }
            }
            settings = settings();
            return new Input.Configured(settings);
        }

        private void take(Input input) {
            if (input instanceof Input.AddressHere address) {
                here = address.here();
            }
            configured |= input instanceof Input.Configured;
            List<Effect> effects;
            try {
                effects = server.on(input, nowNanos);
            } catch (IllegalArgumentException refused) {
                effects = List.of();
            }
            Map<String, Map<String, Destination>> before = new HashMap<>();
            kernel.forEach((service, destinations) -> before.put(service, new HashMap<>(destinations)));
            effects.forEach(this::carryOut);
            if (input instanceof Input.Configured) {
                // One that is configured again later begins anew.
                told.keySet()
                        .retainAll(settings.realServers().stream()
                                .map(one -> settings.eventLabel(one.address(), one.port()))
                                .toList());
            }
            if (input instanceof Input.Stopping stopping) {
                assertThat(kernel.isEmpty()).as("entries after the stop").isEqualTo(stopping.removed());
            } else if (configured) {
                check(input, before);
            }
        }

        private void carryOut(Effect effect) {
            if (effect instanceof Effect.Put put) {
                for (Desired desired : put.services()) {
                    Map<String, Destination> destinations = new HashMap<>();
                    for (Destination destination : desired.destinations()) {
                        assertThat(destinations.put(destination.toString(), destination))
                                .as("twice the same destination")
                                .isNull();
                    }
                    kernel.put(desired.service().key().toString(), destinations);
                }
            } else if (effect instanceof Effect.Remove remove) {
                remove.services().forEach(key -> assertThat(kernel.remove(key.toString()))
                        .as("was there")
                        .isNotNull());
            } else if (effect instanceof Effect.Publish publish) {
                hear(publish.event());
            }
        }

        private void hear(Event event) {
            if (event instanceof Event.VirtualServerChange change) {
                assertThat(change.from()).as("quorum before").isEqualTo(quorum);
                assertThat(change.to()).as("quorum").isNotEqualTo(quorum);
                quorum = change.to();
            } else if (event instanceof Event.RealServerChange change) {
                assertThat(change.to()).isNotEqualTo(change.from());
                Health known = told.put(change.realServer(), change.to());
                assertThat(known == null || known == change.from())
                        .as("%s: %s after %s", change.realServer(), change, known)
                        .isTrue();
            }
        }

        private void check(Input input, Map<String, Map<String, Destination>> before) {
            ServerState state = server.state();
            assertThat(state.health()).as("health").isEqualTo(quorum);
            assertThat(kernel.keySet())
                    .as("services")
                    .isEqualTo(
                            settings.services().stream().map(Object::toString).collect(Collectors.toSet()));
            kernel.forEach((service, destinations) -> checkKernel(state, destinations));
            checkOrders();
            checkQuorum(state);
            checkCap(state);
            checkOthers(input, before);
        }

        /** The kernel has what the state says, and the state says what follows from who is up, drained and so on. */
        private void checkKernel(ServerState state, Map<String, Destination> destinations) {
            Map<String, Integer> weights = new HashMap<>();
            destinations
                    .values()
                    .forEach(destination -> weights.put(destination.address().getHostAddress(), destination.weight()));
            Map<String, Integer> implied = new HashMap<>();
            for (RealServerState one : state.servers()) {
                if (one.effectiveWeight() >= 0) {
                    implied.put(one.address().getHostAddress(), one.effectiveWeight());
                }
                boolean drained = one.hold() != null && one.hold().draining();
                switch (one.state()) {
                    case "in service", "spared" -> assertThat(one.effectiveWeight())
                            .isEqualTo(one.weight());
                    case "slow start" -> assertThat(one.effectiveWeight()).isBetween(1, one.weight());
                    case "draining" -> assertThat(one.effectiveWeight()).isZero();
                    case "inhibited" -> assertThat(one.effectiveWeight()).isZero();
                    case "drained", "out of service" -> assertThat(one.effectiveWeight())
                            .isEqualTo(-1);
                    case "sorry" -> assertThat(one.effectiveWeight()).isEqualTo(1);
                    case "idle" -> assertThat(one.effectiveWeight()).isLessThanOrEqualTo(0);
                    default -> throw new AssertionError(one.state());
                }
                assertThat(drained && one.effectiveWeight() > 0)
                        .as("a drained one serves")
                        .isFalse();
                assertThat(one.health() == Health.DOWN && one.state().equals("in service"))
                        .as("one that is down is in service")
                        .isFalse();
                assertThat(List.of("sorry", "idle").contains(one.state())
                                && !state.sorry()
                                && !one.name().equals("sorry"))
                        .as("a real server waits although the sorry server does not serve")
                        .isFalse();
            }
            assertThat(weights).isEqualTo(implied);
        }

        /** What it wants now, as a new data plane would be told, is what the old one has. */
        private void checkOrders() {
            Map<String, Map<String, Destination>> wanted = new HashMap<>();
            for (Desired desired : server.desired()) {
                wanted.put(
                        desired.service().key().toString(),
                        desired.destinations().stream()
                                .collect(Collectors.toMap(Destination::toString, destination -> destination)));
            }
            assertThat(wanted).isEqualTo(kernel);
        }

        private void checkQuorum(ServerState state) {
            Policy policy = settings.policy();
            if (state.weight() >= policy.quorum() + policy.hysteresis()) {
                assertThat(quorum).isEqualTo(Health.UP);
            }
            if (state.weight() < policy.quorum() - policy.hysteresis()) {
                assertThat(quorum).isEqualTo(Health.DOWN);
            }
            assertThat(state.sorry()).isEqualTo(quorum == Health.DOWN && settings.sorry() != null);
            assertThat(state.suspended()).isEqualTo(policy.haSuspend() && !here);
        }

        /** Of those that have served and are not drained, no more than a share is out because it is down. */
        private void checkCap(ServerState state) {
            Set<String> there = new HashSet<>();
            List<String> pool = new ArrayList<>();
            List<String> out = new ArrayList<>();
            for (RealServerState one : state.servers()) {
                there.add(one.label());
                boolean drained = one.hold() != null && one.hold().draining();
                if (List.of("in service", "slow start").contains(one.state())
                        || (one.state().equals("idle") && !one.name().equals("sorry"))) {
                    proven.add(one.label());
                }
                if (!drained && proven.contains(one.label()) && !one.name().equals("sorry")) {
                    pool.add(one.label());
                    if (List.of("out of service", "inhibited").contains(one.state())) {
                        out.add(one.label());
                    }
                }
            }
            proven.retainAll(there);
            if (!state.sorry()) {
                assertThat(out.size() * 100)
                        .as("%s out of %s", out, pool)
                        .isLessThanOrEqualTo(pool.size() * settings.policy().ejectedMax());
            }
        }

        /** Where neither the sorry server nor the cap has a say, what is about one real server is about no other. */
        private void checkOthers(Input input, Map<String, Map<String, Destination>> before) {
            boolean alone = settings.sorry() == null
                    && settings.policy().ejectedMax() == 100
                    && settings.policy().slowStartNanos() == 0;
            String name = input instanceof Input.Verdict verdict
                    ? verdict.verdict().name().split("/", -1)[2]
                    : "";
            if (!alone || name.isEmpty()) {
                return;
            }
            String own = "[192.0.2." + (10 + Integer.parseInt(name.substring(3))) + "]:80";
            kernel.forEach((service, destinations) -> {
                Map<String, Destination> now = new HashMap<>(destinations);
                Map<String, Destination> then = new HashMap<>(before.getOrDefault(service, Map.of()));
                now.remove(own);
                then.remove(own);
                assertThat(now).as("others of %s", name).isEqualTo(then);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void someThingsAlwaysHold(int seed) {
        new Walk(seed).go();
    }

    /** The walks meet every state, so that what holds is not held by nothing. */
    @Test
    void walksMeetEverything() {
        Set<String> states = new HashSet<>();
        seeds().limit(40).forEach(seed -> {
            Walk walk = new Walk(seed);
            walk.take(new Input.AddressHere(true));
            walk.take(new Input.Configured(walk.settings));
            for (int i = 0; i < STEPS; i++) {
                walk.advance(walk.nowNanos + TimeUnit.MILLISECONDS.toNanos(walk.random.nextInt(2_000)));
                walk.take(walk.input());
                walk.server.state().servers().forEach(one -> states.add(one.state()));
            }
        });

        assertThat(states)
                .contains(
                        "in service",
                        "out of service",
                        "draining",
                        "drained",
                        "slow start",
                        "inhibited",
                        "spared",
                        "sorry",
                        "idle");
    }
}

package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Answers;
import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.Forgetting;
import io.halcyon.itests.lab.Lab;
import io.halcyon.itests.lab.Pair;
import io.halcyon.itests.lab.Router;
import io.halcyon.itests.lab.Times;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two daemons of one kind that share some addresses. While {@code a} leaves or dies a client asks some of them for echoes, and
 * forgets all the time who has these.
 */
final class OverlapStage implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STOPPED = Duration.ofMillis(1_500);
    /** A dead host's address goes when its lease ends, at most three seconds later, and is announced again within a second. */
    private static final Duration DEAD = Duration.ofMillis(4_500);

    private static final long FORGET_EVERY_NANOS = 2_000_000;
    private static final long SETTLED_NANOS = 50_000_000;
    private static final int PER_NET = 250;
    private static final int MOST_ASKED = 40;

    /** What is between two times: from the fault until nothing can change any more. */
    record Span(long from, long to, List<String> forgotten, List<String> known) {}

    private final Pair pair;
    private final Router home;
    private final List<String> asked;

    OverlapStage(Daemon daemon, int count) {
        List<String> addresses = IntStream.range(0, count)
                .mapToObj(i -> "10.88." + (16 + i / PER_NET) + "." + (1 + i % PER_NET))
                .toList();
        int askedCount = Math.min(count, MOST_ASKED);
        asked = IntStream.range(0, askedCount)
                .mapToObj(i -> addresses.get(i * count / askedCount))
                .toList();
        pair = new Pair("bench-overlap-" + daemon.title(), daemon.maker(), daemon.maker(), asked);
        pair.capture().readInBackground();
        pair.lab().client().run("ip", "route", "add", "10.88.0.0/16", "dev", Lab.INTERFACE);
        home = Router.version3(51, 100, Pace.VIP).withAddresses(addresses);
        pair.a().configure(List.of(home));
        pair.b().configure(List.of(home.withPriority(90)));
    }

    List<String> asked() {
        return asked;
    }

    void start() {
        pair.b().start();
        pair.b().awaitBackup(LIMIT);
        pair.a().start();
        settle();
    }

    /** From now on this host's answers reach the client first. */
    void answersFirst(String host) {
        pair.lab().makeNewest(host);
        settle();
    }

    List<String> hosts() {
        return pair.lab().hostNames();
    }

    /** Strikes the master while the client forgets some addresses, and brings it back. */
    Span strike(Fault fault, List<String> forgotten) {
        List<String> known =
                asked.stream().filter(address -> !forgotten.contains(address)).toList();
        return Forgetting.during(pair.lab(), forgotten, FORGET_EVERY_NANOS, () -> {
            var grip = pair.a().grip();
            long struck = Times.now();
            fault.strike(pair, grip);
            Await.pass(fault == Fault.STOP ? STOPPED : DEAD, "two hosts may have the addresses");
            var span = new Span(struck, Times.now(), forgotten, known);
            fault.clear(pair, grip, home);
            fault.mend(pair);
            settle();
            return span;
        });
    }

    private void settle() {
        Await.until(pair.a().host() + " alone is master", LIMIT, this::settled);
    }

    private boolean settled() {
        long now = Times.now();
        return Reign.settled(pair.capture(), pair.a().host(), now - 4 * Pace.MIDDLE.intervalNanos())
                && asked.stream()
                        .allMatch(address ->
                                pair.prober().of(address).onlyBy(pair.a().host(), now - SETTLED_NANOS));
    }

    /** What the client saw of an address. */
    Answers.Service service(String address, Span span) {
        return pair.prober().of(address).between(span.from(), span.to());
    }

    int drops() {
        return pair.capture().drops();
    }

    @Override
    public void close() {
        pair.close();
    }
}

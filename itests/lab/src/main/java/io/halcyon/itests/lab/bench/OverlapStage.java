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
 * forgets who has these, each once and each at another moment.
 */
final class OverlapStage implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration STOPPED = Duration.ofMillis(1_500);
    /** A dead host's address goes when its lease ends, at most three seconds later, and is announced again within a second. */
    private static final Duration DEAD = Duration.ofMillis(4_500);

    /** Around the takeover, in which two hosts answer. */
    private static final long STOP_FROM_NANOS = 50_000_000;

    private static final long STOP_WINDOW_NANOS = 150_000_000;
    /** From the takeover to the end of the longest lease. */
    private static final long KILL_FROM_NANOS = 250_000_000;

    private static final long KILL_WINDOW_NANOS = 3_350_000_000L;
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

    /**
     * Strikes the master while the client forgets some addresses, and brings it back.
     *
     * @param part 0 to 1: all moments are later by this part of the time between two of them
     */
    Span strike(Fault fault, List<String> forgotten, double part) {
        boolean stop = fault == Fault.STOP;
        long periodNanos = (stop ? STOP_WINDOW_NANOS : KILL_WINDOW_NANOS) / Math.max(1, forgotten.size());
        long firstNanos = (stop ? STOP_FROM_NANOS : KILL_FROM_NANOS) + Math.round(part * periodNanos);
        List<String> known =
                asked.stream().filter(address -> !forgotten.contains(address)).toList();
        var grip = pair.a().grip();
        return Forgetting.during(pair.lab(), forgotten, firstNanos, periodNanos, () -> {
            long struck = Times.now();
            fault.strike(pair, grip);
            Await.pass(stop ? STOPPED : DEAD, "two hosts may have the addresses");
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

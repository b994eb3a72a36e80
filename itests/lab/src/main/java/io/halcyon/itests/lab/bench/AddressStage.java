package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.AddressChange;
import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.Frame;
import io.halcyon.itests.lab.LocalRoutes;
import io.halcyon.itests.lab.Pair;
import io.halcyon.itests.lab.Router;
import io.halcyon.itests.lab.Times;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Two daemons of one kind that share one router with many addresses; {@code b} takes over when {@code a}'s cable is cut. */
final class AddressStage implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofMillis(400);
    private static final int PER_NET = 250;

    private final Pair pair;
    private final LocalRoutes routes;
    private final int count;

    AddressStage(Daemon daemon, int count) {
        this.count = count;
        this.pair = new Pair("bench-addresses-" + daemon.title(), daemon.maker(), daemon.maker(), List.of());
        pair.capture().readInBackground();
        routes = new LocalRoutes(pair.lab(), pair.b().host());
        var home = Router.version3(51, 100, Pace.VIP).withAddresses(addresses(count));
        pair.a().configure(List.of(home));
        pair.b().configure(List.of(home.withPriority(90)));
    }

    private static List<String> addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "10.88." + (16 + i / PER_NET) + "." + (1 + i % PER_NET))
                .toList();
    }

    void start() {
        pair.a().start();
        startOther();
    }

    /** A daemon that has never been master. */
    void renewOther() {
        pair.b().kill(); // as a backup it holds no address
        startOther();
    }

    private void startOther() {
        pair.b().start();
        pair.b().awaitBackup(LIMIT);
        settle(Times.now());
    }

    private void settle(long since) {
        Await.until(
                "h1 alone is master",
                LIMIT,
                () -> Reign.settled(pair.capture(), pair.a().host(), since));
    }

    /** Lets the other take over and brings the first back. */
    Spread takeover() {
        System.gc(); // 25 ms on one of the processors, if it came now
        long cut = Times.now();
        pair.lab().cut(pair.a().host());
        long first = pair.capture()
                .awaitAdvert("the takeover", cut, LIMIT, this::fromOther)
                .at();
        Await.until("all addresses are announced", LIMIT, () -> announcedAndQuiet(first));
        var spread = spread(first);
        long healed = Times.now();
        pair.lab().heal(pair.a().host());
        Await.until("h2 has let go of its addresses", LIMIT, () -> gone(healed) >= count);
        settle(healed);
        return spread;
    }

    private boolean fromOther(Frame.Advert advert) {
        return advert.host().equals(pair.b().host()) && advert.priority() > 0;
    }

    /** Looks rarely: it must not take the processor from those who are measured. */
    private boolean announcedAndQuiet(long since) {
        Await.pass(QUIET, "nobody is to be disturbed");
        return announced(since).size() >= count
                && listed(since).size() >= count
                && last(garps(since)) < Times.now() - QUIET.toNanos();
    }

    private Spread spread(long since) {
        return new Spread(
                Times.millis(since, latest(present(since).values())),
                Times.millis(since, latest(listed(since).values())),
                Times.millis(since, latest(announced(since).values())),
                Times.millis(since, last(garps(since))));
    }

    private List<Frame.Garp> garps(long since) {
        return pair.capture().since(since, Frame.Garp.class, garp -> garp.host()
                .equals(pair.b().host()));
    }

    /** When each address had its first gratuitous ARP. */
    private Map<String, Long> announced(long since) {
        Map<String, Long> times = new HashMap<>();
        garps(since).forEach(garp -> times.putIfAbsent(garp.address(), garp.at()));
        return times;
    }

    /** When each address came into the kernel's list; it may be there before the advertisement has passed the switch. */
    private Map<String, Long> listed(long since) {
        Map<String, Long> times = new HashMap<>();
        pair.addresses().in(pair.b().host(), since - QUIET.toNanos()).stream()
                .filter(AddressChange::present)
                .forEach(change -> times.merge(change.address(), change.at(), Math::min));
        return times;
    }

    /** When the kernel began to take packets for each: it was in the list, or behind a route to the host itself. */
    private Map<String, Long> present(long since) {
        Map<String, Long> times = listed(since);
        for (var route : routes.since(since - QUIET.toNanos())) {
            times.replaceAll((address, at) -> route.covers(address) ? Math.min(at, route.at()) : at);
        }
        return times;
    }

    private long gone(long since) {
        return pair.addresses().in(pair.b().host(), since).stream()
                .filter(change -> !change.present())
                .map(AddressChange::address)
                .distinct()
                .count();
    }

    private static long last(List<Frame.Garp> garps) {
        return garps.isEmpty() ? Long.MAX_VALUE : garps.get(garps.size() - 1).at();
    }

    private static long latest(Collection<Long> times) {
        return times.stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    int drops() {
        return pair.capture().drops();
    }

    @Override
    public void close() {
        routes.close();
        pair.close();
    }
}

package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Answers;
import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.HalcyonNode;
import io.halcyon.itests.lab.Pair;
import io.halcyon.itests.lab.Times;
import io.halcyon.itests.lab.Wire;
import java.time.Duration;
import java.util.List;

/** Two daemons of one kind that stay for all faults at one interval; {@code a} is the preferred master. */
final class FaultStage implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long SETTLED_NANOS = 50_000_000;
    private static final Duration TAIL = Duration.ofMillis(50);

    /** Nearer to the next advertisement it would depend on how soon a fault comes true whether that one leaves. */
    private static final long CLEAR_NANOS = 2_000_000;

    /** Nearer than this a moment would be missed. */
    private static final long MARGIN_NANOS = 1_500_000;

    private final Pace pace;
    private final Pair pair;
    private final Wire wire;
    private final Answers answers;

    FaultStage(Daemon daemon, Pace pace) {
        this.pace = pace;
        this.pair = new Pair("bench-failover-" + daemon.title(), daemon.maker(), daemon.maker(), List.of(Pace.VIP));
        this.wire = new Wire(pair.capture(), pace.home().vrid());
        this.answers = pair.prober().of(Pace.VIP);
        pair.a().configure(List.of(pace.home()));
        pair.b().configure(List.of(pace.away()));
    }

    /** Starts both and waits until the first is master and the other has heard it. */
    void start() {
        pair.b().start();
        pair.b().awaitBackup(LIMIT);
        pair.a().start();
        settle();
    }

    /** Strikes the master at a part, 0 to 1, of the time after an advertisement that is clear of the next one. */
    Takeover strike(Fault fault, double phase) {
        var grip = pair.a().grip();
        Moment.await(momentAt(phase));
        long struck = Times.now();
        fault.strike(pair, grip);
        long advert = awaitAdvert(pair.b().host(), struck);
        pair.prober().awaitAnswer(Pace.VIP, pair.b().host(), struck, LIMIT);
        long gone = fault == Fault.KILL ? awaitGone(struck) : 0;
        Await.pass(TAIL, "what is lost now belongs to the takeover, too");
        fault.clear(pair, grip, pace.home());
        long last = wire.last(pair.a().host(), advert).orElseThrow().at();
        long answered = answers.firstBy(pair.b().host(), struck);
        return new Takeover(struck, last, advert, answered, gone, Times.now());
    }

    private long momentAt(double phase) {
        long heard = awaitAdvert(pair.a().host(), Times.now());
        long moment = heard + Math.round(phase * (pace.intervalNanos() - CLEAR_NANOS));
        while (moment - Times.now() < MARGIN_NANOS) {
            moment += pace.intervalNanos();
        }
        return moment;
    }

    private long awaitAdvert(String host, long since) {
        return pair.capture()
                .awaitAdvert(
                        "an advertisement of " + host,
                        since,
                        LIMIT,
                        advert -> advert.host().equals(host) && advert.priority() > 0)
                .at();
    }

    /** keepalived has no lease: nobody is left who would remove the address. */
    private long awaitGone(long since) {
        return pair.a() instanceof HalcyonNode
                ? pair.addresses().awaitGone(pair.a().host(), Pace.VIP, since, LIMIT)
                : 0;
    }

    /** Ends the fault and waits until everything is as it was. */
    Comeback mend(Fault fault) {
        long mended = Times.now();
        fault.mend(pair);
        long advert = awaitAdvert(pair.a().host(), mended);
        settle();
        return new Comeback(mended, advert, Times.now());
    }

    private void settle() {
        Await.until(pair.a().host() + " alone is master", LIMIT, this::settled);
    }

    private boolean settled() {
        long now = Times.now();
        return Reign.settled(pair.capture(), pair.a().host(), now - 4 * pace.intervalNanos())
                && answers.onlyBy(pair.a().host(), now - SETTLED_NANOS);
    }

    /** What the client saw between two times. */
    Answers.Service service(long from, long to) {
        return answers.between(from, to);
    }

    int drops() {
        return pair.capture().drops();
    }

    @Override
    public void close() {
        pair.close();
    }
}

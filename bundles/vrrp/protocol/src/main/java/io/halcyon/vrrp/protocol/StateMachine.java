package io.halcyon.vrrp.protocol;

import io.halcyon.api.vrrp.RouterState;
import io.halcyon.vrrp.protocol.Effect.Note;
import io.halcyon.vrrp.protocol.Effect.Release;
import io.halcyon.vrrp.protocol.Effect.Transition;
import io.halcyon.vrrp.protocol.Effect.Transition.Ground;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each event does in each state, RFC 9568 section 6.4. Owned by its {@link VirtualRouter}. */
final class StateMachine {

    private static final long NEVER = Long.MIN_VALUE;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final MasterWatch watch;
    private final Mastership mastership = new Mastership();
    private final Reception reception = new Reception();
    private final Stall stall = new Stall();

    private RouterConfig config;
    private Timing timing;
    private RouterState state = RouterState.INIT;
    private String cause = "just configured";
    private @Nullable InetAddress source;
    private boolean mayHoldLeftOvers = true;
    /** When a run that ended badly was last known to be master. */
    private long provenNanos = NEVER;

    private boolean stopping;

    StateMachine(RouterConfig config) {
        this.config = config;
        timing = new Timing(config, config.priority());
        watch = new MasterWatch(timing);
    }

    // RFC 9568 section 6.4.1, Initialize

    void available(RouterEvent.Available available, long now, List<Effect> out) {
        source = available.source();
        if (state == RouterState.BACKUP || state == RouterState.MASTER) {
            return;
        }
        if (config.priority() == RouterConfig.OWNER_PRIORITY) {
            becomeMaster(Ground.TOLD, "owner of its addresses (priority 255), " + available.cause(), now, out);
        } else {
            watch.begin(now);
            move(RouterState.BACKUP, Ground.TOLD, available.cause(), out);
            resumeIfProven(now, out);
        }
    }

    void leftOversFound(long provenAgoNanos, long now, List<Effect> out) {
        provenNanos = now - provenAgoNanos;
        resumeIfProven(now, out);
    }

    /**
     * A crash and restart within the intervals that every peer waits is no failover: nobody else can be master yet. Not
     * in the RFCs, which know no router that remembers.
     */
    private void resumeIfProven(long now, List<Effect> out) {
        long patienceNanos = config.downTimerAdverts() * timing.ownIntervalNanos();
        boolean undisputed = state == RouterState.BACKUP && mayHoldLeftOvers && watch.master() == null;
        if (undisputed && provenNanos != NEVER && now - provenNanos < patienceNanos) {
            becomeMaster(
                    Ground.ARRIVAL,
                    "resumes: it was master " + (now - provenNanos) / NANOS_PER_MILLI
                            + " ms ago, too short a time for anybody to have taken over",
                    now,
                    out);
        }
    }

    // RFC 9568 sections 6.4.2 and 6.4.3, the timers

    void timer(long now, List<Effect> out) {
        if (stall.lasts()) {
            resumed(now, out);
        }
        if (state == RouterState.BACKUP && watch.deadline() <= now) {
            boolean silent = watch.silent(now);
            boolean gaveUp = watch.gaveUp();
            becomeMaster(watch.ground(now), watch.reason(now), now, out);
            if (silent) {
                mastership.outlastDeadMaster(timing, now);
            } else if (gaveUp) {
                mastership.outlastLeavingMaster(now);
            }
        }
        mastership.due(timing, now, out);
    }

    private void becomeMaster(Ground ground, String why, long now, List<Effect> out) {
        mastership.begin(timing, now, out);
        mayHoldLeftOvers = false;
        move(RouterState.MASTER, ground, why, out);
    }

    void received(Advertisement advertisement, InetAddress from, long now, List<Effect> out) {
        boolean tie = state == RouterState.MASTER && advertisement.priority() == timing.priority();
        if (!reception.admits(advertisement, from, config, source, tie, now, out)) {
            return;
        }
        if (advertisement.priority() != Advertisement.PRIORITY_RELEASE) {
            otherMasterLives(now, out);
        }
        if (state == RouterState.MASTER) {
            masterHears(advertisement, from, now, out);
        } else if (state == RouterState.BACKUP) {
            watch.hear(advertisement, from, now, out);
        }
    }

    private void otherMasterLives(long now, List<Effect> out) {
        mastership.otherMasterHeard(now, out);
        if (!mastership.holding() && mayHoldLeftOvers) {
            mayHoldLeftOvers = false;
            out.add(new Release(List.of(), "another node is master; a crashed run may have left them"));
        }
    }

    // RFC 9568 section 6.4.3, Active

    private void masterHears(Advertisement advertisement, InetAddress from, long now, List<Effect> out) {
        if (Election.wins(advertisement.priority(), from, timing.priority(), source)) {
            yieldTo(advertisement, from, now, out);
        } else if (stall.lasts()) {
            // Nothing is sent before everything that arrived meanwhile is known.
            stall.lost(advertisement, from);
        } else if (advertisement.priority() == Advertisement.PRIORITY_RELEASE) {
            mastership.advertise(timing, now, out);
        } else {
            mastership.insist(timing, now, out);
            reception.loserHeard(advertisement, from, timing.priority(), now, out);
        }
    }

    private void yieldTo(Advertisement advertisement, InetAddress from, long now, List<Effect> out) {
        String why = from.getHostAddress() + Election.better(advertisement.priority(), timing.priority());
        watch.yieldTo(advertisement, from, now);
        if (stall.lasts()) {
            mastership.drop("another node took over during a stall", out);
            move(RouterState.BACKUP, Ground.PRIORITY, stall.text() + ", meanwhile " + why, out);
        } else {
            mastership.yieldTo(now, out);
            move(RouterState.BACKUP, Ground.PRIORITY, why, out);
        }
    }

    void resumed(long now, List<Effect> out) {
        if (!stall.lasts()) {
            return;
        }
        if (state == RouterState.MASTER) {
            mastership.restore(timing, now, out);
        } else if (state == RouterState.BACKUP) {
            watch.resume(stall.beganNanos(), now);
        }
        stall.end(state, out);
    }

    // leaving

    void faulted(RouterEvent.Faulted fault, long now, List<Effect> out) {
        if (!fault.linkLost()) {
            if (!stopping) {
                leave(RouterState.FAULT, fault.cause(), now, out);
            }
            return;
        }
        mastership.drop(fault.cause(), out);
        if (!stopping) {
            move(RouterState.FAULT, Ground.TOLD, fault.cause(), out);
        }
    }

    void stopNow(String why, List<Effect> out) {
        mastership.giveUp(out);
        mastership.drop(why, out);
        boolean told = stopping;
        stopping = true;
        if (!told) {
            move(RouterState.INIT, Ground.TOLD, why, out);
        }
    }

    void failover(String why, long now, List<Effect> out) {
        // Not cut at 5 s: who asked for it may wait for the slowest peer.
        offer(timing.slowestPeerNanos(), why, now, out);
    }

    void stepAside(String why, long now, List<Effect> out) {
        offer(stopNanos(), why, now, out);
    }

    /** If nobody takes over in this time we are master again at that moment, and nothing was ever gone. */
    private void offer(long patienceNanos, String why, long now, List<Effect> out) {
        if (state == RouterState.MASTER) {
            watch.defer(patienceNanos, now);
            mastership.offer(patienceNanos, now, out);
            move(RouterState.BACKUP, Ground.TOLD, why, out);
        }
    }

    private long stopNanos() {
        return Math.min(timing.slowestPeerNanos(), Handover.LONGEST_NANOS);
    }

    /** A planned stop: ends when the handover does. */
    void stop(String why, long now, List<Effect> out) {
        stopping = true;
        leave(RouterState.INIT, why, now, out);
    }

    void leave(RouterState to, String why, long now, List<Effect> out) {
        if (state == RouterState.MASTER) {
            mastership.offer(stopNanos(), now, out);
        }
        move(to, Ground.TOLD, why, out);
    }

    private void move(RouterState to, Ground ground, String why, List<Effect> out) {
        cause = why;
        if (to == state) {
            return;
        }
        out.add(new Transition(state, to, why, stopping, ground));
        state = to;
        reception.forget();
    }

    // changes

    void priorityChanged(RouterEvent.PriorityChanged changed, List<Effect> out) {
        int next = Election.clamp(config.priority(), changed.effectivePriority());
        int before = timing.priority();
        if (next != before) {
            retime(config, next);
            out.add(new Note(
                    Note.Kind.PRIORITY_CHANGED,
                    "effective priority " + before + " -> " + next + ", " + changed.cause()));
        }
    }

    private void retime(RouterConfig nextConfig, int priority) {
        config = nextConfig;
        timing = new Timing(nextConfig, priority);
        watch.retime(timing);
    }

    void reconfigured(RouterConfig next, long now, List<Effect> out) {
        RouterConfig before = config;
        // What trackers add or take stays until they are told again.
        int delta = timing.priority() - before.priority();
        retime(next, Election.clamp(next.priority(), next.priority() + delta));
        if (state == RouterState.MASTER && !next.equals(before)) {
            mastership.reconfigure(before, timing, now, out);
        }
    }

    void stalled(long lateNanos, long now) {
        stall.begin(state, lateNanos, now);
    }

    // what it is

    boolean stopping() {
        return stopping;
    }

    RouterState state() {
        return state;
    }

    String cause() {
        return cause;
    }

    Timing timing() {
        return timing;
    }

    MasterWatch watch() {
        return watch;
    }

    Mastership mastership() {
        return mastership;
    }
}

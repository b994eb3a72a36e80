package io.halcyon.vrrp.protocol;

import io.halcyon.api.vrrp.RouterState;
import io.halcyon.vrrp.protocol.Effect.Note;
import io.halcyon.vrrp.protocol.Effect.Release;
import io.halcyon.vrrp.protocol.Effect.Transition;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State machine of one virtual router, RFC 9568 section 6.4 and RFC 3768 section 6.4.
 *
 * <p>Not thread-safe: one thread owns it. It reads no clock, opens no socket and logs nothing. Every event comes with
 * the time in nanoseconds, the answer is what to do, in this order, and {@link #deadline()} says when
 * {@link RouterEvent.Timer} is due.
 */
public final class VirtualRouter {

    private RouterConfig config;
    private Timing timing;
    private RouterState state = RouterState.INIT;
    private String cause = "just configured";
    private @Nullable InetAddress source;

    private final MasterWatch watch;
    private final Mastership mastership = new Mastership();
    private final Reception reception = new Reception();
    private final Stall stall = new Stall();

    private boolean mayHoldLeftOvers = true;
    private boolean stopping;
    private boolean stopped;

    public VirtualRouter(RouterConfig config) {
        this.config = config;
        timing = new Timing(config, config.priority());
        watch = new MasterWatch(timing);
    }

    /**
     * Something happens.
     *
     * @param nowNanos when, on any clock that does not go backwards
     * @return what to do, in this order
     */
    public List<Effect> on(RouterEvent event, long nowNanos) {
        List<Effect> out = new ArrayList<>();
        if (stopped) {
            return out;
        }
        boolean wire = onWire(event, nowNanos, out);
        if (!wire && event instanceof RouterEvent.StopNow now) {
            stopNow(now.cause(), out);
        } else if (!wire && event instanceof RouterEvent.Faulted fault) {
            faulted(fault, nowNanos, out);
        } else if (!wire && !stopping) {
            onOrder(event, nowNanos, out);
        }
        if (stopping && !mastership.holding()) {
            stopped = true;
            out.add(new Effect.Stopped());
        }
        return out;
    }

    /** What goes on while a stop waits for somebody to take over. */
    private boolean onWire(RouterEvent event, long now, List<Effect> out) {
        if (event instanceof RouterEvent.Timer) {
            timer(now, out);
        } else if (event instanceof RouterEvent.Received received) {
            received(received.advertisement(), received.source(), now, out);
        } else if (event instanceof RouterEvent.AnnouncementHeard heard) {
            mastership.announcementHeard(heard.address(), now);
        } else if (event instanceof RouterEvent.Stalled stalled) {
            stall.begin(state, stalled.lateNanos(), now);
        } else if (event instanceof RouterEvent.Resumed) {
            resumed(now, out);
        } else {
            return false;
        }
        return true;
    }

    private void onOrder(RouterEvent event, long now, List<Effect> out) {
        if (event instanceof RouterEvent.Available available) {
            available(available, now, out);
        } else if (event instanceof RouterEvent.Waiting waiting) {
            leave(RouterState.INIT, waiting.cause(), now, out);
        } else if (event instanceof RouterEvent.PriorityChanged changed) {
            priorityChanged(changed, out);
        } else if (event instanceof RouterEvent.Reconfigured reconfigured) {
            reconfigured(reconfigured.config(), now, out);
        } else if (event instanceof RouterEvent.Failover failover) {
            failover(failover.cause(), now, out);
        } else if (event instanceof RouterEvent.Stop stop) {
            stopping = true;
            leave(RouterState.INIT, stop.cause(), now, out);
        } else {
            throw new AssertionError(event);
        }
    }

    // RFC 9568 section 6.4.1, Initialize

    private void available(RouterEvent.Available available, long now, List<Effect> out) {
        source = available.source();
        if (state == RouterState.BACKUP || state == RouterState.MASTER) {
            return;
        }
        if (config.priority() == RouterConfig.OWNER_PRIORITY) {
            becomeMaster("owner of its addresses (priority 255), " + available.cause(), now, out);
        } else {
            watch.begin(now);
            move(RouterState.BACKUP, available.cause(), out);
        }
    }

    // RFC 9568 sections 6.4.2 and 6.4.3: "If the Adver_Timer fires", "If the Active_Down_Timer fires"

    private void timer(long now, List<Effect> out) {
        if (stall.lasts()) {
            resumed(now, out);
        }
        if (state == RouterState.BACKUP && watch.deadline() <= now) {
            becomeMaster(watch.reason(now), now, out);
        }
        mastership.due(timing, now, out);
    }

    private void becomeMaster(String why, long now, List<Effect> out) {
        mastership.begin(timing, now, out);
        mayHoldLeftOvers = false;
        move(RouterState.MASTER, why, out);
    }

    private void received(Advertisement advertisement, InetAddress from, long now, List<Effect> out) {
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
        mastership.otherMasterHeard(now);
        if (!holding() && mayHoldLeftOvers) {
            mayHoldLeftOvers = false;
            out.add(new Release(List.of(), "another node is master; a crashed run may have left them"));
        }
    }

    // RFC 9568 section 6.4.3: "If an ADVERTISEMENT is received"

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
            move(RouterState.BACKUP, stall.text() + ", meanwhile " + why, out);
        } else {
            mastership.yieldTo(now, out);
            move(RouterState.BACKUP, why, out);
        }
    }

    private void resumed(long now, List<Effect> out) {
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

    private void faulted(RouterEvent.Faulted fault, long now, List<Effect> out) {
        if (!fault.linkLost()) {
            if (!stopping) {
                leave(RouterState.FAULT, fault.cause(), now, out);
            }
            return;
        }
        mastership.drop(fault.cause(), out);
        if (!stopping) {
            move(RouterState.FAULT, fault.cause(), out);
        }
    }

    private void stopNow(String why, List<Effect> out) {
        mastership.giveUp(out);
        mastership.drop(why, out);
        boolean told = stopping;
        stopping = true;
        if (!told) {
            move(RouterState.INIT, why, out);
        }
    }

    private void failover(String why, long now, List<Effect> out) {
        if (state == RouterState.MASTER) {
            watch.defer(now);
            // Not cut at 5 s: if nobody is there we are master again at that moment, and nothing was ever gone.
            mastership.offer(timing.slowestPeerNanos(), now, out);
            move(RouterState.BACKUP, why, out);
        }
    }

    private void leave(RouterState to, String why, long now, List<Effect> out) {
        if (state == RouterState.MASTER) {
            mastership.offer(Math.min(timing.slowestPeerNanos(), Handover.LONGEST_NANOS), now, out);
        }
        move(to, why, out);
    }

    private void move(RouterState to, String why, List<Effect> out) {
        cause = why;
        if (to == state) {
            return;
        }
        out.add(new Transition(state, to, why, stopping));
        state = to;
        reception.forget();
    }

    // changes

    private void priorityChanged(RouterEvent.PriorityChanged changed, List<Effect> out) {
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

    private void reconfigured(RouterConfig next, long now, List<Effect> out) {
        RouterConfig before = config;
        // What trackers add or take stays until they are told again.
        int delta = timing.priority() - before.priority();
        retime(next, Election.clamp(next.priority(), next.priority() + delta));
        if (state == RouterState.MASTER && !next.equals(before)) {
            mastership.reconfigure(before, timing, now, out);
        }
    }

    // what others read

    /** When {@link RouterEvent.Timer} is due, {@link Long#MAX_VALUE} for never. */
    public long deadline() {
        return state == RouterState.BACKUP ? Math.min(watch.deadline(), mastership.deadline()) : mastership.deadline();
    }

    public RouterState state() {
        return state;
    }

    /** Why it is in that state, for a person. */
    public String cause() {
        return cause;
    }

    public int effectivePriority() {
        return timing.priority();
    }

    public RouterConfig config() {
        return config;
    }

    /** Who was last heard as master, null if nobody or ourselves. */
    public @Nullable InetAddress master() {
        return state == RouterState.BACKUP ? watch.master() : null;
    }

    /** What it last advertised, 0 if there is nobody or it gave up. */
    public int masterPriority() {
        return state == RouterState.BACKUP ? watch.masterPriority() : 0;
    }

    /** Whether addresses may be in place: {@code MASTER}, or still handing over. */
    public boolean holding() {
        return mastership.holding();
    }

    /** The advertisement interval in force: the master's in {@code BACKUP} (version 3), else our own. */
    public long advertIntervalNanos() {
        return state == RouterState.BACKUP ? watch.intervalNanos() : timing.ownIntervalNanos();
    }

    public long skewNanos() {
        return timing.skewNanos(advertIntervalNanos());
    }

    public long masterDownNanos() {
        return timing.masterDownNanos(advertIntervalNanos());
    }

    /** Facts that put and keep it in its state, most important first. */
    public List<String> because() {
        return Explanation.because(this, watch, mastership.handingOver());
    }

    /** What would move it to another state. */
    public List<String> wouldChange() {
        return Explanation.wouldChange(this, watch);
    }
}

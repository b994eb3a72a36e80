package io.halcyon.vrrp.protocol;

import io.halcyon.api.vrrp.RouterState;
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

    private final StateMachine machine;
    private boolean stopped;

    public VirtualRouter(RouterConfig config) {
        machine = new StateMachine(config);
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
            machine.stopNow(now.cause(), out);
        } else if (!wire && event instanceof RouterEvent.Faulted fault) {
            machine.faulted(fault, nowNanos, out);
        } else if (!wire && !machine.stopping()) {
            onOrder(event, nowNanos, out);
        }
        if (machine.stopping() && !holding()) {
            stopped = true;
            out.add(new Effect.Stopped());
        }
        return out;
    }

    /** What goes on while a stop waits for somebody to take over. */
    private boolean onWire(RouterEvent event, long now, List<Effect> out) {
        if (event instanceof RouterEvent.Timer) {
            machine.timer(now, out);
        } else if (event instanceof RouterEvent.Received received) {
            machine.received(received.advertisement(), received.source(), now, out);
        } else if (event instanceof RouterEvent.ReleaseSent) {
            machine.mastership().releaseSent(now);
        } else if (event instanceof RouterEvent.TakeoverTakes takes) {
            machine.mastership().takeoverTakes(takes.nanos(), now);
        } else if (event instanceof RouterEvent.AnnouncementHeard heard) {
            machine.mastership().announcementHeard(heard.address(), now);
        } else if (event instanceof RouterEvent.Stalled stalled) {
            machine.stalled(stalled.lateNanos(), now);
        } else if (event instanceof RouterEvent.Resumed) {
            machine.resumed(now, out);
        } else {
            return false;
        }
        return true;
    }

    private void onOrder(RouterEvent event, long now, List<Effect> out) {
        if (event instanceof RouterEvent.Available available) {
            machine.available(available, now, out);
        } else if (event instanceof RouterEvent.LeftOversFound found) {
            machine.leftOversFound(found.provenAgoNanos(), now, out);
        } else if (event instanceof RouterEvent.Waiting waiting) {
            machine.leave(RouterState.INIT, waiting.cause(), now, out);
        } else if (event instanceof RouterEvent.PriorityChanged changed) {
            machine.priorityChanged(changed, out);
        } else if (event instanceof RouterEvent.Reconfigured reconfigured) {
            machine.reconfigured(reconfigured.config(), now, out);
        } else if (event instanceof RouterEvent.Failover failover) {
            machine.failover(failover.cause(), now, out);
        } else if (event instanceof RouterEvent.StepAside aside) {
            machine.stepAside(aside.cause(), now, out);
        } else if (event instanceof RouterEvent.Stop stop) {
            machine.stop(stop.cause(), now, out);
        } else {
            throw new AssertionError(event);
        }
    }

    // what others read

    /** When {@link RouterEvent.Timer} is due, {@link Long#MAX_VALUE} for never. */
    public long deadline() {
        return Math.min(takeoverNanos(), machine.mastership().deadline());
    }

    /** When a BACKUP becomes MASTER unless it hears one, {@link Long#MAX_VALUE} in other states. */
    public long takeoverNanos() {
        return state() == RouterState.BACKUP ? machine.watch().deadline() : Long.MAX_VALUE;
    }

    public RouterState state() {
        return machine.state();
    }

    /** Why it is in that state, for a person. */
    public String cause() {
        return machine.cause();
    }

    public int effectivePriority() {
        return machine.timing().priority();
    }

    public RouterConfig config() {
        return machine.timing().config();
    }

    /** Who was last heard as master, null if nobody or ourselves. */
    public @Nullable InetAddress master() {
        return state() == RouterState.BACKUP ? machine.watch().master() : null;
    }

    /** What it last advertised, 0 if there is nobody or it gave up. */
    public int masterPriority() {
        return state() == RouterState.BACKUP ? machine.watch().masterPriority() : 0;
    }

    /** Whether addresses may be in place: {@code MASTER}, or still handing over. */
    public boolean holding() {
        return machine.mastership().holding();
    }

    /** For how long from now on addresses stay at most for somebody to take over, 0 where there is no handover. */
    public long handoverNanos(long now) {
        return Math.max(0, machine.mastership().handoverCoverNanos() - now);
    }

    /** The advertisement interval in force: the master's in {@code BACKUP} (version 3), else our own. */
    public long advertIntervalNanos() {
        return state() == RouterState.BACKUP
                ? machine.watch().intervalNanos()
                : machine.timing().ownIntervalNanos();
    }

    public long skewNanos() {
        return machine.timing().skewNanos(advertIntervalNanos());
    }

    public long masterDownNanos() {
        return machine.timing().masterDownNanos(advertIntervalNanos());
    }

    /** Facts that put and keep it in its state, most important first. */
    public List<String> because() {
        return Explanation.because(this, machine.watch(), machine.mastership().handingOver());
    }

    /** What would move it to another state. */
    public List<String> wouldChange() {
        return Explanation.wouldChange(this, machine.watch());
    }
}

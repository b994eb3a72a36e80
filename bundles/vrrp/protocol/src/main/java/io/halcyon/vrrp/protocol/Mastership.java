package io.halcyon.vrrp.protocol;

import io.halcyon.vrrp.protocol.Effect.Acquire;
import io.halcyon.vrrp.protocol.Effect.Announce.Occasion;
import io.halcyon.vrrp.protocol.Effect.Release;
import io.halcyon.vrrp.protocol.Effect.Send;
import io.halcyon.vrrp.protocol.Effect.WatchAnnouncements;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a master does as long as it holds the addresses: advertise, announce and, when it goes, hand over. Owned by its
 * {@link VirtualRouter}.
 */
final class Mastership {

    private static final long NEVER = Long.MAX_VALUE;

    /** How late a thread usually wakes; it does so each time, so that the gaps are right. */
    private static final long USUAL_NANOS = 200_000;

    /** After one that was later no gap is shorter than an interval by more than this part of it. */
    private static final long GENTLY = 256;

    private final GarpSchedule garp = new GarpSchedule();
    private long advertNanos = NEVER;
    /** The same if none had ever been late. */
    private long punctualNanos = NEVER;

    private @Nullable Handover handover;

    /** Order at MASTER: advertisement, addresses, announcement. */
    void begin(Timing timing, long now, List<Effect> out) {
        hold(Occasion.BECAME_MASTER, timing, now, out);
        if (handover != null) {
            handover = null;
            out.add(new WatchAnnouncements(false));
        }
    }

    /** The same after a stall: addresses may have been lost. */
    void restore(Timing timing, long now, List<Effect> out) {
        hold(Occasion.STALL_OVER, timing, now, out);
    }

    private void hold(Occasion occasion, Timing timing, long now, List<Effect> out) {
        advertise(timing, now, out);
        out.add(new Acquire());
        garp.begin(occasion, timing.config().garp(), now, out);
    }

    /** The master before us died: its kernel may answer for the addresses until their lease is over. */
    void outlastDeadMaster(Timing timing, long now) {
        garp.outlast(now, timing.config().garp());
    }

    /** The master before us gave up: it may answer for the addresses until it has silenced or removed them. */
    void outlastLeavingMaster(long now) {
        garp.outlastLeaving(now);
    }

    void advertise(Timing timing, long now, List<Effect> out) {
        out.add(new Send(timing.priority()));
        advertNanos = now + timing.ownIntervalNanos();
        punctualNanos = advertNanos;
    }

    /** RFC 9568 section 6.4.3: a master of lower priority is answered at once, so that bridges learn where we are. */
    void insist(Timing timing, long now, List<Effect> out) {
        advertise(timing, now, out);
        garp.lowerPriorityHeard(now, out);
    }

    void reconfigure(RouterConfig before, Timing timing, long now, List<Effect> out) {
        RouterConfig next = timing.config();
        advertise(timing, now, out);
        List<InetAddress> removed = new ArrayList<>(before.addresses());
        removed.removeAll(next.addresses());
        if (!removed.isEmpty()) {
            out.add(new Release(removed, "no longer configured"));
        }
        if (!before.addresses().containsAll(next.addresses())) {
            out.add(new Acquire());
            garp.begin(Occasion.ADDRESSES_CHANGED, next.garp(), now, out);
        } else {
            garp.reconfigure(next.garp());
        }
    }

    void due(Timing timing, long now, List<Effect> out) {
        if (advertNanos <= now) {
            dueAdvertisement(timing, now, out);
        }
        if (handover != null && handover.due(now, out)) {
            handover = null;
        }
        garp.due(now, out);
    }

    /** Lateness must not add up. It is made good little by little, so that one gap too long is not followed by one too short. */
    private void dueAdvertisement(Timing timing, long now, List<Effect> out) {
        long interval = timing.ownIntervalNanos();
        long onTime = punctualNanos + interval;
        long sent = now - advertNanos <= USUAL_NANOS ? advertNanos : now;
        advertise(timing, now, out);
        if (onTime > now) {
            punctualNanos = onTime;
            advertNanos = Math.max(onTime, sent + interval - interval / GENTLY);
        }
    }

    long deadline() {
        long next = Math.min(advertNanos, garp.deadline());
        return handover == null ? next : Math.min(next, handover.deadline());
    }

    /** Whether addresses may be in place. */
    boolean holding() {
        return advertNanos != NEVER || handover != null;
    }

    long handoverCoverNanos() {
        return handover == null ? Long.MIN_VALUE : handover.coverNanos();
    }

    boolean handingOver() {
        return handover != null;
    }

    // leaving

    /** Gives up and waits until somebody took over. */
    void offer(long patienceNanos, long now, List<Effect> out) {
        end();
        handover = Handover.offer(now, patienceNanos, out);
    }

    /** Somebody with better right is there. */
    void yieldTo(long now, List<Effect> out) {
        end();
        handover = Handover.yieldTo(now, out);
    }

    /** Says that we give up, if we are master. */
    void giveUp(List<Effect> out) {
        if (advertNanos != NEVER) {
            out.add(new Send(Advertisement.PRIORITY_RELEASE));
        }
    }

    /** Lets the addresses go at once, whatever is under way. */
    void drop(String why, List<Effect> out) {
        if (handover != null) {
            Handover.end(why, out);
            handover = null;
        } else if (holding()) {
            out.add(new Release(List.of(), why));
        }
        end();
    }

    private void end() {
        advertNanos = NEVER;
        garp.end();
    }

    void otherMasterHeard(long now, List<Effect> out) {
        if (handover != null) {
            handover.masterHeard(now, out);
        }
    }

    void releaseSent(long now) {
        if (handover != null) {
            handover.releaseSent(now);
        }
    }

    void takeoverTakes(long nanos, long now) {
        if (handover != null) {
            handover.takeoverTakes(nanos, now);
        }
    }

    void announcementHeard(InetAddress address, long now) {
        if (handover != null) {
            handover.announcementHeard(address, now);
        }
    }
}

package io.halcyon.vrrp.protocol;

import io.halcyon.vrrp.protocol.Effect.Release;
import io.halcyon.vrrp.protocol.Effect.Send;
import io.halcyon.vrrp.protocol.Effect.Silence;
import io.halcyon.vrrp.protocol.Effect.WatchAnnouncements;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the addresses leave a master so that no client notices: they stay until the next master has announced them.
 *
 * <p>A master that gives up says so twice (one packet may be lost). An address goes 20 ms after its announcement was
 * heard: whoever resolves it in between gets the newer answer last. All that are left go some time after the next master's
 * first advertisement, 200 ms unless we are told that it may need more, or when nobody can be expected any more. Owned by
 * its {@link VirtualRouter}.
 */
final class Handover {

    /** Longest time a stop takes, and addresses stay when another master is there. */
    static final long LONGEST_NANOS = 5_000_000_000L;

    private static final long NEVER = Long.MAX_VALUE;
    private static final long SECOND_RELEASE_NANOS = 10_000_000L;
    private static final long AFTER_ANNOUNCEMENT_NANOS = 20_000_000L;
    private static final long AFTER_ADVERTISEMENT_NANOS = 200_000_000L;

    private final Map<InetAddress, Long> announced = new LinkedHashMap<>();
    private long secondReleaseNanos = NEVER;
    /** Until when we can wait for somebody who is there. */
    private final long latestNanos;

    private long endNanos;
    private boolean taken;

    private Handover(long endNanos, long latestNanos) {
        this.endNanos = endNanos;
        this.latestNanos = latestNanos;
    }

    /** We give up and wait for somebody. */
    static Handover offer(long now, long patienceNanos, List<Effect> out) {
        out.add(new Send(Advertisement.PRIORITY_RELEASE));
        out.add(new WatchAnnouncements(true));
        Handover handover = new Handover(now + patienceNanos, now + Math.max(patienceNanos, LONGEST_NANOS));
        handover.secondReleaseNanos = now + SECOND_RELEASE_NANOS;
        return handover;
    }

    /** Somebody with better right took over. */
    static Handover yieldTo(long now, List<Effect> out) {
        out.add(new Silence());
        out.add(new WatchAnnouncements(true));
        Handover handover = new Handover(now + AFTER_ADVERTISEMENT_NANOS, now + LONGEST_NANOS);
        handover.taken = true;
        return handover;
    }

    /** The first priority 0 is out only now: the second keeps its distance, or one disturbance takes both. */
    void releaseSent(long now) {
        if (secondReleaseNanos != NEVER) {
            secondReleaseNanos = now + SECOND_RELEASE_NANOS;
        }
    }

    /** Another node advertised as master. */
    void masterHeard(long now, List<Effect> out) {
        if (!taken) {
            taken = true;
            out.add(new Silence());
            // It needs no second hint, and a third router would only start an election for nothing.
            secondReleaseNanos = NEVER;
            endNanos = Math.min(latestNanos, now + AFTER_ADVERTISEMENT_NANOS);
        }
    }

    /** Who replaces us may need more, or less, than usual. */
    void takeoverTakes(long nanos, long now) {
        if (taken) {
            endNanos = Math.min(latestNanos, now + nanos);
        }
    }

    /** Another node announced an address. */
    void announcementHeard(InetAddress address, long now) {
        announced.putIfAbsent(address, now + AFTER_ANNOUNCEMENT_NANOS);
    }

    /** Until when a lease has to last: somebody may be heard in the last moment. */
    long coverNanos() {
        return taken ? endNanos : endNanos + AFTER_ADVERTISEMENT_NANOS;
    }

    long deadline() {
        long next = Math.min(endNanos, secondReleaseNanos);
        for (long dueNanos : announced.values()) {
            next = Math.min(next, dueNanos);
        }
        return next;
    }

    /** Carries out what is due; returns whether the handover is over. */
    boolean due(long now, List<Effect> out) {
        if (endNanos <= now) {
            end(taken ? "the new master had its time" : "nobody took over", out);
            return true;
        }
        if (secondReleaseNanos <= now) {
            secondReleaseNanos = NEVER;
            out.add(new Send(Advertisement.PRIORITY_RELEASE));
        }
        releaseAnnounced(now, out);
        return false;
    }

    private void releaseAnnounced(long now, List<Effect> out) {
        List<InetAddress> gone = new ArrayList<>();
        for (Map.Entry<InetAddress, Long> entry : announced.entrySet()) {
            if (entry.getValue() <= now) {
                gone.add(entry.getKey());
                entry.setValue(NEVER);
            }
        }
        if (!gone.isEmpty()) {
            out.add(new Release(gone, "the new master announced them"));
        }
    }

    /** Ends it at once. */
    static void end(String why, List<Effect> out) {
        out.add(new WatchAnnouncements(false));
        out.add(new Release(List.of(), why));
    }
}

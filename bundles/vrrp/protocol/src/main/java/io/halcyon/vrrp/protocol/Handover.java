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
 * heard: whoever resolves it in between gets the newer answer last. All that are left go 200 ms after the next master's
 * first advertisement, or when nobody can be expected any more. Owned by its {@link VirtualRouter}.
 */
final class Handover {

    /** Longest time a stop waits for somebody to take over. */
    static final long LONGEST_NANOS = 5_000_000_000L;

    private static final long NEVER = Long.MAX_VALUE;
    private static final long SECOND_RELEASE_NANOS = 10_000_000L;
    private static final long AFTER_ANNOUNCEMENT_NANOS = 20_000_000L;
    private static final long AFTER_ADVERTISEMENT_NANOS = 200_000_000L;

    private final Map<InetAddress, Long> announced = new LinkedHashMap<>();
    private long secondReleaseNanos = NEVER;
    private long endNanos;
    private boolean taken;

    private Handover(long endNanos) {
        this.endNanos = endNanos;
    }

    /** We give up and wait for somebody. */
    static Handover offer(long now, long patienceNanos, List<Effect> out) {
        out.add(new Send(Advertisement.PRIORITY_RELEASE));
        out.add(new WatchAnnouncements(true));
        Handover handover = new Handover(now + patienceNanos);
        handover.secondReleaseNanos = now + SECOND_RELEASE_NANOS;
        return handover;
    }

    /** Somebody with better right took over. */
    static Handover yieldTo(long now, List<Effect> out) {
        out.add(new Silence());
        out.add(new WatchAnnouncements(true));
        Handover handover = new Handover(now + AFTER_ADVERTISEMENT_NANOS);
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
            endNanos = Math.min(endNanos, now + AFTER_ADVERTISEMENT_NANOS);
        }
    }

    /** Another node announced an address. */
    void announcementHeard(InetAddress address, long now) {
        announced.putIfAbsent(address, now + AFTER_ANNOUNCEMENT_NANOS);
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

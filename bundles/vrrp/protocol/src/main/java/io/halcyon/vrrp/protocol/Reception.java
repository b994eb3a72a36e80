package io.halcyon.vrrp.protocol;

import io.halcyon.vrrp.protocol.Effect.Count;
import io.halcyon.vrrp.protocol.Effect.Note;
import io.halcyon.vrrp.protocol.Effect.Refuse;
import io.halcyon.vrrp.protocol.Effect.Rival;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is counted and told of received advertisements. What every packet could repeat is told at most once a minute.
 * Owned by its {@link VirtualRouter}.
 */
final class Reception {

    private static final long PAUSE_NANOS = 60_000_000_000L;
    /** Senders are easily forged: from more than these, nothing is told for a while. */
    private static final int MOST_RIVALS = 16;

    private final Map<Note.Kind, Long> told = new EnumMap<>(Note.Kind.class);
    private final Map<InetAddress, Long> rivals = new HashMap<>();

    /** A new state: everything is worth telling again. */
    void forget() {
        told.clear();
        rivals.clear();
    }

    /**
     * Whether the advertisement takes part in the election.
     *
     * @param own our source address
     * @param tie whether we are master with the same priority
     */
    boolean admits(
            Advertisement advertisement,
            InetAddress from,
            RouterConfig config,
            @Nullable InetAddress own,
            boolean tie,
            long now,
            List<Effect> out) {
        Fault refusal = Admission.refusal(advertisement, config);
        boolean conflict = refusal == null && from.equals(own);
        if (conflict) {
            String text = "another node sends from our address " + from.getHostAddress();
            tell(Note.Kind.ADDRESS_CONFLICT, text, now, out);
        }
        if (refusal != null || (conflict && tie)) {
            out.add(new Refuse(refusal != null ? refusal : Fault.OWN_ADDRESS));
            return false;
        }
        if (conflict) {
            out.add(new Count(Fault.OWN_ADDRESS));
        }
        compare(advertisement, from, config, now, out);
        return true;
    }

    // RFC 9568 section 7.1: what differs SHOULD be logged, and the packet is not dropped.
    private void compare(
            Advertisement advertisement, InetAddress from, RouterConfig config, long now, List<Effect> out) {
        if (!Admission.isOwnInterval(advertisement, config)) {
            out.add(new Count(Fault.INTERVAL_MISMATCH));
        }
        if (!Admission.areOwnAddresses(advertisement, config)) {
            out.add(new Count(Fault.ADDRESS_MISMATCH));
            String text = from.getHostAddress() + " advertises other addresses than ours: "
                    + Explanation.list(advertisement.addresses());
            tell(Note.Kind.ADDRESSES_DIFFER, text, now, out);
        }
    }

    /** A master is there that is to yield to us. */
    void loserHeard(Advertisement advertisement, InetAddress from, int ourPriority, long now, List<Effect> out) {
        rivals.values().removeIf(last -> now - last >= PAUSE_NANOS);
        if (rivals.size() < MOST_RIVALS && rivals.putIfAbsent(from, now) == null) {
            out.add(new Rival(from, advertisement.priority(), ourPriority));
        }
    }

    private void tell(Note.Kind kind, String text, long now, List<Effect> out) {
        Long last = told.get(kind);
        if (last == null || now - last >= PAUSE_NANOS) {
            told.put(kind, now);
            out.add(new Note(kind, text));
        }
    }
}

package io.halcyon.vrrp.protocol;

import io.halcyon.api.vrrp.RouterState;
import java.net.InetAddress;
import java.util.List;

/** Something a virtual router wants done, in the order given. */
public sealed interface Effect {

    /** One advertisement. */
    record Send(int priority) implements Effect {}

    /** All addresses are to be held; repeated where they may have been lost. */
    record Acquire() implements Effect {}

    /**
     * Addresses are to be removed.
     *
     * @param addresses which, empty for all
     * @param why for a person
     */
    record Release(List<InetAddress> addresses, String why) implements Effect {
        public Release {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * All held addresses are to be announced, each as soon as it is in the kernel.
     *
     * @param occasion why now
     * @param rounds how often
     */
    record Announce(Occasion occasion, int rounds) implements Effect {

        /** What an announcement is made for. */
        public enum Occasion {
            BECAME_MASTER,
            SECOND_BURST,
            /** The master that died may have left the addresses to their lease. */
            DEAD_MASTERS_LEASE,
            /** The master that gave up may answer for the addresses a moment longer. */
            LEAVING_MASTER,
            REFRESH,
            LOWER_PRIORITY_HEARD,
            LOWER_PRIORITY_SECOND_BURST,
            STALL_OVER,
            ADDRESSES_CHANGED
        }
    }

    /** Another node has the addresses, which are still here: whoever resolves them is to hear that node only. */
    record Silence() implements Effect {}

    /** Announcements of our addresses by others are to be reported, or no longer. */
    record WatchAnnouncements(boolean on) implements Effect {}

    /**
     * The state changed.
     *
     * @param stopping whether the router is going away; {@code to} is {@code INIT} then
     * @param ground what decided
     */
    record Transition(RouterState from, RouterState to, String cause, boolean stopping, Ground ground)
            implements Effect {

        /** What decides about a change of state. */
        public enum Ground {
            /** What the router was told: its interface, a tracker, an order, its configuration. */
            TOLD,
            /** Our priority against the one that another node advertised. */
            PRIORITY,
            /** It takes part, and nobody with a better right was heard since it does. */
            ARRIVAL,
            /** The master fell silent or gave up. */
            PEER
        }
    }

    /**
     * Another node is master with a priority that loses against ours; at most once a minute for each such node.
     *
     * @param heard priority in its advertisement
     * @param own ours
     */
    record Rival(InetAddress source, int heard, int own) implements Effect {

        /** For a person. */
        public String text() {
            return source.getHostAddress() + " advertises priority " + heard + ", ours is " + own + ": it is to yield";
        }
    }

    /** Something worth telling that is no transition; {@code text} is for a person. */
    record Note(Kind kind, String text) implements Effect {

        /** What a note is about. */
        public enum Kind {
            /** A stall is over; the text tells what was decided. */
            STALL,
            NEW_MASTER,
            INTERVAL_ADOPTED,
            PRIORITY_CHANGED,
            /** A master advertises other addresses than ours. */
            ADDRESSES_DIFFER,
            /** Another node sends from our source address. */
            ADDRESS_CONFLICT
        }
    }

    /** A packet was dropped. */
    record Refuse(Fault fault) implements Effect {}

    /** A packet was accepted although something is wrong with it. */
    record Count(Fault fault) implements Effect {}

    /** The planned stop is complete: nothing is held any more, no effect follows. */
    record Stopped() implements Effect {}
}

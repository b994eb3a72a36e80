package io.halcyon.api.event;

import io.halcyon.api.check.Health;
import io.halcyon.api.vrrp.RouterState;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened. Immutable; {@link EventRecord} adds when, where and why. */
public sealed interface Event {

    /** Name of the object it happened to. */
    String object();

    /** One line for a person, without the object's name. */
    String text();

    /** What it is about: the word that filters, keys and topics know it by. */
    default EventKind kind() {
        return EventKind.of(this);
    }

    /** How much it matters. */
    default Severity severity() {
        return Severity.INFO;
    }

    /**
     * A virtual router changed its state.
     *
     * @param object router
     * @param from state before
     * @param to state after
     * @param cause why, for a person
     * @param priority effective priority at that moment, 0-255
     * @param addresses its addresses, as {@code cidr}
     * @param stopping whether the router is going away (planned stop or removed), in which case {@code to} is INIT
     * @param deleted whether it goes because its configuration was removed; implies {@code stopping}
     */
    record RouterTransition(
            String object,
            RouterState from,
            RouterState to,
            String cause,
            int priority,
            List<String> addresses,
            boolean stopping,
            boolean deleted)
            implements Event {

        public RouterTransition {
            addresses = List.copyOf(addresses);
        }

        @Override
        public String text() {
            return from + " -> " + to + ", " + cause;
        }

        @Override
        public Severity severity() {
            return to == RouterState.FAULT ? Severity.CRITICAL : Severity.INFO;
        }
    }

    /** A verdict changed. */
    record VerdictChange(String object, Health from, Health to, String reason) implements Event {
        @Override
        public String text() {
            return from + " -> " + to + ", " + reason;
        }

        @Override
        public Severity severity() {
            return severityOf(to);
        }
    }

    /**
     * Effective priority of a router changed.
     *
     * @param state of the router at that moment
     */
    record PriorityChange(String object, int from, int to, RouterState state, String reason) implements Event {
        @Override
        public String text() {
            return "effective priority " + from + " -> " + to + ", " + reason;
        }
    }

    /**
     * A group of routers that move together changed its state.
     *
     * @param object group
     * @param from state before
     * @param to state after
     * @param cause why, for a person
     * @param stopping whether the group is going away (planned stop or removed), in which case {@code to} is INIT
     * @param deleted whether it goes because its configuration was removed; implies {@code stopping}
     */
    record GroupTransition(
            String object, RouterState from, RouterState to, String cause, boolean stopping, boolean deleted)
            implements Event {
        @Override
        public String text() {
            return from + " -> " + to + ", " + cause;
        }

        @Override
        public Severity severity() {
            return to == RouterState.FAULT ? Severity.CRITICAL : Severity.INFO;
        }
    }

    /**
     * A master heard an advertisement with a lower priority than its own: somebody believes to be master beside it.
     *
     * @param object router
     * @param source sender's address
     * @param heard priority in the advertisement, 1-255
     * @param own effective priority, 1-255
     */
    record LowerPriorityHeard(String object, String source, int heard, int own) implements Event {
        @Override
        public String text() {
            return source + " advertises with priority " + heard + ", lower than ours, " + own;
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /**
     * A real server of a virtual server changed.
     *
     * @param object virtual server, as its file names it
     * @param virtualServer {@code [address]:protocol:port}, or {@code FWM n}
     * @param realServer {@code [address]:protocol:port}
     * @param weight weight it has now
     * @param reason why, for a person
     * @param realServersUp how many real servers of the virtual server are up after it, null if whoever tells does not know
     * @param realServersTotal how many it has, each address counting once, null likewise
     */
    record RealServerChange(
            String object,
            String virtualServer,
            String realServer,
            Health from,
            Health to,
            int weight,
            String reason,
            @Nullable Integer realServersUp,
            @Nullable Integer realServersTotal)
            implements Event {

        /** Without how many real servers there are. */
        public RealServerChange(
                String object,
                String virtualServer,
                String realServer,
                Health from,
                Health to,
                int weight,
                String reason) {
            this(object, virtualServer, realServer, from, to, weight, reason, null, null);
        }

        @Override
        public String text() {
            return realServer + " " + from + " -> " + to + ", " + reason;
        }

        @Override
        public Severity severity() {
            return severityOf(to);
        }
    }

    /**
     * A virtual server gained or lost its quorum.
     *
     * @param object virtual server, as its file names it
     * @param virtualServer {@code [address]:protocol:port}, or {@code FWM n}
     * @param to UP with a quorum, DOWN without
     * @param weight total weight of the real servers that are up
     * @param quorum weight that is wanted
     * @param reason why, for a person
     * @param realServersUp how many of its real servers are up, null if whoever tells does not know
     * @param realServersTotal how many it has, each address counting once, null likewise
     */
    record VirtualServerChange(
            String object,
            String virtualServer,
            Health from,
            Health to,
            int weight,
            int quorum,
            String reason,
            @Nullable Integer realServersUp,
            @Nullable Integer realServersTotal)
            implements Event {

        /** Without how many real servers there are. */
        public VirtualServerChange(
                String object, String virtualServer, Health from, Health to, int weight, int quorum, String reason) {
            this(object, virtualServer, from, to, weight, quorum, reason, null, null);
        }

        @Override
        public String text() {
            return from + " -> " + to + ", " + reason;
        }

        @Override
        public Severity severity() {
            return severityOf(to);
        }
    }

    /**
     * Something about an address: removed by somebody else, restored, could not be added.
     *
     * @param object router that owns the address, or the interface
     */
    record AddressTrouble(String object, String address, String what, Severity severity) implements Event {
        @Override
        public String text() {
            return address + " " + what;
        }
    }

    /**
     * Somebody else uses an address of ours, or lists other addresses for the same router.
     *
     * @param object router that owns the address, or the interface that has it
     * @param address the address, empty if the lists differ
     */
    record AddressConflict(String object, String address, String what) implements Event {
        @Override
        public String text() {
            return address.isEmpty() ? what : address + " " + what;
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /**
     * An address lost its lease, or a lease could not be renewed in time.
     *
     * @param object router that owns the address
     */
    record LeaseTrouble(String object, String address, String what, Severity severity) implements Event {
        @Override
        public String text() {
            return address + " " + what;
        }
    }

    /** A configuration was accepted, refused or removed; {@code text} names file, key, value and what is allowed. */
    record ConfigurationChange(String object, String text, Severity severity) implements Event {}

    /** The protocol loop woke late. */
    record Stall(String object, long lateMillis, String decision) implements Event {
        @Override
        public String text() {
            return "stalled for " + lateMillis + " ms, " + decision;
        }

        @Override
        public Severity severity() {
            return Severity.WARNING;
        }
    }

    /** A plugin (check type, transport, VIP manager, notifier type) came or went. */
    record PluginChange(String object, String text) implements Event {}

    /**
     * Something is held by hand, is not any more, or the time for it is over.
     *
     * @param begins whether it is held from now on
     */
    record Maintenance(String object, String text, boolean begins, Severity severity) implements Event {}

    /**
     * This node started; the events before it are of an earlier run.
     *
     * @param object node
     * @param text how the run before ended and when, as far as it is known
     * @param clean whether it ended by itself: false after a crash, a kill or a loss of power
     */
    record NodeStart(String object, String text, boolean clean) implements Event {
        @Override
        public Severity severity() {
            return clean ? Severity.INFO : Severity.WARNING;
        }
    }

    /**
     * Many events told at once, because one by one they would be too many. Made for one notifier and never kept in the log.
     *
     * @param object notifier
     * @param events at least two, oldest first
     */
    record Digest(String object, List<EventRecord> events) implements Event {

        public Digest {
            events = List.copyOf(events);
        }

        @Override
        public String text() {
            return events.size() + " events";
        }

        /** The most severe of them. */
        @Override
        public Severity severity() {
            return events.stream()
                    .map(record -> record.event().severity())
                    .max(Comparator.naturalOrder())
                    .orElse(Severity.INFO);
        }
    }

    /** Somebody asked for a trial message. */
    record Trial(String object, String text) implements Event {}

    private static Severity severityOf(Health health) {
        return switch (health) {
            case DOWN -> Severity.CRITICAL;
            case UP -> Severity.INFO;
            default -> Severity.WARNING;
        };
    }
}

package io.halcyon.api.event;

import io.halcyon.api.check.Health;
import io.halcyon.api.vrrp.RouterState;
import java.util.List;

/** Something that happened. Immutable; {@link EventRecord} adds when, where and why. */
public sealed interface Event {

    /** Name of the object it happened to. */
    String object();

    /** One line for a person, without the object's name. */
    String text();

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
     */
    record RouterTransition(
            String object,
            RouterState from,
            RouterState to,
            String cause,
            int priority,
            List<String> addresses,
            boolean stopping)
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
            return to == Health.DOWN ? Severity.CRITICAL : to == Health.UP ? Severity.INFO : Severity.WARNING;
        }
    }

    /** Effective priority of a router changed. */
    record PriorityChange(String object, int from, int to, String reason) implements Event {
        @Override
        public String text() {
            return "effective priority " + from + " -> " + to + ", " + reason;
        }
    }

    /**
     * Something about an address: removed by somebody else, restored, could not be added, in use by somebody else.
     *
     * @param object router that owns the address, or the interface
     */
    record AddressTrouble(String object, String address, String what, Severity severity) implements Event {
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

    /** A verdict is held by hand, is not any more, or the time for it is over. */
    record Maintenance(String object, String text, Severity severity) implements Event {}

    /** Somebody asked for a trial message. */
    record Trial(String object, String text) implements Event {}
}

package io.halcyon.notify.smtp;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventKind;
import io.halcyon.api.vrrp.RouterState;
import org.jspecify.annotations.Nullable;

/** Words for what happens to routers, their groups and their addresses. */
final class RouterWording {

    private static final String INSTANCE = "VRRP Instance ";
    private static final String GROUP = "VRRP Group ";
    private static final String EXPLAIN = "vrrp:explain";
    private static final String EVENTS = "ha:events";
    private static final String ROUTER = "Router:";

    private RouterWording() {}

    /** Null if it is about something else. */
    static @Nullable Wording of(Event event) {
        if (event instanceof Event.RouterTransition transition) {
            return transition(transition);
        }
        if (event instanceof Event.GroupTransition transition) {
            return group(transition);
        }
        if (event instanceof Event.PriorityChange priority) {
            return priority(priority);
        }
        if (event instanceof Event.LowerPriorityHeard rival) {
            return rival(rival);
        }
        if (event instanceof Event.Stall) {
            return Wording.of(INSTANCE + event.object() + " - " + event.text(), "The node was stalled", event.text())
                    .with(ROUTER, event.object())
                    .meaning("for that time this node neither advertised nor listened; another one may have taken over")
                    .see("vrrp:show", event.object())
                    .see("ha:doctor");
        }
        return event.kind() == EventKind.ADDRESS ? address(event) : null;
    }

    private static Wording transition(Event.RouterTransition event) {
        var news = news(event.to(), event.stopping(), event.deleted());
        var what = event.object() + ": " + event.from() + " -> " + event.to();
        var wording = Wording.of(INSTANCE + event.object() + " - " + news, sentence(event), what)
                .why(event.cause())
                .meaning(meaning(event))
                .with("Priority:", String.valueOf(event.priority()))
                .with("Addresses:", String.join(", ", event.addresses()));
        if (event.deleted()) {
            return wording.see("vrrp:list").see(EVENTS);
        }
        return wording.see(EXPLAIN, event.object()).see(event.to() == RouterState.FAULT ? "ha:doctor" : EVENTS);
    }

    private static String news(RouterState to, boolean stopping, boolean deleted) {
        if (deleted) {
            return "Deleted";
        }
        return stopping ? "Stopping" : "Entering " + to + " state";
    }

    private static String sentence(Event.RouterTransition event) {
        if (event.deleted()) {
            return "Removing";
        }
        if (event.stopping()) {
            return "Shutting down";
        }
        return event.to() == RouterState.MASTER
                ? "VRRP Instance is now owning VRRP VIPs"
                : "VRRP Instance is no longer owning VRRP VIPs";
    }

    private static String meaning(Event.RouterTransition event) {
        var addresses = event.addresses().isEmpty() ? "its addresses" : String.join(", ", event.addresses());
        if (event.to() == RouterState.MASTER) {
            return "this node answers for " + addresses + " from now on";
        }
        var left = event.from() == RouterState.MASTER
                ? "this node no longer answers for " + addresses + ", another one takes over if there is one; "
                : "";
        if (event.deleted()) {
            return left + "this node takes no part any more, and does not come back";
        }
        if (event.stopping()) {
            return left + "this node takes no part until it is started again";
        }
        return switch (event.to()) {
            case FAULT -> left + "this node cannot take over until the cause is gone";
            case BACKUP -> left + "this node stands by and takes over when the master falls silent";
            default -> left + "this node takes no part";
        };
    }

    private static Wording group(Event.GroupTransition event) {
        var news = news(event.to(), event.stopping(), event.deleted());
        var what = event.object() + ": " + event.from() + " -> " + event.to();
        return Wording.of(GROUP + event.object() + " - " + news, groupSentence(event), what)
                .why(event.cause())
                .meaning(groupMeaning(event))
                .see("vrrp:list")
                .see(EVENTS);
    }

    private static String groupSentence(Event.GroupTransition event) {
        if (event.deleted()) {
            return "Removing";
        }
        return event.stopping() ? "Shutting down" : "All VRRP group instances are now in " + event.to() + " state";
    }

    private static String groupMeaning(Event.GroupTransition event) {
        return switch (event.to()) {
            case MASTER -> "this node answers for the addresses of all routers of the group";
            case BACKUP -> "this node stands by for all routers of the group";
            case FAULT -> "this node cannot take over any router of the group until the cause is gone";
            case INIT -> "no router of the group takes part on this node";
        };
    }

    private static Wording priority(Event.PriorityChange event) {
        var change = "effective priority " + event.from() + " -> " + event.to();
        return Wording.of(INSTANCE + event.object() + " - " + change, "Effective priority has changed", change)
                .with(ROUTER, event.object() + ", " + event.state())
                .why(event.reason())
                .meaning(
                        event.to() < event.from()
                                ? "another node with a higher priority may take over, or keeps what it has"
                                : "this node may take over from one with a lower priority, or keeps what it has")
                .see(EXPLAIN, event.object())
                .see("check:list");
    }

    private static Wording rival(Event.LowerPriorityHeard event) {
        return Wording.of(
                        INSTANCE + event.object() + " - lower priority advertised by " + event.source(),
                        "Somebody else believes to be master",
                        event.text())
                .with(ROUTER, event.object())
                .meaning(
                        "for a moment two nodes answer for the same addresses; the other one should give way at once. If"
                                + " this comes again, it does not hear us")
                .see(EXPLAIN, event.object())
                .see(EVENTS);
    }

    private static Wording address(Event event) {
        var headline = "Trouble with a virtual address";
        var meaning = "clients of that address may not reach it until this is put right";
        if (event instanceof Event.AddressConflict) {
            headline = "Somebody else uses a virtual address";
            meaning = "some clients may reach the other machine instead of this one";
        } else if (event instanceof Event.LeaseTrouble) {
            headline = "Trouble with the lease of a virtual address";
            meaning = "the kernel may remove the address, or has removed it, although this node is master";
        }
        return Wording.of(INSTANCE + event.object() + " - address " + event.text(), headline, event.text())
                .with(ROUTER, event.object())
                .meaning(meaning)
                .see("vip:list")
                .see(EXPLAIN, event.object());
    }
}

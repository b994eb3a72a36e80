package io.halcyon.lvs.engine.server;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people decided about the real servers of a virtual server. Confined to its thread. */
final class Hands {

    private final Map<String, Hand> hands = new HashMap<>();

    @Nullable
    Hand find(String realServer) {
        return hands.get(realServer);
    }

    boolean isDraining(String realServer) {
        Hand hand = hands.get(realServer);
        return hand != null && hand.hold().draining();
    }

    void restore(Input.Restored restored) {
        hands.put(restored.realServer(), new Hand(restored.hold(), restored.deadlineNanos(), restored.untilNanos()));
    }

    void weight(ServerSettings settings, Input.Weight order, Outbox out) {
        require(settings, order.realServer());
        if (order.weight() < -1) {
            throw new IllegalArgumentException(
                    "weight: allowed is 0 to " + Integer.MAX_VALUE + ", or -1 for the configured one");
        }
        Hand before = hands.get(order.realServer());
        if (order.weight() < 0 && (before == null || before.hold().weight() < 0)) {
            throw new IllegalArgumentException(order.realServer() + " has no weight by hand");
        }
        String text = order.weight() < 0 ? "back to its configured weight" : "weight " + order.weight() + " by hand";
        keep(order.realServer(), Hand.weighted(before, order.weight(), order.at()), out);
        tell(settings, order.realServer(), text, order.weight() >= 0, out);
    }

    void drain(ServerSettings settings, Input.Drain order, Outbox out) {
        require(settings, order.realServer());
        Hand hand = Hand.draining(hands.get(order.realServer()), order);
        keep(order.realServer(), hand, out);
        tell(settings, order.realServer(), hand.text(), true, out);
    }

    void undrain(ServerSettings settings, String realServer, Outbox out) {
        require(settings, realServer);
        Hand hand = hands.get(realServer);
        if (hand == null || !hand.hold().draining()) {
            throw new IllegalArgumentException(realServer + " is not drained");
        }
        keep(realServer, hand.undrained(), out);
        tell(settings, realServer, "no longer drained", false, out);
    }

    /** Ends what is over; returns whose drain has ended. */
    List<String> expire(ServerSettings settings, long nowNanos, Outbox out) {
        List<String> over = new ArrayList<>();
        hands.forEach((realServer, hand) -> {
            if (hand.isOver(nowNanos)) {
                over.add(realServer);
            }
        });
        over.sort(null);
        for (String realServer : over) {
            Hand hand = hands.get(realServer);
            keep(realServer, hand == null ? null : hand.undrained(), out);
            tell(settings, realServer, "no longer drained, its time is over", false, out);
        }
        return over;
    }

    /** What is held of real servers that are configured no more is forgotten. */
    void retain(ServerSettings settings, Outbox out) {
        for (String realServer : List.copyOf(hands.keySet())) {
            if (!settings.names().contains(realServer)) {
                keep(realServer, null, out);
            }
        }
    }

    void forgetAll(Outbox out) {
        hands.keySet().stream().sorted().forEach(realServer -> out.keepHold(realServer, null));
        hands.clear();
    }

    long nextNanos(long nowNanos) {
        return hands.values().stream()
                .mapToLong(hand -> hand.nextNanos(nowNanos))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private void keep(String realServer, @Nullable Hand hand, Outbox out) {
        if (hand == null) {
            hands.remove(realServer);
        } else {
            hands.put(realServer, hand);
        }
        out.keepHold(realServer, hand == null ? null : hand.hold());
    }

    /** The object is the real server alone, so that nobody is quiet about the others meanwhile. */
    private static void tell(ServerSettings settings, String realServer, String text, boolean begins, Outbox out) {
        Severity severity = begins ? Severity.WARNING : Severity.INFO;
        out.publish(new Event.Maintenance(settings.name() + "/" + realServer, text, begins, severity));
    }

    private static void require(ServerSettings settings, String realServer) {
        if (!settings.names().contains(realServer)) {
            throw new IllegalArgumentException(settings.name() + " has no real server " + realServer + "; it has "
                    + String.join(", ", settings.names()));
        }
    }
}

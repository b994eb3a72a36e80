package io.halcyon.notify.smtp;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import org.jspecify.annotations.Nullable;

/** Words for what happens to checks, real servers and virtual servers. */
final class ServerWording {

    private ServerWording() {}

    /** Null if it is about something else. */
    static @Nullable Wording of(Event event) {
        if (event instanceof Event.VerdictChange verdict) {
            return verdict(verdict);
        }
        if (event instanceof Event.RealServerChange server) {
            return realServer(server);
        }
        if (event instanceof Event.VirtualServerChange server) {
            return virtualServer(server);
        }
        return null;
    }

    private static Wording verdict(Event.VerdictChange event) {
        var outcome = "Check " + event.object() + " - " + event.to();
        return Wording.of(outcome, outcome, event.object() + ": " + event.from() + " -> " + event.to())
                .why(event.reason())
                .meaning(verdictMeaning(event.to()))
                .see("check:show", event.object())
                .see("check:history", event.object());
    }

    private static String verdictMeaning(Health now) {
        return switch (now) {
            case UP -> "routers that track it have their priority again";
            case DOWN -> "routers that track it lose priority or stand back until it is UP again";
            case DEGRADED -> "it still counts as working, but somebody should look at it";
            case UNKNOWN -> "routers that track it cannot rely on it";
        };
    }

    private static boolean works(Health now) {
        return now == Health.UP || now == Health.DEGRADED;
    }

    private static Wording realServer(Event.RealServerChange event) {
        boolean up = works(event.to());
        return Wording.of(
                        "Realserver " + event.realServer() + " of virtual server " + event.virtualServer() + " - "
                                + event.to(),
                        up ? "CHECK succeed on service" : "CHECK failed on service",
                        event.realServer() + ": " + event.from() + " -> " + event.to())
                .why(event.reason())
                .meaning(up ? "it gets requests again" : "it gets no new requests; the other real servers have to do")
                .with("Weight:", String.valueOf(event.weight()))
                .with("Service:", event.object() + ", " + event.virtualServer())
                .see("check:list")
                .see("ha:events");
    }

    private static Wording virtualServer(Event.VirtualServerChange event) {
        boolean up = works(event.to());
        return Wording.of(
                        "Virtualserver " + event.virtualServer() + " - " + event.to(),
                        up
                                ? "Gained quorum " + event.quorum() + " <= " + event.weight()
                                : "Lost quorum " + event.quorum() + " > " + event.weight(),
                        event.virtualServer() + ": " + event.from() + " -> " + event.to())
                .why(event.reason())
                .meaning(
                        up
                                ? "enough real servers are up, the service is whole"
                                : "too few real servers are up: the service fails, or the sorry server answers")
                .with("Service:", event.object())
                .see("check:list")
                .see("ha:events");
    }
}

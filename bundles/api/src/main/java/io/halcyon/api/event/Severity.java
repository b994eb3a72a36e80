package io.halcyon.api.event;

import io.halcyon.api.check.Health;
import io.halcyon.api.vrrp.RouterState;
import java.util.Comparator;

/** How much an event matters to an operator. */
public enum Severity {
    /** Good to know. */
    INFO,
    /** Somebody should act. */
    WARNING,
    /** The service suffers or is about to. */
    CRITICAL;

    /** Of an event that does not say so itself. */
    static Severity of(Event event) {
        if (event instanceof Event.RouterTransition router) {
            return of(router.to());
        }
        if (event instanceof Event.GroupTransition group) {
            return of(group.to());
        }
        if (event instanceof Event.VerdictChange verdict) {
            return of(verdict.to());
        }
        if (event instanceof Event.RealServerChange server) {
            return of(server.to());
        }
        if (event instanceof Event.VirtualServerChange server) {
            return of(server.to());
        }
        return event instanceof Event.Digest digest ? worst(digest) : INFO;
    }

    private static Severity of(RouterState state) {
        return state == RouterState.FAULT ? CRITICAL : INFO;
    }

    private static Severity of(Health health) {
        return switch (health) {
            case DOWN -> CRITICAL;
            case UP -> INFO;
            default -> WARNING;
        };
    }

    private static Severity worst(Event.Digest digest) {
        return digest.events().stream()
                .map(record -> record.event().severity())
                .max(Comparator.naturalOrder())
                .orElse(INFO);
    }
}

package io.halcyon.notify.smtp;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Of which events no mail is sent, after keepalived's rules: the state of an object that was mailed last, and, if somebody
 * wants that, {@code FAULT}. The thread that delivers owns it.
 */
final class Silence {

    /** Objects that come and go must not fill the memory; one that is forgotten gets its mail. */
    private static final int MOST = 10_000;

    private final boolean repeated;
    private final boolean faults;

    private final Map<String, Mailed> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Mailed> eldest) {
            return size() > MOST;
        }
    };

    /**
     * @param repeated whether a state that was mailed last is not mailed again
     * @param faults whether {@code FAULT} of routers and groups is not mailed
     */
    Silence(boolean repeated, boolean faults) {
        this.repeated = repeated;
        this.faults = faults;
    }

    boolean covers(EventRecord event) {
        if (faults && isFault(event.event())) {
            return true;
        }
        // A failure that is back: with a filter for severity we have not been told that it had gone.
        if (!repeated || event.event().severity() == Severity.CRITICAL) {
            return false;
        }
        var state = State.of(event.event());
        var mailed = state == null ? null : last.get(state.object());
        // An older event is one that a person has sent again.
        return state != null
                && mailed != null
                && mailed.id() < event.id()
                && mailed.word().equals(state.word());
    }

    void mailed(EventRecord event) {
        if (event.event() instanceof Event.Digest digest) {
            digest.events().forEach(this::mailed);
            return;
        }
        var state = State.of(event.event());
        if (state != null) {
            last.merge(
                    state.object(),
                    new Mailed(event.id(), state.word()),
                    (old, now) -> now.id() >= old.id() ? now : old);
        }
    }

    private static boolean isFault(Event event) {
        if (event instanceof Event.RouterTransition router) {
            return router.to() == RouterState.FAULT;
        }
        return event instanceof Event.GroupTransition group && group.to() == RouterState.FAULT;
    }

    private record Mailed(long id, String word) {}

    /** Which object is in which state now. */
    private record State(String object, String word) {

        /** Null for an event that is no change of a state. */
        static @Nullable State of(Event event) {
            if (event instanceof Event.RouterTransition router) {
                return new State("router " + event.object(), word(router.to(), router.deleted()));
            }
            if (event instanceof Event.GroupTransition group) {
                return new State("group " + event.object(), word(group.to(), group.deleted()));
            }
            if (event instanceof Event.VerdictChange verdict) {
                return new State("check " + event.object(), verdict.to().name());
            }
            if (event instanceof Event.RealServerChange server) {
                var object = server.virtualServer() + " " + server.realServer();
                return new State("real server " + object, server.to().name());
            }
            if (event instanceof Event.VirtualServerChange server) {
                return new State(
                        "virtual server " + server.virtualServer(), server.to().name());
            }
            return null;
        }

        private static String word(RouterState to, boolean deleted) {
            return deleted ? "deleted" : to.name();
        }
    }
}

package io.halcyon.lvs.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.net.AddressText;
import io.halcyon.lvs.engine.server.Effect;
import io.halcyon.lvs.engine.server.RealServerState;
import io.halcyon.lvs.engine.server.ServerSettings;
import io.halcyon.spi.dataplane.Desired;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Carries out what virtual servers want. Owned by the loop thread. */
final class Effects {

    private final Surroundings around;
    private final Tables tables;
    private final Hosts hosts;
    private final Set<String> toldNoPlane = ConcurrentHashMap.newKeySet();

    Effects(Surroundings around, Tables tables, Hosts hosts) {
        this.around = around;
        this.tables = tables;
        this.hosts = hosts;
    }

    /** @param cause event that all of it comes from, 0 for none */
    void run(Hosted server, List<Effect> effects, long cause) {
        long previous = 0;
        for (var effect : effects) {
            if (effect instanceof Effect.Publish publish) {
                previous = publish(server, publish, previous, cause);
            } else {
                run(server, effect);
            }
        }
    }

    /** The same without a word about it. */
    static List<Effect> quietly(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> !(effect instanceof Effect.Publish))
                .toList();
    }

    private void run(Hosted server, Effect effect) {
        if (effect instanceof Effect.Put put) {
            put(server, put.services());
        } else if (effect instanceof Effect.Remove remove) {
            remove.services().forEach(key -> {
                server.gone(key);
                tables.remove(server.plane(), server.name(), key);
            });
        } else if (effect instanceof Effect.DefineChecks define) {
            around.definitions().defineChecks(define.owner(), define.checks());
        } else if (effect instanceof Effect.DefineNotifiers define) {
            around.definitions().defineNotifiers(define.owner(), define.notifiers());
        } else if (effect instanceof Effect.Resolve resolve) {
            hosts.ask(server.name(), resolve.realServer(), resolve.host());
        } else if (effect instanceof Effect.KeepHold keep) {
            around.holds().set(server.name(), keep.realServer(), keep.hold());
            around.background().execute(() -> around.holds().saveOrWarn(server.name()));
        } else {
            throw new AssertionError(effect);
        }
    }

    /**
     * Gives a virtual server the data plane that its configuration asks for. One that asks for the best there is stays where it
     * is: moving would take its connections away.
     */
    void place(Hosted server) {
        var wanted = server.settings().spreading().dataplane();
        boolean placed = !server.plane().isEmpty();
        if (placed && (wanted.isEmpty() || wanted.equals(server.plane()))) {
            return;
        }
        if (placed) {
            tables.removeAllOf(server.plane(), server.name());
            server.moveTo("");
        }
        var chosen = around.planes().choose(wanted);
        if (chosen == null && toldNoPlane.add(server.name() + ' ' + wanted)) {
            Lines.noPlane(server.name(), around.planes().missing(wanted));
        }
        if (chosen != null || !wanted.isEmpty()) {
            server.moveTo(chosen == null ? wanted : chosen.name());
            put(server, server.machine().desired());
        }
    }

    private void put(Hosted server, List<Desired> services) {
        // Without a data plane all of them are put as soon as there is one.
        if (server.plane().isEmpty()) {
            return;
        }
        for (var desired : services) {
            if (tables.put(server.plane(), server.name(), desired)) {
                server.pending(desired.service().key());
            }
        }
    }

    private long publish(Hosted server, Effect.Publish publish, long previous, long cause) {
        var causes = new ArrayList<>(publish.causes());
        if (publish.byPrevious() && previous != 0) {
            causes.add(previous);
        }
        if (causes.isEmpty() && cause != 0) {
            causes.add(cause);
        }
        Lines.of(publish.event(), realServer(server, publish.event()));
        return around.sinks().publish(publish.event(), causes);
    }

    /** As the file names it, empty if the event is of no real server. */
    private static String realServer(Hosted server, Event event) {
        if (!(event instanceof Event.RealServerChange change)) {
            return "";
        }
        return server.machine().state().servers().stream()
                .filter(each -> isLabelOf(change.realServer(), each))
                .map(RealServerState::name)
                .findFirst()
                .orElse(change.realServer());
    }

    private static boolean isLabelOf(String label, RealServerState server) {
        var address = server.address();
        return address != null
                && label.startsWith("[" + AddressText.of(address) + "]:")
                && label.endsWith(":" + server.port());
    }

    /** Forgets what was told of it. */
    void forget(ServerSettings gone) {
        toldNoPlane.removeIf(told -> told.startsWith(gone.name() + ' '));
    }
}

package io.halcyon.lvs.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.net.AddressText;
import io.halcyon.lvs.engine.server.Effect;
import io.halcyon.lvs.engine.server.ServerSettings;
import io.halcyon.spi.dataplane.Desired;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what virtual servers want. Owned by the loop thread. */
final class Effects {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.lvs");

    private final Surroundings around;
    private final Tables tables;
    private final Hosts hosts;
    private final Set<String> toldNoPlane = ConcurrentHashMap.newKeySet();
    /** Words of this turn: whoever keeps events may take his time, and packets do not wait for that. */
    private final Deque<Runnable> words = new ArrayDeque<>();
    /** As long as words are told. */
    private final Map<Hosted, Map<String, String>> names = new HashMap<>();

    Effects(Surroundings around, Tables tables, Hosts hosts) {
        this.around = around;
        this.tables = tables;
        this.hosts = hosts;
    }

    /** @param cause event that all of it comes from, 0 for none */
    void run(Hosted server, List<Effect> effects, long cause) {
        var previous = new AtomicLong();
        for (var effect : effects) {
            if (effect instanceof Effect.Publish publish) {
                later(() -> previous.set(publish(server, publish, previous.get(), cause)));
            } else {
                run(server, effect);
            }
        }
    }

    /** Does it after the words that wait already. */
    void later(Runnable word) {
        words.add(word);
    }

    /** Tells what happened in this turn; the data planes know it. */
    void tell() {
        for (var word = words.poll(); word != null; word = words.poll()) {
            try {
                word.run();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("virtual servers: an event or a definition is lost: {}", e.toString());
            }
        }
        names.clear();
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
            later(() -> around.definitions().defineChecks(define.owner(), define.checks()));
        } else if (effect instanceof Effect.DefineNotifiers define) {
            later(() -> around.definitions().defineNotifiers(define.owner(), define.notifiers()));
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
    private String realServer(Hosted server, Event event) {
        return event instanceof Event.RealServerChange change
                ? names.computeIfAbsent(server, Effects::names).getOrDefault(change.realServer(), change.realServer())
                : "";
    }

    /** Names of real servers, as events have them and as the file does. */
    private static Map<String, String> names(Hosted server) {
        var transport = server.settings().spreading().transport().word();
        var names = new HashMap<String, String>();
        for (var each : server.machine().state().servers()) {
            var address = each.address();
            if (address != null) {
                names.putIfAbsent("[" + AddressText.of(address) + "]:" + transport + ":" + each.port(), each.name());
            }
        }
        return names;
    }

    /** Forgets what was told of it. */
    void forget(ServerSettings gone) {
        toldNoPlane.removeIf(told -> told.startsWith(gone.name() + ' '));
    }
}

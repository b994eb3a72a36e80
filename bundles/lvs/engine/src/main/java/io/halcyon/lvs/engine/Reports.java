package io.halcyon.lvs.engine;

import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.Traffic;
import io.halcyon.api.lvs.VirtualServerExplanation;
import io.halcyon.api.lvs.VirtualServerStatus;
import io.halcyon.lvs.engine.server.RealServerState;
import io.halcyon.lvs.engine.server.ServerSettings;
import io.halcyon.spi.dataplane.Counters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What readers see. Any thread may ask; the loop says what it knows, the kernel is asked on the reader's thread. */
final class Reports {

    private final Surroundings around;
    private final Servers servers;
    private final Rates rates = new Rates();

    Reports(Surroundings around, Servers servers) {
        this.around = around;
        this.servers = servers;
    }

    List<VirtualServerStatus> all() {
        var all = Answers.of(around.loop().ask(() -> snapshots(List.copyOf(servers.all()))));
        var figures = Figures.read(all.tables());
        var seen = new HashSet<String>();
        var statuses = all.servers().stream()
                .map(server -> status(server, figures, seen))
                .toList();
        rates.keepOnly(seen);
        return statuses;
    }

    Optional<VirtualServerStatus> one(String name) {
        var found = Answers.of(around.loop()
                .ask(() -> snapshots(servers.all().stream()
                        .filter(server -> server.name().equals(name))
                        .toList())));
        if (found.servers().isEmpty()) {
            return Optional.empty();
        }
        var snapshot = found.servers().get(0);
        var tables = new HashMap<>(found.tables());
        tables.keySet().retainAll(Set.of(snapshot.plane()));
        return Optional.of(status(snapshot, Figures.read(tables), new HashSet<>()));
    }

    VirtualServerExplanation explain(String name) {
        return Answers.of(around.loop().ask(() -> explain(servers.find(name))));
    }

    private Snapshot.All snapshots(List<Hosted> hosted) {
        var tables = servers.tables();
        return new Snapshot.All(
                hosted.stream().map(server -> Snapshot.of(server, tables)).toList(), tables.open());
    }

    private VirtualServerStatus status(Snapshot server, Figures figures, Set<String> seen) {
        var settings = server.settings();
        var state = server.server();
        var real = state.servers().stream()
                .map(each -> status(server, each, figures, seen))
                .toList();
        return new VirtualServerStatus(
                settings.name(),
                settings.services().stream().map(Object::toString).toList(),
                settings.spreading().scheduler().word(),
                methods(state.servers()),
                server.plane(),
                server.state(),
                state.health(),
                state.reason(),
                around.instantOf(state.sinceNanos()),
                (int) Math.min(state.weight(), Integer.MAX_VALUE),
                state.quorum(),
                state.sorry(),
                traffic(settings.name(), figures.counters(server), seen),
                real,
                settings.warnings());
    }

    /** The one they have, or all of them. */
    private static String methods(List<RealServerState> servers) {
        return String.join(
                ", ",
                servers.stream()
                        .filter(server -> !server.name().equals(ServerSettings.SORRY))
                        .map(RealServerState::method)
                        .distinct()
                        .toList());
    }

    private RealServerStatus status(Snapshot server, RealServerState real, Figures figures, Set<String> seen) {
        var of = figures.of(server, real);
        var whose = server.settings().name() + '/' + real.name() + '/' + real.label();
        return new RealServerStatus(
                real.name(),
                real.label(),
                real.host(),
                real.method(),
                real.health(),
                real.state(),
                real.reason(),
                around.instantOf(real.sinceNanos()),
                real.weight(),
                real.effectiveWeight(),
                of.active(),
                of.inactive(),
                traffic(whose, of.counters(), seen),
                real.checks(),
                real.hold());
    }

    private Traffic traffic(String whose, Counters counters, Set<String> seen) {
        seen.add(whose);
        return rates.of(whose, counters, around.loop().nanos());
    }

    private VirtualServerExplanation explain(Hosted server) {
        var settings = server.settings();
        var machine = server.machine();
        long now = around.loop().nanos();
        var because = new ArrayList<String>();
        var wanted = server.plane().isEmpty() ? settings.spreading().dataplane() : server.plane();
        var plane = around.planes().find(server.plane());
        if (plane == null) {
            because.add("waiting for a data plane: " + around.planes().missing(wanted));
        }
        if (plane != null) {
            plane.limits().forEach(limit -> because.add("data plane " + plane.name() + ": " + limit));
        }
        because.addAll(machine.because(now));
        var needs = new LinkedHashSet<String>();
        if (plane != null) {
            settings.whole().forEach(desired -> needs.addAll(plane.needs(desired)));
        }
        return new VirtualServerExplanation(
                settings.name(),
                machine.state().health(),
                because,
                machine.wouldChange(now),
                List.copyOf(needs),
                settings.warnings());
    }
}

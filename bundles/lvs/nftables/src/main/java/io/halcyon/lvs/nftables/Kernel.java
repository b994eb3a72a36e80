package io.halcyon.lvs.nftables;

import io.halcyon.linux.netlink.Conntrack;
import io.halcyon.linux.netlink.Nftables;
import io.halcyon.linux.netlink.TrackedConnection;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.ServiceFigures;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The kernel's tables as we saw them last, and the ways to change them. One thread owns it. */
final class Kernel implements AutoCloseable {

    private @Nullable Nftables tables;
    private @Nullable Conntrack connections;
    private Picture picture = Picture.BLANK;
    private boolean known;
    private long generation;
    private final List<Leaving> leaving = new ArrayList<>();
    private final Ending ending = new Ending();

    /**
     * Reads again if somebody changed something since.
     *
     * @return what was changed of ours; null if nothing was changed at all
     */
    @Nullable
    Disturbance look() throws IOException {
        var now = tables().generation();
        if (known && now == generation) {
            return null;
        }
        var found = Picture.read(tables());
        var disturbance = known ? disturbance(found) : Disturbance.NONE;
        picture = found;
        generation = now;
        known = true;
        return disturbance;
    }

    private Disturbance disturbance(Picture found) {
        var services = new HashMap<ServiceKey, String>();
        picture.services().forEach((key, part) -> {
            var what = found.of(key).differences(part);
            if (!what.isEmpty()) {
                services.put(key, what);
            }
        });
        return new Disturbance(found.shared().differences(picture.shared()), services);
    }

    /** What we saw may not be what is there. */
    void forget() {
        known = false;
    }

    /** Services that are there, wanted or not. */
    Set<ServiceKey> services() {
        return picture.services().keySet();
    }

    boolean has(ServiceKey key, Plan plan) {
        return picture.of(key).equals(plan.part());
    }

    /**
     * Changes services, and what all share so that it fits.
     *
     * @param changes an empty plan takes a service away
     * @param takesAlong of which services connections end whose destination leaves
     * @param all services that are wanted
     * @throws NotTaken if nft refuses; nothing was changed then
     */
    void change(Map<ServiceKey, Plan> changes, Predicate<ServiceKey> takesAlong, Collection<ServiceKey> all)
            throws IOException {
        var leaving = new Leaving(all);
        changes.forEach((key, plan) -> {
            if (takesAlong.test(key)) {
                leaving.add(key, picture.of(key), plan.part());
            }
        });
        change(changes, List.of());
        if (!leaving.isEmpty()) {
            this.leaving.add(leaving);
        }
    }

    /** The same, with connections that are added to those that end. */
    private void change(Map<ServiceKey, Plan> changes, List<TrackedConnection> added) throws IOException {
        var statements = new Statements();
        var services = new HashMap<>(picture.services());
        changes.forEach((key, plan) -> {
            var part = plan.part();
            statements.change(picture.of(key), plan);
            if (part.equals(Part.NONE)) {
                services.remove(key);
            } else {
                services.put(key, part);
            }
        });
        var after = new Picture(Part.NONE, services);
        // Without services nothing of ours is in any packet's way.
        var shared = after.served().isEmpty() ? new Plan() : Layout.shared(after.served());
        if (!ending.isEmpty()) {
            Resets.lay(shared);
            boolean there = picture.shared().sets().containsAll(Resets.SETS);
            Resets.statements(there ? added : ending.all()).forEach(statements::add);
        }
        statements.change(picture.shared(), shared);
        if (!statements.isEmpty()) {
            run(statements.text());
            picture = new Picture(shared.part(), services);
            if (services.isEmpty() && ending.isEmpty()) {
                leaveNothing();
            }
        }
    }

    /** Takes the table away where nobody else has anything in it. */
    private void leaveNothing() throws IOException {
        if (tables().chains().isEmpty()
                && tables().sets().isEmpty()
                && tables().counters().isEmpty()) {
            run("delete table inet " + Names.TABLE + "\n");
        }
    }

    /** Whether connections end at this time; it goes on with {@link #endConnections}. */
    boolean isEnding() {
        return !ending.isEmpty();
    }

    /** Ends connections whose destination left with a change, as far as that is possible now. */
    void endConnections() throws IOException {
        if (!leaving.isEmpty()) {
            beginToEnd(connections()
                    .translated(connection -> leaving.stream().anyMatch(one -> one.takesAlong(connection))));
            leaving.clear();
        }
        if (!ending.isEmpty()) {
            connections().forget(ending.takeOver(System.nanoTime()));
            if (ending.isEmpty()) {
                change(Map.of(), List.of());
            } else {
                ending.ask(System.nanoTime());
            }
        }
    }

    /** Only of TCP can clients be told; the next packet of others is a new connection. */
    private void beginToEnd(List<TrackedConnection> connections) throws IOException {
        var told = connections.stream()
                .filter(connection -> connection.protocol() == Transport.TCP.number())
                .toList();
        connections()
                .forget(connections.stream()
                        .filter(connection -> connection.protocol() != Transport.TCP.number())
                        .toList());
        if (!told.isEmpty()) {
            ending.add(told, System.nanoTime());
            try {
                change(Map.of(), told);
            } catch (IOException | RuntimeException e) {
                ending.removeLast();
                throw e;
            }
        }
    }

    private void run(String statements) throws IOException {
        try {
            Nft.run(statements);
        } catch (IOException e) {
            known = false;
            throw e;
        }
        // Otherwise somebody else changed something meanwhile, and the next look finds it.
        if (tables().generation() == generation + 1) {
            generation++;
        }
    }

    /** What services have done. */
    List<ServiceFigures> figures(Collection<Desired> wanted) throws IOException {
        var counters = new HashMap<String, Nftables.Counter>();
        tables().counters().forEach(counter -> counters.put(counter.name(), counter));
        var open = OpenConnections.count(connections());
        var figures = new ArrayList<ServiceFigures>();
        for (var desired : wanted) {
            if (picture.services().containsKey(desired.service().key())) {
                figures.add(Figures.of(desired, counters, open));
            }
        }
        return figures;
    }

    private Nftables tables() throws IOException {
        var open = tables;
        if (open == null) {
            open = Nftables.open(Names.TABLE);
            tables = open;
        }
        return open;
    }

    private Conntrack connections() throws IOException {
        var open = connections;
        if (open == null) {
            open = Conntrack.open();
            connections = open;
        }
        return open;
    }

    @Override
    public void close() {
        ending.close();
        if (tables != null) {
            tables.close();
        }
        if (connections != null) {
            connections.close();
        }
    }
}

package io.halcyon.lvs.engine;

import io.halcyon.api.check.Verdict;
import io.halcyon.lvs.engine.server.Effect;
import io.halcyon.lvs.engine.server.Input;
import io.halcyon.lvs.engine.server.Memory;
import io.halcyon.lvs.engine.server.ServerSettings;
import io.halcyon.settings.Family;
import io.halcyon.spi.dataplane.Dataplane;
import io.halcyon.spi.dataplane.ServiceKey;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** All virtual servers. Owned by the loop thread; a change of the configuration may come from any. */
final class Servers implements Family.Objects<ServerSettings>, Table.Reports, Hosts.Answers {

    private final Surroundings around;
    private final ToLongFunction<String> causes;
    private final Tables tables;
    private final Hosts hosts;
    private final Effects effects;
    private final Verdicts verdicts = new Verdicts();
    private final Presence presence;
    private final Keeper keeper;
    private final Map<String, Hosted> servers = new TreeMap<>();
    private final Alarm alarm;

    /** @param causes the event that told of a virtual server's change, by its name; 0 for none */
    Servers(Surroundings around, UsedPlanes used, Resolver.Lookup lookup, ToLongFunction<String> causes) {
        this.around = around;
        this.causes = causes;
        this.tables = new Tables(around.planes(), around.loop(), used, this);
        this.hosts = new Hosts(around.loop(), lookup, this);
        this.effects = new Effects(around, tables, hosts);
        this.presence = new Presence(this::here);
        this.keeper = new Keeper(around);
        this.alarm = new Alarm(around.loop(), this::tick);
    }

    Tables tables() {
        return tables;
    }

    Presence presence() {
        return presence;
    }

    Verdicts verdicts() {
        return verdicts;
    }

    Collection<Hosted> all() {
        return servers.values();
    }

    /** The virtual server of that name, or a sentence that names those there are. */
    Hosted find(String name) {
        var server = servers.get(name);
        if (server == null) {
            var known = servers.isEmpty() ? "" : "; there is " + String.join(", ", servers.keySet());
            throw new IllegalArgumentException("there is no virtual server " + name + known);
        }
        return server;
    }

    // configuration

    @Override
    public void apply(String name, ServerSettings settings) {
        long cause = causes.applyAsLong(name);
        // The loop does not wait for the disk.
        var memory = around.memories().find(name);
        around.holds().read(name);
        around.loop().execute(() -> configure(settings, memory, cause));
    }

    @Override
    public void remove(String name) {
        long cause = causes.applyAsLong(name);
        around.loop().execute(() -> drop(name, cause));
    }

    /** In one turn, so that its services only change hands; that is nothing to tell of. */
    @Override
    public void rename(String from, String to, ServerSettings settings) {
        long cause = causes.applyAsLong(to);
        around.loop().execute(() -> {
            var before = servers.get(from);
            var memory = before == null ? Memory.NONE : before.machine().memory();
            around.holds().rename(from, to);
            around.background().execute(() -> around.holds().saveOrWarn(to));
            if (before != null) {
                drop(
                        before,
                        Effects.quietly(before.machine()
                                .on(new Input.Stopping(true), around.loop().nanos())),
                        0);
            }
            configure(settings, memory, cause);
        });
    }

    private void configure(ServerSettings settings, Memory memory, long cause) {
        settings.warnings().forEach(warning -> Lines.warning(settings.name(), warning));
        var known = servers.get(settings.name());
        var server = known == null ? begin(settings, memory) : known;
        server.configure(settings);
        on(server, new Input.Configured(settings, verdicts.known(settings)), cause);
        effects.place(server);
        if (known == null) {
            effects.later(() -> settle(settings));
        }
        presence.changed(server);
    }

    /** An earlier run may have defined what the file does not ask for any more. */
    private void settle(ServerSettings settings) {
        around.definitions().settleNotifiers(settings.owner());
        // Whether somebody is to look at all is not known yet where that depends on its address.
        if (!settings.policy().haSuspend()) {
            around.definitions().settleChecks(settings.owner());
        }
    }

    private Hosted begin(ServerSettings settings, Memory memory) {
        var server = new Hosted(settings);
        servers.put(settings.name(), server);
        if (!memory.equals(Memory.NONE)) {
            on(server, new Input.Remembered(memory), 0);
        }
        around.holds()
                .find(settings.name())
                .forEach((realServer, hold) -> on(
                        server,
                        new Input.Restored(
                                realServer, hold, around.nanosOf(hold.deadline()), around.nanosOf(hold.until())),
                        0));
        return server;
    }

    private void drop(String name, long cause) {
        var server = servers.get(name);
        if (server == null) {
            return;
        }
        drop(server, server.machine().on(new Input.Stopping(true), around.loop().nanos()), cause);
    }

    private void drop(Hosted server, List<Effect> last, long cause) {
        effects.run(server, last, cause);
        servers.remove(server.name());
        tables.removeAllOf(server.plane(), server.name());
        verdicts.forget(server);
        presence.forget(server);
        effects.forget(server.settings());
        keeper.forget(server.name());
        effects.later(() -> around.definitions().forget(server.settings().owner()));
    }

    /** What virtual servers of earlier runs have left, those that nobody has heard of in this one. */
    void forget(Collection<String> gone) {
        for (var name : gone) {
            if (!servers.containsKey(name)) {
                Lines.forgotten(name);
                keeper.forget(name);
                effects.later(() -> around.definitions().forget(ServerSettings.owner(name)));
            }
        }
    }

    // what happens

    /** Tells a virtual server, and does what it wants done. */
    void on(Hosted server, Input input, long cause) {
        var wanted = server.machine().on(input, around.loop().nanos());
        effects.run(server, wanted, cause);
        keeper.touched(server);
        if (!(input instanceof Input.Stopping)) {
            verdicts.watch(server).forEach(verdict -> on(server, new Input.Verdict(verdict), 0));
        }
    }

    void verdict(Verdict verdict) {
        verdicts.put(verdict).forEach(server -> on(server, new Input.Verdict(verdict), 0));
    }

    /** Whoever made checks has gone; a check that is made again begins with what was known. */
    void nobodyLooks() {
        verdicts.names().forEach(check -> verdictGone(check, 0));
    }

    void verdictGone(String check, long event) {
        verdicts.remove(check).forEach(server -> on(server, new Input.VerdictGone(check, event), 0));
    }

    @Override
    public void resolved(String name, String realServer, String host, List<InetAddress> addresses) {
        var server = servers.get(name);
        if (server != null) {
            on(
                    server,
                    addresses.isEmpty()
                            ? new Input.ResolutionFailed(realServer, host, host + " has no address")
                            : new Input.Resolved(realServer, host, addresses),
                    0);
        }
    }

    private void here(Hosted server, boolean here) {
        on(server, new Input.AddressHere(here), 0);
        effects.later(() -> around.definitions().settleChecks(server.settings().owner()));
    }

    // data planes

    void planeCame(String plane) {
        tables.came(plane);
        servers.values().forEach(effects::place);
    }

    void planeWent(Dataplane plane) {
        tables.went(plane);
        for (var server : servers.values()) {
            if (server.plane().equals(plane.name())) {
                server.machine()
                        .desired()
                        .forEach(desired -> server.pending(desired.service().key()));
            }
        }
    }

    @Override
    public void applied(String owner, ServiceKey key) {
        var server = servers.get(owner);
        if (server != null && server.applied(key)) {
            Lines.applied(owner, key, server.plane());
        }
    }

    @Override
    public void failed(String owner, ServiceKey key, String reason) {
        var server = servers.get(owner);
        if (server != null && server.failed(key, reason)) {
            Lines.failed(owner, key, server.plane(), reason);
        }
    }

    @Override
    public void repaired(String owner, ServiceKey key, String what) {
        Lines.repaired(owner, key, what);
    }

    // turns

    /** @param gathered whether the data planes may be told */
    void endOfTurn(boolean gathered) {
        if (gathered) {
            tables.flush();
        }
        // Whoever defines checks is seen to track them.
        verdicts.publish();
        effects.tell();
        keeper.keep();
        alarm.set(servers.values().stream()
                .mapToLong(server -> server.machine().deadlineNanos())
                .min()
                .orElse(Long.MAX_VALUE));
    }

    private void tick() {
        long now = around.loop().nanos();
        for (var server : servers.values()) {
            if (server.machine().deadlineNanos() <= now) {
                on(server, new Input.Tick(), 0);
            }
        }
    }

    /**
     * Ends.
     *
     * @param node whether the node stops, and not only this bundle
     * @param flush whether the kernel's entries go
     */
    void stop(boolean node, boolean flush) {
        if (node) {
            servers.values().forEach(server -> on(server, new Input.Stopping(false), 0));
        }
        tables.close(flush);
        effects.tell();
        keeper.keepNow();
        hosts.close();
    }
}

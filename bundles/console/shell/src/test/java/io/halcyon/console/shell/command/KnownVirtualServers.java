package io.halcyon.console.shell.command;

import io.halcyon.api.check.Health;
import io.halcyon.api.lvs.RealServerHold;
import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.Traffic;
import io.halcyon.api.lvs.VirtualServerExplanation;
import io.halcyon.api.lvs.VirtualServerService;
import io.halcyon.api.lvs.VirtualServerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Virtual server {@code web} has a quorum, one real server that is drained, and one with two addresses of which one is down;
 * {@code dns} has no quorum. They do what they are told, and remember it.
 */
final class KnownVirtualServers implements VirtualServerService {

    static final Instant NOW = Instant.parse("2026-11-28T01:00:00Z");

    private static final Instant BEFORE = NOW.minusSeconds(192);

    private static final Traffic TRAFFIC =
            new Traffic(1_234, 98_765, 45_678, 12_345_678, 987_654_321, 4.21, 1_234, 81_920);

    static final RealServerHold DRAINED =
            new RealServerHold(true, -1, "a new kernel", NOW.minusSeconds(60), NOW.plusSeconds(600), null);

    final List<String> asked = new ArrayList<>();
    private final List<VirtualServerStatus> servers = List.of(dns(), web());

    static VirtualServerStatus web() {
        return new VirtualServerStatus(
                "web",
                List.of("[192.0.2.1]:tcp:80"),
                "wrr",
                "NAT",
                "ipvs",
                "applied",
                Health.UP,
                "weight 4, quorum 1",
                BEFORE,
                4,
                1,
                false,
                TRAFFIC,
                List.of(
                        real("web1", "[192.0.2.11]:80", Health.UP, "in service", "all checks succeed", 3, null),
                        real("web2", "[192.0.2.12]:80", Health.UP, "draining", "drained by hand", 0, DRAINED),
                        real("web3", "[192.0.2.13]:80", Health.DOWN, "out of service", "connection refused", -1, null),
                        real("web3", "[192.0.2.14]:80", Health.UP, "in service", "all checks succeed", 1, null),
                        real("sorry", "[127.0.0.1]:8080", Health.UNKNOWN, "idle", "there is a quorum", -1, null)),
                List.of("no check looks at web1"));
    }

    static VirtualServerStatus dns() {
        return new VirtualServerStatus(
                "dns",
                List.of("[192.0.2.1]:udp:53", "FWM 5"),
                "rr",
                "DR",
                "",
                "waiting for a data plane",
                Health.DOWN,
                "no real server is up",
                BEFORE,
                0,
                2,
                true,
                Traffic.NONE,
                List.of(),
                List.of());
    }

    private static RealServerStatus real(
            String name,
            String address,
            Health health,
            String state,
            String reason,
            int effectiveWeight,
            @Nullable RealServerHold hold) {
        boolean gone = effectiveWeight < 0;
        return new RealServerStatus(
                name,
                address,
                name.equals("web3") ? "web3.example.org" : "",
                "NAT",
                health,
                state,
                reason,
                BEFORE,
                3,
                effectiveWeight,
                gone ? -1 : 8,
                gone ? -1 : 2,
                gone ? Traffic.NONE : TRAFFIC,
                List.of("web/" + name + "/page"),
                hold);
    }

    @Override
    public List<VirtualServerStatus> virtualServers() {
        return servers;
    }

    @Override
    public Optional<VirtualServerStatus> virtualServer(String name) {
        return servers.stream().filter(server -> server.name().equals(name)).findFirst();
    }

    @Override
    public VirtualServerExplanation explain(String name) {
        asked.add("explain " + name);
        return new VirtualServerExplanation(
                name,
                Health.UP,
                List.of("web1 is up and has weight 3"),
                List.of("web1 goes down: then weight is 0, which is less than quorum 1"),
                List.of("answers of real servers come back through this host"),
                List.of("no check looks at web1"));
    }

    @Override
    public void weight(String name, String realServer, int weight) {
        asked.add("weight " + name + " " + realServer + " " + weight);
    }

    @Override
    public void drain(
            String name, String realServer, @Nullable Duration deadline, @Nullable Duration lasting, String reason) {
        asked.add("drain " + name + " " + realServer + " " + deadline + " " + lasting + " " + reason);
    }

    @Override
    public void undrain(String name, String realServer) {
        asked.add("undrain " + name + " " + realServer);
    }

    @Override
    public void rebuild(String name) {
        asked.add("rebuild " + name);
    }
}

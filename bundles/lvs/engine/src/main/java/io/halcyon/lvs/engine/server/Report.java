package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Health;
import io.halcyon.lvs.engine.server.Standing.State;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells people how a virtual server is. */
record Report(
        ServerSettings settings,
        Pool pool,
        Resolution resolution,
        Hands hands,
        Quorum quorum,
        boolean sorryServes,
        boolean suspended) {

    ServerState state() {
        List<RealServerState> servers = new ArrayList<>();
        Map<String, List<Member>> byName = pool.members().stream()
                .collect(Collectors.groupingBy(member -> member.server().name()));
        for (RealServer server : settings.realServers()) {
            List<Member> members = byName.getOrDefault(server.name(), List.of());
            if (members.isEmpty()) {
                servers.add(unresolved(server));
            }
            members.forEach(member -> servers.add(state(member)));
        }
        RealServer sorry = settings.sorry();
        if (sorry != null && sorry.address() != null) {
            servers.add(sorry(sorry, sorry.address()));
        }
        return new ServerState(
                quorum.health(),
                quorum.reason(settings.policy()),
                quorum.sinceNanos(),
                quorum.weight(),
                settings.policy().quorum(),
                sorryServes,
                suspended,
                servers);
    }

    List<String> because(long nowNanos) {
        return new Explanation(this, nowNanos).because();
    }

    List<String> wouldChange(long nowNanos) {
        return new Explanation(this, nowNanos).wouldChange();
    }

    private RealServerState state(Member member) {
        RealServer server = member.server();
        Hand hand = hands.find(server.name());
        Standing standing = member.standing();
        return new RealServerState(
                server.name(),
                member.label(),
                server.host(),
                member.address(),
                member.port(),
                server.forwarding().toString(),
                member.health(),
                standing.state().words(),
                standing.reason(),
                member.sinceNanos(),
                Placing.weight(member, hand),
                standing.weight(),
                member.looks().stream().map(Look::check).toList(),
                hand == null ? null : hand.hold());
    }

    private RealServerState unresolved(RealServer server) {
        Hand hand = hands.find(server.name());
        String trouble = resolution.trouble(server);
        return new RealServerState(
                server.name(),
                server.host(),
                server.host(),
                null,
                server.portFor(settings.services().get(0)),
                server.forwarding().toString(),
                Health.UNKNOWN,
                State.UNRESOLVED.words(),
                trouble.isEmpty() ? "another real server has all its addresses" : trouble,
                quorum.sinceNanos(),
                server.weight(),
                Standing.OUT,
                List.of(),
                hand == null ? null : hand.hold());
    }

    private RealServerState sorry(RealServer sorry, InetAddress address) {
        int port = sorry.portFor(settings.services().get(0));
        int idle = sorry.inhibitOnFailure() ? 0 : Standing.OUT;
        return new RealServerState(
                sorry.name(),
                Member.label(address, port),
                "",
                address,
                port,
                sorry.forwarding().toString(),
                Health.UP,
                (sorryServes ? State.SORRY : State.IDLE).words(),
                sorryServes ? "it serves, since there is no quorum" : "real servers have a quorum",
                quorum.sinceNanos(),
                sorry.weight(),
                sorryServes ? sorry.weight() : idle,
                List.of(),
                null);
    }
}

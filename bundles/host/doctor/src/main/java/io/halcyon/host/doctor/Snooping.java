package io.halcyon.host.doctor;

import io.halcyon.api.event.Severity;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether a bridge on the way snoops for multicast while nobody asks who listens. */
final class Snooping implements Examination {

    private final Commands commands;

    Snooping(Commands commands) {
        this.commands = commands;
    }

    @Override
    public String subject() {
        return "IGMP snooping";
    }

    @Override
    public void look(Situation situation, Sheet sheet) throws IOException {
        if (situation.routers().isEmpty()) {
            return;
        }
        NetworkInterfaces interfaces = NetworkInterfaces.read(commands);
        Set<String> bridges = new LinkedHashSet<>();
        for (String networkInterface : situation.spokenOn()) {
            for (Value one : interfaces.chain(networkInterface)) {
                if (NetworkInterfaces.kind(one).equals("bridge")
                        && bridges.add(one.get("ifname").text())) {
                    judge(one, situation.namesOn(networkInterface), sheet);
                }
            }
        }
        sheet.examined("IGMP snooping: "
                + (bridges.isEmpty()
                        ? "no bridge of this host is on the way; switches cannot be asked"
                        : "bridge " + String.join(", ", bridges)));
    }

    private void judge(Value bridge, String names, Sheet sheet) throws IOException {
        Value settings = bridge.get("linkinfo").get("info_data");
        boolean silent = settings.get("mcast_snooping").number() == 1
                && settings.get("mcast_querier").number() == 0
                && !queriesHeard(bridge.get("ifname").text());
        if (!silent) {
            return;
        }
        String name = bridge.get("ifname").text();
        sheet.found(
                Severity.INFO,
                names,
                "bridge " + name
                        + " snoops for multicast (mcast_snooping 1), asks nobody itself (mcast_querier 0) and has heard"
                        + " nobody ask",
                "without queries memberships run out after some minutes; Linux floods 224.0.0.18 all the same, but switches beside it"
                        + " that snoop stop delivering advertisements, and then there are two masters",
                "ip link set dev " + name + " type bridge mcast_querier 1 (or mcast_snooping 0; to keep it: in the"
                        + " configuration of the bridge)");
    }

    /** A port behind which somebody asks is a router port for a while. */
    private boolean queriesHeard(String bridge) throws IOException {
        Value databases = Value.parse(commands.run(List.of("bridge", "-d", "-j", "mdb", "show", "dev", bridge)));
        return databases.members().stream()
                .anyMatch(database ->
                        !database.get("router").get(bridge).members().isEmpty());
    }
}

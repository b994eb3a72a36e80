package io.halcyon.host.doctor;

import io.halcyon.api.event.Severity;
import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.VirtualServerStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether this host forwards where virtual servers use NAT, and has a data plane for them. */
final class VirtualServers implements Examination {

    private static final List<String> NFT =
            List.of("/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft", "/usr/local/sbin/nft");
    private static final String IPV4 = "net.ipv4.ip_forward";
    private static final String IPV6 = "net.ipv6.conf.all.forwarding";

    private final Tree tree;
    private final Commands commands;

    VirtualServers(Tree tree, Commands commands) {
        this.tree = tree;
        this.commands = commands;
    }

    @Override
    public String subject() {
        return "virtual servers";
    }

    @Override
    public void look(Situation situation, Sheet sheet) throws IOException {
        if (situation.virtualServers().isEmpty()) {
            return;
        }
        List<String> planes = new ArrayList<>();
        for (VirtualServerStatus server : situation.virtualServers()) {
            if (server.dataplane().isEmpty()) {
                noDataPlane(server, sheet);
            } else if (!planes.contains(server.dataplane())) {
                planes.add(server.dataplane());
            }
        }
        List<String> seen = forwarding(situation, sheet);
        sheet.examined("virtual servers: data planes " + (planes.isEmpty() ? "none" : String.join(", ", planes))
                + (seen.isEmpty() ? "; none uses NAT" : "; " + String.join(", ", seen)));
    }

    private void noDataPlane(VirtualServerStatus server, Sheet sheet) {
        boolean nft = NFT.stream().anyMatch(file -> tree.path(file).toFile().canExecute());
        sheet.found(
                Severity.CRITICAL,
                "virtual server " + server.name(),
                server.state() + (nft ? "" : "; the program nft is not installed"),
                "nobody spreads its connections: clients reach no real server",
                nft
                        ? "bin/halcyon lvs:explain " + server.name() + " (it says what each data plane lacks)"
                        : "apt-get install nftables (or modprobe ip_vs, where the kernel has it)");
    }

    /** What the kernel was asked for, with what it said. */
    private List<String> forwarding(Situation situation, Sheet sheet) throws IOException {
        Map<String, List<String>> users = users(situation);
        List<String> seen = new ArrayList<>();
        for (Map.Entry<String, List<String>> user : users.entrySet()) {
            String setting = user.getKey();
            int value = tree.number("/proc/sys/" + setting.replace('.', '/'));
            seen.add(setting + " is " + value);
            if (value == 0) {
                sheet.found(
                        Severity.CRITICAL,
                        "virtual server " + String.join(", ", user.getValue()),
                        setting + " is 0, and real servers are behind NAT",
                        "the kernel forwards nothing between clients and real servers: connections are opened and never"
                                + " answered",
                        Sysctl.command(List.of(setting + "=1")));
            }
        }
        return seen;
    }

    /** Names of virtual servers by what must be on for them; a real server on this host needs no forwarding. */
    private Map<String, List<String>> users(Situation situation) throws IOException {
        Map<String, List<String>> users = new TreeMap<>();
        List<String> own = null;
        for (VirtualServerStatus server : situation.virtualServers()) {
            for (RealServerStatus real : server.realServers()) {
                if (!real.method().equals("NAT") || !real.address().startsWith("[")) {
                    continue;
                }
                String address = real.address().substring(1, real.address().lastIndexOf(']'));
                own = own == null ? addresses() : own;
                if (!address.startsWith("127.") && !own.contains(address)) {
                    List<String> names =
                            users.computeIfAbsent(address.contains(":") ? IPV6 : IPV4, setting -> new ArrayList<>());
                    if (!names.contains(server.name())) {
                        names.add(server.name());
                    }
                }
            }
        }
        return users;
    }

    private List<String> addresses() throws IOException {
        return NetworkInterfaces.read(commands).all().stream()
                .flatMap(one -> one.get("addr_info").members().stream())
                .map(one -> one.get("local").text())
                .toList();
    }
}

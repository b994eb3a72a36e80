package io.halcyon.host.doctor;

import io.halcyon.api.event.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the kernel's reverse path filter drops what comes in on a router's interface: strict, and the way back another one. */
final class ReversePath implements Examination {

    private static final int STRICT = 1;
    private static final int LOOSE = 2;

    private final Tree tree;
    private final Commands commands;
    private final Sysctl filter;

    ReversePath(Tree tree, Commands commands) {
        this.tree = tree;
        this.commands = commands;
        filter = new Sysctl(tree, "rp_filter");
    }

    @Override
    public String subject() {
        return "rp_filter";
    }

    @Override
    public void look(Situation situation, Sheet sheet) throws IOException {
        List<String> seen = new ArrayList<>();
        for (String networkInterface : situation.interfaces()) {
            int value = filter.effective(networkInterface);
            seen.add(networkInterface + " " + value);
            if (value == STRICT) {
                strict(networkInterface, situation.namesOn(networkInterface), sheet);
            }
        }
        if (!seen.isEmpty()) {
            sheet.examined(
                    "rp_filter: " + String.join(", ", seen) + "; strict (1) hurts only where the way back is another");
        }
    }

    private void strict(String networkInterface, String names, Sheet sheet) throws IOException {
        Optional<Routes.Detour> detour =
                new Routes(commands, NetworkInterfaces.read(commands)).around(networkInterface);
        if (detour.isEmpty()) {
            return;
        }
        sheet.found(
                Severity.CRITICAL,
                names,
                filter.figures(networkInterface) + ", strict, and the way back to "
                        + detour.get().peer() + " goes through " + detour.get().through() + dropped(),
                "the kernel drops advertisements and clients' packets that come in on " + networkInterface
                        + ", because it would not answer there: the router hears nobody, its addresses do not answer",
                // Here the larger number is the milder one.
                Sysctl.command(List.of(filter.setting(networkInterface, LOOSE))));
    }

    /** What the kernel counted, on all interfaces together. */
    private String dropped() throws IOException {
        List<String> lines = tree.text("/proc/net/netstat")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith("TcpExt:"))
                .toList();
        if (lines.size() != 2) {
            return "";
        }
        int column = List.of(lines.get(0).split(" ", -1)).indexOf("IPReversePathFilter");
        return column < 0 ? "" : "; it has dropped " + lines.get(1).split(" ", -1)[column] + " packets so far";
    }
}

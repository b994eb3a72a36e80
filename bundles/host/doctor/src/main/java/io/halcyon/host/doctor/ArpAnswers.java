package io.halcyon.host.doctor;

import io.halcyon.api.event.Severity;
import io.halcyon.api.vrrp.RouterAddress;
import io.halcyon.api.vrrp.RouterStatus;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether the kernel is told not to answer ARP requests for virtual addresses. IPv6 knows nothing of the kind. */
final class ArpAnswers implements Examination {

    private static final String WHY =
            "nobody on the LAN can learn where the address is, so it does not answer although it is there";

    private final Commands commands;
    private final Sysctl ignore;
    private final Sysctl filter;

    ArpAnswers(Tree tree, Commands commands) {
        this.commands = commands;
        ignore = new Sysctl(tree, "arp_ignore");
        filter = new Sysctl(tree, "arp_filter");
    }

    @Override
    public String subject() {
        return "arp";
    }

    @Override
    public void look(Situation situation, Sheet sheet) throws IOException {
        if (situation.routers().isEmpty()) {
            return;
        }
        NetworkInterfaces interfaces = NetworkInterfaces.read(commands);
        Map<String, String> seen = new LinkedHashMap<>();
        for (RouterStatus router : situation.routers()) {
            for (RouterAddress address : router.addresses()) {
                String asked = asked(router, address, interfaces);
                if (!address.cidr().contains(":") && interfaces.named(asked).isPresent()) {
                    ignored(router, address, asked, interfaces, sheet);
                    seen.computeIfAbsent(asked, unused -> router.name());
                }
            }
        }
        for (String asked : seen.keySet()) {
            wholeInterface(asked, situation.namesOn(asked), interfaces, sheet);
        }
        if (!seen.isEmpty()) {
            sheet.examined("arp: " + String.join(", ", seen.keySet())
                    + ": arp_ignore, arp_filter and the interface's own flag");
        }
    }

    /** Where requests for the address come in: an address on lo or a dummy is asked for where the router speaks. */
    private static String asked(RouterStatus router, RouterAddress address, NetworkInterfaces interfaces) {
        boolean onLan = interfaces
                .named(address.dev())
                .filter(dev -> NetworkInterfaces.has(dev, "LOOPBACK")
                        || NetworkInterfaces.kind(dev).equals("dummy"))
                .isEmpty();
        return onLan ? address.dev() : router.networkInterface();
    }

    private void ignored(
            RouterStatus router, RouterAddress address, String asked, NetworkInterfaces interfaces, Sheet sheet)
            throws IOException {
        boolean elsewhere = !address.dev().equals(asked);
        String reason =
                switch (ignore.effective(asked)) {
                    case 1 -> elsewhere ? "only addresses of " + asked + " are answered for" : "";
                    case 2 -> elsewhere || !interfaces.subnetHolds(asked, address.cidr())
                            ? "only askers of a subnet of " + asked
                                    + " that holds the address are answered, and none does"
                            : "";
                    case 8 -> "no request is answered at all";
                    default -> "";
                };
        if (!reason.isEmpty()) {
            sheet.found(
                    Severity.CRITICAL,
                    router.name() + ", " + address.cidr() + " on " + address.dev(),
                    ignore.figures(asked) + ": " + reason,
                    WHY,
                    ignore.cure(asked, elsewhere ? 0 : 1));
        }
    }

    private void wholeInterface(String asked, String names, NetworkInterfaces interfaces, Sheet sheet)
            throws IOException {
        if (interfaces
                .named(asked)
                .filter(dev -> NetworkInterfaces.has(dev, "NOARP"))
                .isPresent()) {
            sheet.found(
                    Severity.CRITICAL,
                    names,
                    asked + " has ARP switched off (flag NOARP)",
                    WHY,
                    "ip link set dev " + asked + " arp on");
        }
        if (filter.effective(asked) > 0) {
            for (Routes.Detour detour :
                    new Routes(commands, interfaces).around(asked).stream().toList()) {
                sheet.found(
                        Severity.CRITICAL,
                        names,
                        filter.figures(asked) + " and the way back to " + detour.peer() + " goes through "
                                + detour.through() + ", so requests on " + asked + " are not answered",
                        WHY,
                        filter.cure(asked, 0));
            }
        }
    }
}

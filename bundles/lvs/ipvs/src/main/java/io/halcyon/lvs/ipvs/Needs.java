package io.halcyon.lvs.ipvs;

import io.halcyon.api.net.AddressText;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.VirtualService;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must hold on real servers and on the way to them, of one service. */
final class Needs {

    private static final int IPV4_HEADER_BYTES = 20;
    private static final int IPV6_HEADER_BYTES = 40;
    private static final int UDP_AND_GUE_BYTES = 8 + 4;
    private static final int GUE_REMOTE_CHECKSUM_BYTES = 8;
    private static final int GRE_BYTES = 4;
    private static final int GRE_CHECKSUM_BYTES = 4;
    private static final int USUAL_MTU = 1500;

    /** Real servers that are reached in the same way. */
    private record Group(Forwarding forwarding, boolean ipv6) {}

    /** Value of a sysctl of this host by its name, or "?". */
    private final Function<String, String> sysctl;

    Needs(Function<String, String> sysctl) {
        this.sysctl = sysctl;
    }

    List<String> of(Desired desired) {
        VirtualService service = desired.service();
        List<String> needs = new ArrayList<>();
        needs.add(arrival(service.key()));
        groups(desired.destinations()).forEach((group, servers) -> {
            Forwarding forwarding = group.forwarding();
            String names = servers.stream().map(AddressText::of).collect(Collectors.joining(", "));
            if (forwarding instanceof Forwarding.Nat) {
                needs.addAll(nat(service.key(), servers, names));
            } else if (forwarding instanceof Forwarding.DirectRouting) {
                needs.add("DR: " + names + " and this host are in one layer-2 network: only the MAC changes");
                needs.addAll(quietAddress("DR", names, service.key(), "lo"));
            } else if (forwarding instanceof Forwarding.Tunnel tunnel) {
                needs.addAll(tunnel(service.key(), tunnel, group.ipv6(), names));
            }
        });
        if (Wish.refusesClientsOfQuiescent(service)) {
            String word = service.scheduler().word();
            needs.add("lvs.sched = " + word + ": clients of a real server whose weight is 0 are refused, not moved"
                    + (service.scheduler() == Scheduler.DH ? "" : "; " + word + "-fallback moves them"));
        }
        return List.copyOf(needs);
    }

    private static String arrival(ServiceKey key) {
        if (key instanceof ServiceKey.Addressed addressed) {
            return AddressText.of(addressed.address())
                    + " is an address of this host, mostly one of a virtual router: IPVS sees only what is for this host";
        }
        return key + ": a rule marks the packets, such as 'meta mark set' in an nftables chain at hook prerouting, and"
                + " they are for this host";
    }

    private List<String> nat(ServiceKey service, List<InetAddress> servers, String names) {
        List<String> needs = new ArrayList<>();
        String forward = service.ipv6() ? "net.ipv6.conf.all.forwarding" : "net.ipv4.ip_forward";
        needs.add("NAT: " + forward + " = 1 on this host (it is " + sysctl.apply(forward) + ")");
        needs.add("NAT: " + names + (servers.size() == 1 ? " answers" : " answer")
                + " clients through this host: the route to them, mostly the default route, leads here; a client in the"
                + " same network as a real server is answered past it and hears nothing");
        return needs;
    }

    private static List<String> quietAddress(String method, String names, ServiceKey service, String dev) {
        List<String> needs = new ArrayList<>();
        String address = service instanceof ServiceKey.Addressed addressed
                ? AddressText.of(addressed.address()) + (service.ipv6() ? "/128" : "/32")
                : "each address of the service";
        needs.add(method + ": " + names + " have " + address + " on " + dev + ", and their service listens there");
        if (!service.ipv6()) {
            needs.add(method + ": " + names + " do not announce it: net.ipv4.conf.all.arp_ignore = 1 and"
                    + " net.ipv4.conf.all.arp_announce = 2");
        }
        return needs;
    }

    private static List<String> tunnel(ServiceKey service, Forwarding.Tunnel tunnel, boolean outerIpv6, String names) {
        List<String> needs = new ArrayList<>();
        String dev = device(tunnel, outerIpv6, service.ipv6());
        needs.add(
                "TUN: " + names + " unpack " + tunnel.encapsulation().name().toLowerCase(Locale.ROOT) + " with " + dev);
        needs.addAll(quietAddress("TUN", names, service, dev.split(" ", -1)[0]));
        if (!service.ipv6()) {
            needs.add("TUN: rp_filter of the tunnel's interface and net.ipv4.conf.all.rp_filter are 0 or 2 on " + names
                    + ": clients' packets come out of a tunnel that leads to no client");
        }
        int overhead = overhead(tunnel, outerIpv6);
        needs.add("TUN: packets grow by " + overhead + " bytes: an MTU of " + (USUAL_MTU + overhead)
                + " from here to " + names + ", or clients are told of less (an MSS of "
                + (USUAL_MTU - overhead - (service.ipv6() ? 60 : 40)) + " on the route to them)");
        return needs;
    }

    private static String device(Forwarding.Tunnel tunnel, boolean outerIpv6, boolean innerIpv6) {
        return switch (tunnel.encapsulation()) {
            case IPIP -> ipip(outerIpv6, innerIpv6);
            case GRE -> gre(outerIpv6 ? "ip6gre" : "gre", outerIpv6 ? "ip6_gre" : "ip_gre", tunnel.checksum());
            case GUE -> ipip(outerIpv6, innerIpv6) + " behind 'ip fou add port " + tunnel.port()
                    + (outerIpv6 ? " gue -6" : " gue") + "' (module fou)";
        };
    }

    private static String ipip(boolean outerIpv6, boolean innerIpv6) {
        if (!outerIpv6) {
            return innerIpv6 ? "sit0 (module sit)" : "tunl0 (module ipip)";
        }
        // By itself it takes IPv6 only.
        return "ip6tnl0 (module ip6_tunnel)" + (innerIpv6 ? "" : " after 'ip -6 tunnel change ip6tnl0 mode any'");
    }

    /** The interface that is there by itself drops packets with a checksum. */
    private static String gre(String type, String module, Forwarding.Checksum checksum) {
        return checksum == Forwarding.Checksum.CSUM
                ? type + "1 of 'ip link add " + type + "1 type " + type + " local ADDRESS remote any icsum'"
                : type + "0 (module " + module + ")";
    }

    /** Bytes that a packet grows by. */
    static int overhead(Forwarding.Tunnel tunnel, boolean outerIpv6) {
        int outer = outerIpv6 ? IPV6_HEADER_BYTES : IPV4_HEADER_BYTES;
        return outer
                + switch (tunnel.encapsulation()) {
                    case IPIP -> 0;
                    case GRE -> GRE_BYTES + (tunnel.checksum() == Forwarding.Checksum.CSUM ? GRE_CHECKSUM_BYTES : 0);
                    case GUE -> UDP_AND_GUE_BYTES
                            + (tunnel.checksum() == Forwarding.Checksum.REMCSUM ? GUE_REMOTE_CHECKSUM_BYTES : 0);
                };
    }

    private static Map<Group, List<InetAddress>> groups(List<Destination> destinations) {
        Map<Group, List<InetAddress>> groups = new LinkedHashMap<>();
        for (Destination destination : destinations) {
            boolean ipv6 = destination.address() instanceof Inet6Address;
            List<InetAddress> group =
                    groups.computeIfAbsent(new Group(destination.forwarding(), ipv6), forwarding -> new ArrayList<>());
            if (!group.contains(destination.address())) {
                group.add(destination.address());
            }
        }
        return groups;
    }
}
